// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// Outlines in YOLO's folders (yolo_reader.h, yolo_writer.h): a line an object, its class and the
/// points of one outline. Several parts and holes are one outline with lines there and back, which
/// fill no pixel: what is written with PartsForm::Bridged is read as the very same masks.
class YoloSeg : public Format
{
public:
    std::string_view name() const override { return "yolo-seg"; }
    std::string_view title() const override { return "YOLO segmentation"; }
    Layout layout() const override { return Layout::Folder; }
    bool knowsSplits() const override { return true; }
    std::string_view limits() const override
    {
        return "One outline an object: parts and holes are joined by lines there and back, or only "
               "the largest part is kept. No ids and no objects without pixels.";
    }
    bool recognises(const std::filesystem::path &input) const override;
    ReadResult read(const std::filesystem::path &input, const ReadOptions &options,
                    std::stop_token stop, const Progress &progress) const override;
    WriteSummary write(AnnotationSource &source, const std::filesystem::path &target,
                       const WriteOptions &options, std::stop_token stop,
                       const Progress &progress) const override;
};

} // namespace exporters
