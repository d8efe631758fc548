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

/// x Phi(x) = x (1/2 + x h(x^2 / 16 - 1)) up to the square root of 32, beyond which Phi is 0 or 1
/// to 8e-9. h is a polynomial fitted so that Phi is off by 9e-8 at most, without rounding; so there
/// is neither an exponential nor a division.
inline Floats geluOf(Floats x)
{
    const Floats square = x * x;
    const Floats u = square * 0.0625f - 1.0f;
    Floats sum = u * 8.62661749e-4f - 2.10126303e-3f;
    sum = sum * u + 1.2473017e-3f;
    sum = sum * u - 1.13456161e-3f;
    sum = sum * u + 5.25721954e-3f;
    sum = sum * u - 9.40200128e-3f;
    sum = sum * u + 1.17126098e-2f;
    sum = sum * u - 1.5602109e-2f;
    sum = sum * u + 2.11377237e-2f;
    sum = sum * u - 2.65361704e-2f;
    sum = sum * u + 3.19019072e-2f;
    sum = sum * u - 3.80712822e-2f;
    sum = sum * u + 4.65536118e-2f;
    sum = sum * u - 6.24293797e-2f;
    sum = sum * u + 0.124992087f;
    return square > 32.0f ? greater(x, Floats{}) : x * (x * sum + 0.5f);
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

/// `use` gets the index of whole registers and single numbers and what they have become, and what
/// a row was multiplied by.
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
        use.factor(row, factor);
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
        void factor(Index, float) const {}
        void whole(Index, Floats) const {}
        void single(Index, float) const {}
    };
    normalizeRows(x, rows, channels, weight, bias, epsilon, Nothing{});
}

void normalizeAndAdd(float *x, Index rows, Index channels, const float *weight, const float *bias,
                     float epsilon, const float *added, float *sum, float *factors)
{
    struct Add {
        const float *added;
        float *sum;
        float *factors;
        void factor(Index row, float value) const { factors[row] = value; }
        void whole(Index i, Floats value) const { store(sum + i, value + load(added + i)); }
        void single(Index i, float value) const { sum[i] = value + added[i]; }
    };
    normalizeRows(x, rows, channels, weight, bias, epsilon, Add{added, sum, factors});
}

void scaleRows(float *x, Index rows, Index channels, const float *factors, const float *bias)
{
    for (Index row = 0; row < rows; ++row, x += channels) {
        Index i = 0;
        for (; i + lanes <= channels; i += lanes)
            store(x + i, load(x + i) * factors[row] + load(bias + i));
        for (; i < channels; ++i)
            x[i] = x[i] * factors[row] + bias[i];
    }
}

/// Makes a row of weights, which has room for whole panels, elements of a product where it lies.
template <typename Element>
void toElements(float *weights, Index count);
template <>
inline void toElements<float>(float *, Index)
{
}

} // namespace
