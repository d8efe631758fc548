// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/training/noise_field.h"

#include <opencv2/core.hpp>

namespace core
{

/// What a camera does to a scene: blur, uneven light, contrast, exposure, white balance, now and
/// then grey, sensor noise, JPEG. In: CV_32FC3 RGB. Out: CV_8UC3 RGB of the same size; nothing
/// moves.
cv::Mat photograph(Random &random, const NoiseFields &noise, const cv::Mat &pixels);

} // namespace core
