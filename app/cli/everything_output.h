// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/generated_mask.h"
#include "export/operations/picture_journal.h"
#include "export/operations/picture_run.h"

#include <string>
#include <vector>

namespace cli
{

/// For COCO: all of category 1. Predicted IoU is the "score"; stability stands beside COCO's own
/// keys.
exporters::PictureResult cocoResult(const exporters::Picture &picture, core::Size size,
                                    const std::vector<core::GeneratedMask> &masks);

/// SA-1B: one file a picture; its id is the picture's number. Boxes as SAM's generator writes them,
/// from centre to centre of the outermost pixels.
std::string sa1bText(const exporters::Picture &picture, core::Size size,
                     const std::vector<core::GeneratedMask> &masks);

} // namespace cli
