// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace core
{

// Loops over logits that lie side by side, as wide as the processor's registers.

/// out[i] = a[i] * weightA + b[i] * weightB, each step rounded.
void blend(std::span<const float> a, float weightA, const float *b, float weightB, float *out);

/// 1 where a logit lies above the cut, else 0.
void markAbove(std::span<const float> logits, float cut, std::uint8_t *pixels);

/// How many lie above the cut.
std::int32_t countAbove(std::span<const float> logits, float cut);

/// The greatest distance from zero, or infinity where one is infinite or no number at all.
float greatestMagnitude(std::span<const float> logits);

} // namespace core
