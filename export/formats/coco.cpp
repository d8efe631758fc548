// SPDX-License-Identifier: Apache-2.0
#include "export/formats/coco.h"

#include "export/formats/coco/coco_reader.h"
#include "export/formats/coco/coco_writer.h"
#include "export/json/json_glimpse.h"

namespace exporters
{

bool Coco::recognises(const std::filesystem::path &input) const
{
    const JsonGlimpse glimpse = glimpseJson(input);
    return glimpse.hasKey("images") && glimpse.hasKey("annotations") &&
           !glimpse.hasKey("annotations", "segments_info"); // panoptic
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
