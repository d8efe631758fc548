// SPDX-License-Identifier: Apache-2.0
// The kernels, compiled once for each instruction set by the source that includes this, which says
// how many floats a register has (`lanes`) and how many rows of a product's tile fit the registers
// (`tileRows`).
//
// No header of the standard library and nothing but this namespace without a name: an inline
// function compiled for AVX-512 could be the one that the linker keeps for everybody.
#include "core/cpu/kernels.h"

namespace
{

using core::cpu::Attention;
using core::cpu::Finish;
using core::cpu::Product;
using Index = std::ptrdiff_t;

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

void normalize(float *x, Index rows, Index channels, const float *weight, const float *bias,
               float epsilon)
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
        for (i = 0; i + lanes <= channels; i += lanes)
            store(x + i, (load(x + i) - mean) * factor * load(weight + i) + load(bias + i));
        for (; i < channels; ++i)
            x[i] = (x[i] - mean) * factor * weight[i] + bias[i];
    }
}

/// `rows` x panelWidth of a product, all of them in registers. `c` holds what is added to.
template <int rows>
inline void tile(const float *a, Index aStride, const float *panel, Index depth, float *c,
                 Index cStride)
{
    Floats sums[rows][2];
#pragma GCC unroll 16
    for (int row = 0; row < rows; ++row) {
        sums[row][0] = load(c + row * cStride);
        sums[row][1] = load(c + row * cStride + lanes);
    }
    for (Index k = 0; k < depth; ++k, panel += panelWidth) {
        const Floats left = load(panel);
        const Floats right = load(panel + lanes);
#pragma GCC unroll 16
        for (int row = 0; row < rows; ++row) {
            const Floats factor = all(a[row * aStride + k]);
            sums[row][0] += factor * left;
            sums[row][1] += factor * right;
        }
    }
#pragma GCC unroll 16
    for (int row = 0; row < rows; ++row) {
        store(c + row * cStride, sums[row][0]);
        store(c + row * cStride + lanes, sums[row][1]);
    }
}

void tiles(const float *a, Index aStride, const float *panel, Index depth, Index rows, float *c,
           Index cStride)
{
    for (; rows >= tileRows; rows -= tileRows, a += tileRows * aStride, c += tileRows * cStride)
        tile<tileRows>(a, aStride, panel, depth, c, cStride);
    if (tileRows > 4 && rows >= 4) {
        tile<4>(a, aStride, panel, depth, c, cStride);
        rows -= 4, a += 4 * aStride, c += 4 * cStride;
    }
    if (rows >= 2) {
        tile<2>(a, aStride, panel, depth, c, cStride);
        rows -= 2, a += 2 * aStride, c += 2 * cStride;
    }
    if (rows == 1)
        tile<1>(a, aStride, panel, depth, c, cStride);
}

/// The columns from a panel's first one on, fewer than it has, by way of a whole tile.
void narrowTiles(const float *a, Index aStride, const float *panel, Index depth, Index rows,
                 float *c, Index cStride, Index columns)
{
    float whole[tileRows * panelWidth];
    for (Index row = 0; row < rows; row += tileRows) {
        const Index height = least(tileRows, rows - row);
        for (Index i = 0; i < height * panelWidth; ++i) {
            const Index column = i % panelWidth;
            whole[i] = column < columns ? c[(row + i / panelWidth) * cStride + column] : 0.0f;
        }
        tiles(a + row * aStride, aStride, panel, depth, height, whole, panelWidth);
        for (Index i = 0; i < height; ++i)
            for (Index column = 0; column < columns; ++column)
                c[(row + i) * cStride + column] = whole[i * panelWidth + column];
    }
}

void startSums(const Product &p)
{
    for (Index row = 0; row < p.rows; ++row) {
        float *c = p.c + row * p.cStride;
        for (Index i = 0; i < p.columns; ++i)
            c[i] = (p.adds ? c[i] : 0.0f) + (p.bias ? p.bias[i] : 0.0f);
    }
}

