// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle_merge.h"
#include "random_masks.h"

#include <vector>

/// By definition, pixel by pixel.
inline core::Rle plainEncode(const core::Mask &mask)
{
    std::vector<std::uint32_t> counts{0};
    std::uint8_t value = 0;
    for (int x = 0; x < mask.size.width; ++x) {
        for (int y = 0; y < mask.size.height; ++y) {
            if (mask.at(x, y) != value) {
                counts.push_back(0);
                value ^= 1;
            }
            ++counts.back();
        }
    }
    return {mask.size, counts};
}

/// A row of random kind: one value, few changes, many, or as the one above with few changes.
inline core::Mask anyMask(core::Size size, std::mt19937 &random)
{
    const auto below = [&random](int n) { return int(random() % unsigned(n)); };
    if (below(2) == 0)
        return randomMask(size, random);
    core::Mask mask(size);
    for (int y = 0; y < size.height; ++y) {
        const int kind = below(8);
        for (int x = 0; x < size.width; ++x) {
            const std::uint8_t above = y > 0 ? mask.at(x, y - 1) : 0;
            mask.set(x, y,
                     kind == 0   ? below(2)
                     : kind == 1 ? 1
                     : kind == 2 ? above ^ (below(9) == 0)
                     : kind == 3 ? above ^ 1
                                 : above);
        }
    }
    return mask;
}

/// The same pixels with empty runs put in, as files may have them: in the middle of runs, at the
/// begin and at the end.
inline core::Rle withEmptyRuns(const core::Rle &rle, std::mt19937 &random)
{
    std::vector<std::uint32_t> odd;
    for (std::uint32_t count : rle.counts) {
        while (count > 0 && random() % 3 == 0) {
            const std::uint32_t part = random() % (count + 1);
            odd.insert(odd.end(), {part, 0});
            count -= part;
        }
        odd.push_back(count);
    }
    odd.insert(odd.end(), random() % 3, 0);
    return {rle.size, odd};
}

/// By definition as well.
inline core::Mask plainCombine(const core::Mask &a, const core::Mask &b,
                               core::SetOperation operation)
{
    using core::SetOperation;
    core::Mask result(a.size);
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        const bool inA = a.pixels[i] != 0, inB = b.pixels[i] != 0;
        result.pixels[i] = operation == SetOperation::Union          ? inA || inB
                           : operation == SetOperation::Intersection ? inA && inB
                           : operation == SetOperation::Difference   ? inA && !inB
                                                                     : inA != inB;
    }
    return result;
}
