// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/resize_filter.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace core
{

/// The first pass of PIL's 8-bit bilinear resize: rows of RGB made longer or shorter.
class RowResize
{
public:
    RowResize(int inputs, int outputs);

    /// From three bytes a pixel of all inputs to as many of all outputs.
    void apply(const std::uint8_t *in, std::uint8_t *out) const;

private:
    /// The weights of four samples next to each other: their lower 11 bits, then the others.
    using SplitWeights = std::array<std::int16_t, 8>;

    void applyPlain(const std::uint8_t *in, int begin, std::uint8_t *out) const;
    void applyWide(const std::uint8_t *in, std::uint8_t *out) const;
    void prepareWide(int inputs);

    ResizeFilter m_filter;
    std::vector<SplitWeights> m_split;
    [[maybe_unused]] int m_splitPerOutput = 0; // without AVX2
    int m_wide = 0; ///< so many outputs, from the first on, are made by wide registers
};

/// The second pass: `out` is the sum of the rows by their weights, rounded.
void weightRows(std::span<const std::uint8_t *const> rows, const std::int32_t *weights,
                std::span<std::uint8_t> out);

} // namespace core
