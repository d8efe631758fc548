// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/logit_loops.h"

#include "core/mask/avx2.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <limits>

namespace core
{
namespace
{

// Written for compilers to make vectors of, of whatever length the caller is compiled for.
#define MASKWRIGHT_LOOP [[gnu::always_inline]] inline

MASKWRIGHT_LOOP void blendLoop(std::span<const float> a, float weightA, const float *b,
                               float weightB, float *out)
{
    for (std::size_t i = 0; i < a.size(); ++i)
        out[i] = a[i] * weightA + b[i] * weightB;
}

MASKWRIGHT_LOOP void markLoop(std::span<const float> logits, float cut, std::uint8_t *pixels)
{
    for (std::size_t i = 0; i < logits.size(); ++i)
        pixels[i] = logits[i] > cut;
}

MASKWRIGHT_LOOP std::int32_t countLoop(std::span<const float> logits, float cut)
{
    std::int32_t count = 0;
    for (const float logit : logits)
        count += logit > cut;
    return count;
}

/// Without their sign, floats are ordered as their bits are; NaN comes after infinity.
MASKWRIGHT_LOOP std::int32_t magnitudeLoop(std::span<const float> logits)
{
    std::int32_t greatest = 0;
    for (const float logit : logits)
        greatest = std::max(greatest, std::bit_cast<std::int32_t>(logit) & 0x7fffffff);
    return greatest;
}

#ifdef MASKWRIGHT_AVX2
MASKWRIGHT_AVX2 void blendWide(std::span<const float> a, float weightA, const float *b,
                               float weightB, float *out)
{
    blendLoop(a, weightA, b, weightB, out);
}

MASKWRIGHT_AVX2 void markWide(std::span<const float> logits, float cut, std::uint8_t *pixels)
{
    markLoop(logits, cut, pixels);
}

MASKWRIGHT_AVX2 std::int32_t countWide(std::span<const float> logits, float cut)
{
    return countLoop(logits, cut);
}

MASKWRIGHT_AVX2 std::int32_t magnitudeWide(std::span<const float> logits)
{
    return magnitudeLoop(logits);
}
#endif
#undef MASKWRIGHT_LOOP

} // namespace

void blend(std::span<const float> a, float weightA, const float *b, float weightB, float *out)
{
#ifdef MASKWRIGHT_AVX2
    if (hasAvx2())
        return blendWide(a, weightA, b, weightB, out);
#endif
    blendLoop(a, weightA, b, weightB, out);
}

void markAbove(std::span<const float> logits, float cut, std::uint8_t *pixels)
{
#ifdef MASKWRIGHT_AVX2
    if (hasAvx2())
        return markWide(logits, cut, pixels);
#endif
    markLoop(logits, cut, pixels);
}

std::int32_t countAbove(std::span<const float> logits, float cut)
{
#ifdef MASKWRIGHT_AVX2
    if (hasAvx2())
        return countWide(logits, cut);
#endif
    return countLoop(logits, cut);
}

float greatestMagnitude(std::span<const float> logits)
{
#ifdef MASKWRIGHT_AVX2
    const std::int32_t bits = hasAvx2() ? magnitudeWide(logits) : magnitudeLoop(logits);
#else
    const std::int32_t bits = magnitudeLoop(logits);
#endif
    constexpr float infinity = std::numeric_limits<float>::infinity();
    return std::bit_cast<float>(std::min(bits, std::bit_cast<std::int32_t>(infinity)));
}

} // namespace core
