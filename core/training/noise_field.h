// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/training/random.h"

#include <opencv2/core.hpp>

#include <vector>

namespace core
{

/// A stock of periodic noise pictures whose spectrum falls like 1/f^(b/2), b from 0.5 (grain) to 4
/// (clouds): nature's textures and lighting fall like that. Made once, then read at random places
/// and zooms.
class NoiseFields
{
public:
    explicit NoiseFields(std::uint64_t seed);

    /// Noise of mean 0 and deviation about 1, CV_32F. `smoothness` in [0, 1] chooses from grain to
    /// clouds.
    cv::Mat sample(Random &random, cv::Size size, float smoothness) const;
    /// The same, of any smoothness.
    cv::Mat sample(Random &random, cv::Size size) const;

private:
    std::vector<cv::Mat> m_fields;
};

} // namespace core
