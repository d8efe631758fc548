// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// See Format::write() and coco_panoptic.h.
WriteSummary writeCocoPanoptic(AnnotationSource &source, const std::filesystem::path &target,
                               const WriteOptions &options, std::stop_token stop,
                               const Progress &progress);

} // namespace exporters
