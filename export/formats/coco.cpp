// SPDX-License-Identifier: Apache-2.0
#include "export/formats/coco.h"

#include "export/formats/coco/coco_panoptic_reader.h"
#include "export/formats/coco/coco_reader.h"
#include "export/formats/coco/coco_writer.h"
#include "export/json/json_glimpse.h"

namespace exporters
{

bool Coco::recognises(const std::filesystem::path &input) const
{
    const JsonGlimpse glimpse = glimpseJson(input);
    if (glimpse.hasKey("annotations", "segments_info")) // panoptic
        return false;
    if (glimpse.hasKey("images") && glimpse.hasKey("annotations"))
        return true;
    if (!glimpse.isCut)
        return false;
    // One list is so long that the other is not in sight.
    const auto hasField = [&](const char *key) { return glimpse.hasKey("annotations", key); };
    return hasField("image_id") ||
           (hasField("category_id") && (hasField("bbox") || hasField("segmentation"))) ||
           (glimpse.hasKey("images", "file_name") && panopticFiles(input).empty());
}

ReadResult Coco::read(const std::filesystem::path &input, const ReadOptions &, std::stop_token stop,
                      const Progress &progress) const
{
    return readCoco(input, std::move(stop), progress);
}

WriteSummary Coco::write(AnnotationSource &source, const std::filesystem::path &target,
                         const WriteOptions &options, std::stop_token stop,
                         const Progress &progress) const
{
    return writeCoco(source, target, options, std::move(stop), progress);
}

} // namespace exporters
