// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the kernels make of single registers and rows; a part of kernel_body.h, whose comment holds
// here.
#include "core/cpu/kernels.h"

namespace
{

using Index = std::ptrdiff_t;
using core::cpu::Finish;

typedef float Floats __attribute__((vector_size(lanes * sizeof(float))));
typedef std::int32_t Ints __attribute__((vector_size(lanes * sizeof(float))));
typedef float LooseFloats
    __attribute__((vector_size(lanes * sizeof(float)), aligned(alignof(float)), may_alias));

constexpr Index panelWidth = 2 * lanes;
constexpr Index depthAtOnce = 256; ///< so much of a panel stays in the first cache

inline Index least(Index a, Index b)
{
    return a < b ? a : b;
}

inline Index wholePanels(Index columns)
{
    return (columns + panelWidth - 1) / panelWidth * panelWidth;
}

inline Floats load(const float *from)
{
    return *reinterpret_cast<const LooseFloats *>(from);
}

inline void store(float *to, Floats value)
{
    *reinterpret_cast<LooseFloats *>(to) = value;
}

inline Floats all(float value)
{
    return value - Floats{};
}

inline Floats greater(Floats a, Floats b)
{
    return a > b ? a : b;
}

inline float sumOf(Floats x)
{
    float sum = 0;
    for (int i = 0; i < lanes; ++i)
        sum += x[i];
    return sum;
}

/// 2^n e^r with n whole and |r| <= ln 2 / 2. The sum of the series to r^6 is off by 2e-8.
inline Floats exponential(Floats x)
{
    x = greater(x, all(-87.0f));
    x = x < 88.0f ? x : all(88.0f);
    const Floats rounder = all(12582912.0f); // 1.5 x 2^23: the sum has no place for a fraction
    const Floats shifted = x * 1.44269504f + rounder;
    const Floats n = shifted - rounder;
    const Floats r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
    Floats sum = r * 1.38888889e-3f + 8.33333333e-3f;
    sum = sum * r + 4.16666667e-2f;
    sum = sum * r + 1.66666667e-1f;
    sum = sum * r + 0.5f;
    sum = sum * r + 1.0f;
    sum = sum * r + 1.0f;
    const Ints power = (reinterpret_cast<Ints>(shifted) - 0x4b400000 + 127) << 23;
    return sum * reinterpret_cast<Floats>(power);
}

/// x Phi(x), by Abramowitz and Stegun's 7.1.26 for the error function.
inline Floats geluOf(Floats x)
{
    const Floats z = x * 0.707106781f;
    const Floats size = reinterpret_cast<Floats>(reinterpret_cast<Ints>(z) & 0x7fffffff);
    const Floats t = 1.0f / (size * 0.3275911f + 1.0f);
    Floats sum = t * 1.061405429f - 1.453152027f;
    sum = sum * t + 1.421413741f;
    sum = sum * t - 0.284496736f;
    sum = sum * t + 0.254829592f;
    const Floats tail = sum * t * exponential(-size * size); // 1 - erf(size)
    const Floats twice = x < 0.0f ? tail : 2.0f - tail;
    return x * twice * 0.5f;
}

/// The last elements of a row, fewer than a register holds.
template <typename Function>
inline void onRest(float *x, Index count, float filling, const Function &function)
{
    Floats rest = all(filling);
    for (Index i = 0; i < count; ++i)
        rest[i] = x[i];
    rest = function(rest);
    for (Index i = 0; i < count; ++i)
        x[i] = rest[i];
}

void gelu(float *x, Index count)
{
    Index i = 0;
    for (; i + lanes <= count; i += lanes)
        store(x + i, geluOf(load(x + i)));
    if (i < count)
        onRest(x + i, count - i, 0.0f, geluOf);
}

float exponentials(float *x, Index count, float shift)
{
    Floats sum = {};
    Index i = 0;
    for (; i + lanes <= count; i += lanes) {
        const Floats value = exponential(load(x + i) - shift);
        store(x + i, value);
        sum += value;
    }
    float total = sumOf(sum);
    if (i < count) {
        onRest(x + i, count - i, 0.0f, [shift](Floats y) { return exponential(y - shift); });
        for (; i < count; ++i)
            total += x[i];
    }
    return total;
}

float greatest(const float *x, Index count)
{
    float result = x[0];
    Index i = 0;
    if (count >= lanes) {
        Floats most = load(x);
        for (i = lanes; i + lanes <= count; i += lanes)
            most = greater(most, load(x + i));
        for (int lane = 0; lane < lanes; ++lane)
            result = result > most[lane] ? result : most[lane];
    }
    for (; i < count; ++i)
        result = result > x[i] ? result : x[i];
    return result;
}

/// `use` gets the index of whole registers and single numbers and what they have become.
template <typename Use>
inline void normalizeRows(float *x, Index rows, Index channels, const float *weight,
                          const float *bias, float epsilon, const Use &use)
{
    for (Index row = 0; row < rows; ++row, x += channels) {
        Floats sums = {};
        Index i = 0;
        for (; i + lanes <= channels; i += lanes)
            sums += load(x + i);
        float sum = sumOf(sums);
        for (; i < channels; ++i)
            sum += x[i];
        const float mean = sum / float(channels);
        Floats squares = {};
        for (i = 0; i + lanes <= channels; i += lanes) {
            const Floats difference = load(x + i) - mean;
            squares += difference * difference;
        }
        float square = sumOf(squares);
        for (; i < channels; ++i)
            square += (x[i] - mean) * (x[i] - mean);
        const float factor = 1.0f / __builtin_sqrtf(square / float(channels) + epsilon);
        for (i = 0; i + lanes <= channels; i += lanes) {
            const Floats result = (load(x + i) - mean) * factor * load(weight + i) + load(bias + i);
            store(x + i, result);
            use.whole(row * channels + i, result);
        }
        for (; i < channels; ++i) {
            x[i] = (x[i] - mean) * factor * weight[i] + bias[i];
            use.single(row * channels + i, x[i]);
        }
    }
}

void normalize(float *x, Index rows, Index channels, const float *weight, const float *bias,
               float epsilon)
{
    struct Nothing {
        void whole(Index, Floats) const {}
        void single(Index, float) const {}
    };
    normalizeRows(x, rows, channels, weight, bias, epsilon, Nothing{});
}

void normalizeAndAdd(float *x, Index rows, Index channels, const float *weight, const float *bias,
                     float epsilon, const float *added, float *sum)
{
    struct Add {
        const float *added;
        float *sum;
        void whole(Index i, Floats value) const { store(sum + i, value + load(added + i)); }
        void single(Index i, float value) const { sum[i] = value + added[i]; }
    };
    normalizeRows(x, rows, channels, weight, bias, epsilon, Add{added, sum});
}

/// Makes a row of weights, which has room for whole panels, elements of a product where it lies.
template <typename Element>
void toElements(float *weights, Index count);
template <>
inline void toElements<float>(float *, Index)
{
}

} // namespace
