// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// Boxes in YOLO's folders (yolo_reader.h, yolo_writer.h): a line an object, its class, the centre
/// of the box and its width and height.
class YoloDet : public Format
{
public:
    std::string_view name() const override { return "yolo-det"; }
    std::string_view title() const override { return "YOLO detection"; }
    Layout layout() const override { return Layout::Folder; }
    bool knowsSplits() const override { return true; }
    std::string_view limits() const override { return "Boxes only; masks are reduced to theirs."; }
    bool recognises(const std::filesystem::path &input) const override;
    ReadResult read(const std::filesystem::path &input, const ReadOptions &options,
                    std::stop_token stop, const Progress &progress) const override;
    WriteSummary write(AnnotationSource &source, const std::filesystem::path &target,
                       const WriteOptions &options, std::stop_token stop,
                       const Progress &progress) const override;
};

} // namespace exporters
