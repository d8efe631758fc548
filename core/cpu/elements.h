// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cpu/kernels.h"

#include <algorithm>

namespace core::cpu
{

// For what is written once for products of floats and of pairs: kernels()' functions under names of
// their own. There have to be kernels; for pairs, kernels()->bf16.

/// How many elements, floats or pairs, so many numbers are.
template <typename Element>
constexpr std::ptrdiff_t elementsOf(std::ptrdiff_t numbers)
{
    return (numbers + numbersIn<Element> - 1) / numbersIn<Element>;
}

inline void multiply(const ProductOf<float> &product)
{
    kernels()->multiply(product);
}
inline void multiply(const ProductOf<Bf16Pair> &product)
{
    kernels()->bf16->multiply(product);
}

inline void attend(const AttentionOf<float> &attention)
{
    kernels()->attend(attention);
}
inline void attend(const AttentionOf<Bf16Pair> &attention)
{
    kernels()->bf16->attend(attention);
}

/// A row that is summed over, of `count` numbers.
inline void takeRow(const float *row, std::ptrdiff_t count, float *elements)
{
    std::copy_n(row, count, elements);
}
inline void takeRow(const float *row, std::ptrdiff_t count, Bf16Pair *elements)
{
    kernels()->bf16->roundRow(row, count, elements);
}

/// What as many rows as an element has numbers hold in each of `count` columns, which are summed
/// over; `second` may be null.
inline void takeColumns(const float *first, const float *, std::ptrdiff_t count, float *elements)
{
    std::copy_n(first, count, elements);
}
inline void takeColumns(const float *first, const float *second, std::ptrdiff_t count,
                        Bf16Pair *elements)
{
    kernels()->bf16->roundColumns(first, second, count, elements);
}

} // namespace core::cpu
