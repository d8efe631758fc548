// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// Rotated boxes in YOLO's folders (yolo_reader.h, yolo_writer.h): a line an object, its class and
/// four corners. They are read as masks, filled; what is written is the smallest rectangle, turned
/// as it may be, around the mask. Training refuses corners outside of the picture: they are moved
/// to its border, which is counted.
class YoloObb : public Format
{
public:
    std::string_view name() const override { return "yolo-obb"; }
    std::string_view title() const override { return "YOLO rotated boxes"; }
    Layout layout() const override { return Layout::Folder; }
    bool knowsSplits() const override { return true; }
    std::string_view limits() const override
    {
        return "Rotated boxes only; masks are reduced to the smallest rectangle around them.";
    }
    bool recognises(const std::filesystem::path &input) const override;
    ReadResult read(const std::filesystem::path &input, const ReadOptions &options,
                    std::stop_token stop, const Progress &progress) const override;
    WriteSummary write(AnnotationSource &source, const std::filesystem::path &target,
                       const WriteOptions &options, std::stop_token stop,
                       const Progress &progress) const override;
};

} // namespace exporters