void multiply(const Product &p)
{
    if (!p.adds || p.bias)
        startSums(p);
    for (Index from = 0; from < p.depth; from += depthAtOnce) {
        const Index depth = least(depthAtOnce, p.depth - from);
        const float *panel = p.panels + from * panelWidth;
        for (Index column = 0; column < p.columns; column += panelWidth, panel += p.panelStride) {
            const Index columns = least(panelWidth, p.columns - column);
            if (columns == panelWidth)
                tiles(p.a + from, p.aStride, panel, depth, p.rows, p.c + column, p.cStride);
            else
                narrowTiles(p.a + from, p.aStride, panel, depth, p.rows, p.c + column, p.cStride,
                            columns);
        }
    }
    if (p.finish == Finish::Gelu)
        for (Index row = 0; row < p.rows; ++row)
            gelu(p.c + row * p.cStride, p.columns);
}

/// Adds what a query has for the keys' rows and columns to its scores of the grid's rows from
/// `firstRow` on.
void addParts(const Attention &t, Index query, Index firstRow, Index keys, float *scores)
{
    const float *rowParts = t.rowParts[query] + firstRow;
    const float *columnParts = t.columnParts[query];
    for (Index begin = 0; begin < keys; begin += t.side, ++rowParts) {
        Index i = 0;
        for (; i + lanes <= t.side; i += lanes)
            store(scores + begin + i,
                  load(scores + begin + i) + (load(columnParts + i) + *rowParts));
        for (; i < t.side; ++i)
            scores[begin + i] += columnParts[i] + *rowParts;
    }
}

/// Weights of a chunk of keys are relative to the greatest score so far; what was summed before is
/// brought to it.
void attend(const Attention &t)
{
    const Index atOnce = core::cpu::keysAtOnce(t.keyCount, t.side, panelWidth);
    const Index width = wholePanels(atOnce);
    float *scores = t.scratch;
    float *most = scores + t.queryCount * width;
    float *sums = most + t.queryCount;
    for (Index first = 0; first < t.keyCount; first += atOnce) {
        const Index keys = least(atOnce, t.keyCount - first);
        multiply({.a = t.queries,
                  .aStride = t.queryStride,
                  .panels = t.keyPanels + first * t.channels,
                  .panelStride = panelWidth * t.channels,
                  .rows = t.queryCount,
                  .depth = t.channels,
                  .columns = wholePanels(keys), // packed keys are filled up with zeros
                  .c = scores,
                  .cStride = width});
        for (Index query = 0; query < t.queryCount; ++query) {
            float *row = scores + query * width;
            if (t.rowParts)
                addParts(t, query, first / t.side, keys, row);
            const float chunkMost = greatest(row, keys);
            if (first == 0) {
                most[query] = chunkMost;
                sums[query] = exponentials(row, keys, chunkMost);
                continue;
            }
            float factor = 1;
            if (chunkMost > most[query]) {
                factor = exponential(all(most[query] - chunkMost))[0];
                most[query] = chunkMost;
                float *out = t.out + query * t.outStride;
                for (Index i = 0; i < t.channels; ++i)
                    out[i] *= factor;
            }
            sums[query] = sums[query] * factor + exponentials(row, keys, most[query]);
        }
        multiply({.a = scores,
                  .aStride = width,
                  .panels = t.valuePanels + first * panelWidth,
                  .panelStride = panelWidth * t.keyCount,
                  .rows = t.queryCount,
                  .depth = keys,
                  .columns = t.channels,
                  .adds = first > 0,
                  .c = t.out,
                  .cStride = t.outStride});
    }
    for (Index query = 0; query < t.queryCount; ++query) {
        const float share = 1.0f / sums[query];
        float *out = t.out + query * t.outStride;
        for (Index i = 0; i < t.channels; ++i)
            out[i] *= share;
    }
}

} // namespace
