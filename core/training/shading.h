// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/training/canvas.h"
#include "core/training/random.h"

namespace core
{

/// Makes a painted region look round: brighter where its swelling faces the light. Changes `fill`
/// in place.
void shadeRound(Random &random, cv::Mat &fill, const cv::Mat &mask);
/// Darkens the canvas where the region throws its shadow. Labels stay: a shadow is no object.
void dropShadow(Random &random, Canvas &canvas, const Region &region);

} // namespace core
