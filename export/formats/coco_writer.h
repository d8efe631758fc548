// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// COCO instances: one JSON file, masks as run lengths, which hold every pixel. Ids are those of
/// the source; area and bbox are measured on the mask; iscrowd is 0 unless the user marked a crowd.
/// The same annotations always give the same bytes. Errors as Format::write.
WriteSummary writeCoco(AnnotationSource &source, const std::filesystem::path &target,
                       const WriteOptions &options = {}, std::stop_token stop = {},
                       const Progress &progress = {});

} // namespace exporters
