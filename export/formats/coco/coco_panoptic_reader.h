// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// The panoptic JSONs that `input` means: itself, or those directly in the folder it is.
std::vector<std::filesystem::path> panopticFiles(const std::filesystem::path &input);

/// See Format::read() and coco_panoptic.h.
ReadResult readCocoPanoptic(const std::filesystem::path &input, const ReadOptions &options,
                            std::stop_token stop, const Progress &progress);

} // namespace exporters
