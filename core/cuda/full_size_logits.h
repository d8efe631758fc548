// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cuda/host_device.h"

#include <cstddef>

namespace core::cuda
{

/// core::InputGeometry and the size of the logits, in the form a kernel takes.
struct MaskGeometry {
    int logitsWidth, logitsHeight;
    int paddedWidth, paddedHeight;
    int resizedWidth, resizedHeight;
    int width, height; ///< of the original picture
};

/// Where an output sample lies between two input samples.
struct Tap {
    int first, second;
    float firstWeight, secondWeight;
};

/// Bilinear, pixel centres at half; equal to core::LogitRows to the last bit.
MASKWRIGHT_HOST_DEVICE inline Tap tapOf(int inputs, int outputs, int output)
{
    const float scale = static_cast<float>(inputs) / static_cast<float>(outputs);
    const float place = roundedSum(roundedProduct(scale, static_cast<float>(output) + 0.5f), -0.5f);
    const float position = place > 0.0f ? place : 0.0f;
    const int floor = static_cast<int>(position);
    const int first = floor < inputs - 1 ? floor : inputs - 1;
    float weight = position - static_cast<float>(first);
    weight = weight < 0.0f ? 0.0f : weight > 1.0f ? 1.0f : weight;
    const int second = first + 1 < inputs - 1 ? first + 1 : inputs - 1;
    return {first, second, 1.0f - weight, weight};
}

/// How a row or a column of the original picture is made: of two of the resized picture, each of
/// which is made of two low-res ones.
struct TwoTaps {
    Tap resize;
    Tap enlargeFirst, enlargeSecond;
};

MASKWRIGHT_HOST_DEVICE inline TwoTaps twoTaps(int logits, int padded, int resized, int original,
                                              int index)
{
    const Tap resize = tapOf(resized, original, index);
    return {resize, tapOf(logits, padded, resize.first), tapOf(logits, padded, resize.second)};
}

MASKWRIGHT_HOST_DEVICE inline TwoTaps columnTaps(const MaskGeometry &geometry, int x)
{
    return twoTaps(geometry.logitsWidth, geometry.paddedWidth, geometry.resizedWidth,
                   geometry.width, x);
}

MASKWRIGHT_HOST_DEVICE inline TwoTaps rowTaps(const MaskGeometry &geometry, int y)
{
    return twoTaps(geometry.logitsHeight, geometry.paddedHeight, geometry.resizedHeight,
                   geometry.height, y);
}

/// One value of the resized picture: across, then down, as core::LogitRows does it.
MASKWRIGHT_HOST_DEVICE inline float resizedLogit(const float *logits, int logitsWidth,
                                                 const Tap &column, const Tap &row)
{
    const float *above = logits + static_cast<std::ptrdiff_t>(row.first) * logitsWidth;
    const float *below = logits + static_cast<std::ptrdiff_t>(row.second) * logitsWidth;
    return blend(
        blend(above[column.first], column.firstWeight, above[column.second], column.secondWeight),
        row.firstWeight,
        blend(below[column.first], column.firstWeight, below[column.second], column.secondWeight),
        row.secondWeight);
}

/// The logit of one pixel of the original picture.
MASKWRIGHT_HOST_DEVICE inline float fullSizeLogit(const float *logits, int logitsWidth,
                                                  const TwoTaps &column, const TwoTaps &row)
{
    const auto across = [&](const Tap &enlargeRow) {
        return blend(resizedLogit(logits, logitsWidth, column.enlargeFirst, enlargeRow),
                     column.resize.firstWeight,
                     resizedLogit(logits, logitsWidth, column.enlargeSecond, enlargeRow),
                     column.resize.secondWeight);
    };
    return blend(across(row.enlargeFirst), row.resize.firstWeight, across(row.enlargeSecond),
                 row.resize.secondWeight);
}

} // namespace core::cuda
