// SPDX-License-Identifier: Apache-2.0
#include "export/formats/coco_panoptic.h"

#include "export/formats/coco/coco_panoptic_reader.h"
#include "export/formats/coco/coco_panoptic_writer.h"

namespace exporters
{

bool CocoPanoptic::recognises(const std::filesystem::path &input) const
{
    return !panopticFiles(input).empty();
}

ReadResult CocoPanoptic::read(const std::filesystem::path &input, const ReadOptions &options,
                              std::stop_token stop, const Progress &progress) const
{
    return readCocoPanoptic(input, options, std::move(stop), progress);
}

WriteSummary CocoPanoptic::write(AnnotationSource &source, const std::filesystem::path &target,
                                 const WriteOptions &options, std::stop_token stop,
                                 const Progress &progress) const
{
    return writeCocoPanoptic(source, target, options, std::move(stop), progress);
}

} // namespace exporters
