// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/training/material.h"
#include "core/training/noise_field.h"

#include <opencv2/core.hpp>

namespace core
{

/// What fills draw from; lives as long as the scenes.
struct FillSource {
    const NoiseFields &noise;
    const Material &material;
};

/// How a surface looks: its kind and colours, so that two objects may be made of the same stuff.
struct Fill {
    enum class Kind { Photo, Noise, Stripes, Blobs, Gradient, Plain };
    Kind kind = Kind::Plain;
    cv::Vec3f first;         ///< RGB, 0 to 255
    cv::Vec3f second;        ///< RGB, 0 to 255
    cv::Rect crop;           ///< Photo: where in the photo
    cv::Mat photo;           ///< Photo: shared, never written to
    cv::Matx33f recolour;    ///< Photo: a channel permutation times contrast
    float period = 16;       ///< Stripes: pixels
    float angle = 0;         ///< Stripes, Gradient: radians
    float bend = 0;          ///< Stripes: radians of low-frequency phase noise
    float smoothness = 0.5F; ///< Noise, Blobs
    bool hard = false;       ///< Stripes: two colours instead of a sine
    bool crossed = false;    ///< Stripes: a grid
    float grain = 0;         ///< deviation of fine grain, grey levels
    float lighting = 0;      ///< strength of uneven light
    float shading = 0;       ///< strength of the change of light from one side to the other
};

/// A fill of any kind and colour.
Fill randomFill(Random &random, const FillSource &source);
/// A fill without photo texture around one colour: parts of vehicles, bottles, buildings.
Fill plainFill(Random &random, cv::Vec3f colour);
/// Near the given fill: the same kind, colours a few grey levels away.
Fill variedFill(Random &random, Fill fill, float deviation);

/// Paints `size` pixels of the fill: CV_32FC3, RGB, not clamped.
cv::Mat paintFill(Random &random, const FillSource &source, const Fill &fill, cv::Size size);

} // namespace core
