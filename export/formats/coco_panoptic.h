// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// COCO panoptic: a JSON and a folder of PNGs beside it, of the same name without .json. The colour
/// of a pixel is red + 256 green + 65536 blue = the id of its segment, 0 for none.
///
/// Written: a folder, panoptic.json and panoptic/NAME.png in it, so that both appear or neither.
/// The ids of segments are those of the annotations, where they are below 2^24.
///
/// Read: the JSON, or a folder with one such JSON in it. An annotation has its segment's id; where
/// another picture has a segment of that id, too, it gets a new one and the segment's is kept as
/// "segment_id" among its foreign keys, to be written again.
class CocoPanoptic : public Format
{
public:
    std::string_view name() const override { return "coco-panoptic"; }
    std::string_view title() const override { return "COCO panoptic"; }
    Layout layout() const override { return Layout::Folder; }
    std::string_view limits() const override
    {
        return "A pixel belongs to one object only; boxes without a mask are left out.";
    }
    bool recognises(const std::filesystem::path &input) const override;
    ReadResult read(const std::filesystem::path &input, const ReadOptions &options,
                    std::stop_token stop, const Progress &progress) const override;
    WriteSummary write(AnnotationSource &source, const std::filesystem::path &target,
                       const WriteOptions &options, std::stop_token stop,
                       const Progress &progress) const override;
};

} // namespace exporters
