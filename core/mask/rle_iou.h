// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <cstdint>
#include <span>
#include <vector>

namespace core
{

/// The IoU of every detection with every truth, detection by detection: that of `d` and `t` is at
/// [d * truths.size() + t]. `isCrowd` is empty or has a value for each truth; what it means and how
/// a value comes about is told at iou(). Throws Error(BadDataset) when the sizes of a pair differ.
std::vector<double> iouMatrix(std::span<const Rle> detections, std::span<const Rle> truths,
                              std::span<const std::uint8_t> isCrowd = {});

} // namespace core
