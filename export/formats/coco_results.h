// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// COCO results, what detectors write and evaluations read: a list of {image_id, category_id,
/// segmentation or bbox, score}. See detection_reader.h for reading them into a project.
///
/// The file has neither pictures nor categories. A picture is the one in ReadOptions::imageFolder
/// whose name is the number (139 is "000000000139.jpg") or the text; where there is none it is
/// called as the file calls it, and has the size that run lengths in it say. A picture of which
/// only boxes and polygons are known has no size and is left out with a finding. Category 7 becomes
/// "category 7".
class CocoResults : public Format
{
public:
    std::string_view name() const override { return "coco-results"; }
    std::string_view title() const override { return "COCO results"; }
    Layout layout() const override { return Layout::File; }
    std::string_view limits() const override
    {
        return "Names and sizes of pictures, names of categories and crowds are not in it.";
    }
    bool recognises(const std::filesystem::path &input) const override;
    ReadResult read(const std::filesystem::path &input, const ReadOptions &options,
                    std::stop_token stop, const Progress &progress) const override;
    WriteSummary write(AnnotationSource &source, const std::filesystem::path &target,
                       const WriteOptions &options, std::stop_token stop,
                       const Progress &progress) const override;
};

} // namespace exporters
