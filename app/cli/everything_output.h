// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/generated_mask.h"
#include "export/operations/picture_journal.h"
#include "export/operations/picture_run.h"

#include <filesystem>
#include <vector>

namespace cli
{

/// For COCO: all of category 1. Predicted IoU is the "score"; stability stands beside COCO's own
/// keys.
exporters::PictureResult cocoResult(const exporters::Picture &picture, core::Size size,
                                    const std::vector<core::GeneratedMask> &masks);

/// SA-1B: one file a picture; its id is the picture's number. Throws core::Error as
/// exporters::writeSa1bFile() does.
void writeSa1b(const std::filesystem::path &file, const exporters::Picture &picture,
               core::Size size, const std::vector<core::GeneratedMask> &masks);

} // namespace cli
