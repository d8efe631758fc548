// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// SA-1B, the masks that Segment Anything was trained on: a JSON file for each picture, in a folder
/// or alone. "predicted_iou" is the score; there are no categories, so everything read is an
/// "object". Stability, crop and point of SAM's generator are foreign keys, as is all else.
///
/// Written are one file for each picture, named after it, in a new folder; or, for one picture and
/// a target that ends in .json, that file. Boxes are as SAM writes them, from centre to centre of
/// the outermost pixels.
class Sa1b : public Format
{
public:
    std::string_view name() const override { return "sa1b"; }
    std::string_view title() const override { return "SA-1B"; }
    Layout layout() const override { return Layout::Folder; }
    std::string_view limits() const override
    {
        return "Categories, crowds and boxes without a mask are not in it.";
    }
    bool recognises(const std::filesystem::path &input) const override;
    ReadResult read(const std::filesystem::path &input, const ReadOptions &options,
                    std::stop_token stop, const Progress &progress) const override;
    WriteSummary write(AnnotationSource &source, const std::filesystem::path &target,
                       const WriteOptions &options, std::stop_token stop,
                       const Progress &progress) const override;
};

/// The file of one picture, for who makes them one at a time. Returns what was written and lost.
/// Throws core::Error(FileUnwritable, DiskFull), and BadDataset for names that are not UTF-8.
WriteSummary writeSa1bFile(const std::filesystem::path &file, const core::ImageRecord &image,
                           const std::vector<core::Annotation> &annotations);

} // namespace exporters
