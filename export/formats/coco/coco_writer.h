// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// COCO instances: one JSON file. Masks are run lengths, which hold every pixel, or polygons along
/// the edges of the pixels, which hold all but holes; a box alone has an empty segmentation. Ids
/// are those of the source; area and bbox are measured on what the segmentation says; iscrowd is 0
/// unless the user marked a crowd. Foreign keys are written beside ours and never in their place,
/// but for the source's own "info" and "licenses". The same annotations always give the same bytes.
/// Errors as Format::write.
WriteSummary writeCoco(AnnotationSource &source, const std::filesystem::path &target,
                       const WriteOptions &options = {}, std::stop_token stop = {},
                       const Progress &progress = {});

} // namespace exporters
