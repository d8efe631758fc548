// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/load_segmenter.h"

namespace core
{

/// A SAM of a published size ("vit_b", "vit_l", "vit_h", "mobile_sam") with seeded random weights:
/// for timing without a checkpoint. Its masks mean nothing. Throws Error(BadCheckpoint) for another
/// name, Error(OutOfMemory).
std::unique_ptr<Segmenter> makeRandomSegmenter(const std::string &size,
                                               const SegmenterOptions &options = {});

} // namespace core
