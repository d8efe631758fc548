// SPDX-License-Identifier: Apache-2.0
#pragma once

// Pairs of bfloat16 as elements of a product, for kernel_product.h and kernel_body.h; a part of the
// kernels of AVX512-BF16, to which the comment of kernel_body.h applies.
#include "core/cpu/kernel_floats.h"

#include <immintrin.h>

namespace
{

using core::cpu::Bf16Pair;

static_assert(lanes == 16, "a register of the instructions used here");

typedef Bf16Pair Pairs __attribute__((vector_size(lanes * sizeof(Bf16Pair))));
// Weights of attention become pairs where they lay as floats.
typedef Bf16Pair LoosePairs
    __attribute__((vector_size(lanes * sizeof(Bf16Pair)), aligned(alignof(Bf16Pair)), may_alias));
typedef Bf16Pair LoosePair __attribute__((may_alias));

inline Pairs load(const Bf16Pair *from)
{
    return *reinterpret_cast<const LoosePairs *>(from);
}

inline void store(Bf16Pair *to, Pairs value)
{
    *reinterpret_cast<LoosePairs *>(to) = value;
}

inline Pairs spread(const Bf16Pair *element)
{
    return *reinterpret_cast<const LoosePair *>(element) - Pairs{};
}

inline Floats addProduct(Floats sum, Pairs a, Pairs b)
{
    return Floats(_mm512_dpbf16_ps(__m512(sum), (__m512bh)a, (__m512bh)b));
}

/// Neighbours: of `first` and `last` one after the other.
inline Pairs neighbours(Floats first, Floats last)
{
    return (Pairs)_mm512_cvtne2ps_pbh(__m512(last), __m512(first));
}

/// Of each lane one of both.
inline Pairs zipped(Floats first, Floats second)
{
    typedef std::uint16_t Halves __attribute__((vector_size(lanes * sizeof(std::uint16_t))));
    const auto low = (Halves)_mm512_cvtneps_pbh(__m512(first));
    const auto high = (Halves)_mm512_cvtneps_pbh(__m512(second));
    return __builtin_convertvector(low, Pairs) | (__builtin_convertvector(high, Pairs) << 16);
}

/// The first `count` of a register, zeros behind them.
inline Floats loadSome(const float *from, Index count)
{
    Floats some = {};
    for (Index i = 0; i < count; ++i)
        some[i] = from[i];
    return some;
}

inline void storeSome(Bf16Pair *to, Pairs value, Index count)
{
    for (Index i = 0; i < count; ++i)
        to[i] = value[i];
}

void roundRow(const float *row, Index count, Bf16Pair *pairs)
{
    Index i = 0;
    for (; i + 2 * lanes <= count; i += 2 * lanes, pairs += lanes)
        store(pairs, neighbours(load(row + i), load(row + i + lanes)));
    const Index rest = count - i;
    if (rest == 0)
        return;
    const Index first = least(rest, lanes);
    storeSome(pairs, neighbours(loadSome(row + i, first), loadSome(row + i + first, rest - first)),
              (rest + 1) / 2);
}

void roundColumns(const float *first, const float *second, Index count, Bf16Pair *pairs)
{
    for (Index i = 0; i < count; i += lanes) {
        const Index width = least(lanes, count - i);
        const Floats upper = width == lanes ? load(first + i) : loadSome(first + i, width);
        Floats lower = {};
        if (second)
            lower = width == lanes ? load(second + i) : loadSome(second + i, width);
        const Pairs zips = zipped(upper, lower);
        if (width == lanes)
            store(pairs + i, zips);
        else
            storeSome(pairs + i, zips, width);
    }
}

template <>
inline void toElements<Bf16Pair>(float *weights, Index count)
{
    for (Index i = count; i < wholePanels(count); ++i)
        weights[i] = 0;
    auto *pairs = reinterpret_cast<Bf16Pair *>(weights);
    for (Index i = 0; i < count; i += 2 * lanes, pairs += lanes)
        store(pairs, neighbours(load(weights + i), load(weights + i + lanes)));
}

} // namespace
