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
using core::cpu::Gathering;
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

/// One panel of a product: what tile() and its callers share.
struct PanelProduct {
    const float *a;
    Index aStride, aStep;
    const float *panel;
    Index panelStep, depth;
    float *c;
    Index cStride;

    PanelProduct fromRow(Index row) const
    {
        PanelProduct rest = *this;
        rest.a += row * aStride;
        rest.c += row * cStride;
        return rest;
    }
};

/// `rows` x panelWidth of a product, all of them in registers. C holds what is added to.
template <int rows>
inline void tile(const PanelProduct &p)
{
    Floats sums[rows][2];
#pragma GCC unroll 16
    for (int row = 0; row < rows; ++row) {
        sums[row][0] = load(p.c + row * p.cStride);
        sums[row][1] = load(p.c + row * p.cStride + lanes);
    }
    const float *panel = p.panel;
    const float *a = p.a;
    for (Index k = 0; k < p.depth; ++k, panel += p.panelStep, a += p.aStep) {
        const Floats left = load(panel);
        const Floats right = load(panel + lanes);
#pragma GCC unroll 16
        for (int row = 0; row < rows; ++row) {
            const Floats factor = all(a[row * p.aStride]);
            sums[row][0] += factor * left;
            sums[row][1] += factor * right;
        }
    }
#pragma GCC unroll 16
    for (int row = 0; row < rows; ++row) {
        store(p.c + row * p.cStride, sums[row][0]);
        store(p.c + row * p.cStride + lanes, sums[row][1]);
    }
}

void tiles(const PanelProduct &p, Index rows)
{
    Index row = 0;
    for (; row + tileRows <= rows; row += tileRows)
        tile<tileRows>(p.fromRow(row));
    if (tileRows > 4 && row + 4 <= rows) {
        tile<4>(p.fromRow(row));
        row += 4;
    }
    if (row + 2 <= rows) {
        tile<2>(p.fromRow(row));
        row += 2;
    }
    if (row < rows)
        tile<1>(p.fromRow(row));
}

/// The first columns of a panel, by way of whole tiles.
void narrowTiles(const PanelProduct &p, Index rows, Index columns)
{
    float whole[tileRows * panelWidth];
    for (Index row = 0; row < rows; row += tileRows) {
        const Index height = least(tileRows, rows - row);
        PanelProduct part = p.fromRow(row);
        float *c = part.c;
        for (Index i = 0; i < height; ++i)
            for (Index column = 0; column < panelWidth; ++column)
                whole[i * panelWidth + column] = column < columns ? c[i * p.cStride + column] : 0;
        part.c = whole;
        part.cStride = panelWidth;
        tiles(part, height);
        for (Index i = 0; i < height; ++i)
            for (Index column = 0; column < columns; ++column)
                c[i * p.cStride + column] = whole[i * panelWidth + column];
    }
}

void startSums(const Product &p)
{
    for (Index row = 0; row < p.rows; ++row) {
        float *c = p.c + row * p.cStride;
        if (!p.adds)
            for (Index i = 0; i < p.columns; ++i)
                c[i] = 0;
        if (p.bias)
            for (Index i = 0; i < p.columns; ++i)
                c[i] += p.bias[i];
    }
}

void multiply(const Product &p)
{
    if (!p.adds || p.bias)
        startSums(p);
    const Index panelStep = p.panelStep == 0 ? panelWidth : p.panelStep;
    for (Index from = 0; from < p.depth; from += depthAtOnce) {
        PanelProduct part{.a = p.a + from * p.aStep,
                          .aStride = p.aStride,
                          .aStep = p.aStep,
                          .panel = p.panels + from * panelStep,
                          .panelStep = panelStep,
                          .depth = least(depthAtOnce, p.depth - from),
                          .c = p.c,
                          .cStride = p.cStride};
        for (Index column = 0; column < p.columns; column += panelWidth) {
            if (column + panelWidth <= p.columns)
                tiles(part, p.rows);
            else
                narrowTiles(part, p.rows, p.columns - column);
            part.panel += p.panelStride;
            part.c += panelWidth;
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

void gather(const Gathering &g)
{
    for (Index column = 0; column < g.scoreStride; column += lanes) {
        Floats most = load(g.scores + column);
        for (Index row = 1; row < g.rows; ++row)
            most = greater(most, load(g.scores + row * g.scoreStride + column));
        Floats sum = {};
        Floats factor = all(1);
        if (!g.isFirst) {
            const Floats before = load(g.most + column);
            most = greater(most, before);
            factor = exponential(before - most);
            sum = load(g.sums + column) * factor;
        }
        for (Index row = 0; row < g.rows; ++row) {
            float *score = g.scores + row * g.scoreStride + column;
            const Floats weight = exponential(load(score) - most);
            store(score, weight);
            sum += weight;
        }
        store(g.most + column, most);
        store(g.sums + column, sum);
        for (int lane = 0; lane < lanes && column + lane < g.queries; ++lane) {
            if (g.isFirst || factor[lane] == 1.0f)
                continue;
            float *gathered = g.gathered + (column + lane) * g.channels;
            for (Index i = 0; i < g.channels; ++i)
                gathered[i] *= factor[lane];
        }
    }
    // Values lie as [keys, channels]; where the channels are no whole panels, the rest of the last
    // one is not read: narrower panels are packed by the caller, see ImagePasses.
    multiply({.a = g.scores,
              .aStride = 1,
              .aStep = g.scoreStride,
              .panels = g.values,
              .panelStride = panelWidth,
              .panelStep = g.channels,
              .rows = g.queries,
              .depth = g.rows,
              .columns = g.channels,
              .adds = !g.isFirst,
              .c = g.gathered,
              .cStride = g.channels});
}

void softmaxOfGroups(float *x, Index stride, Index rows, Index groups, Index size)
{
    for (Index row = 0; row < rows; ++row, x += stride) {
        for (Index group = 0; group < groups; ++group) {
            float *scores = x + group * size;
            float most = scores[0];
            for (Index i = 1; i < size; ++i)
                most = most > scores[i] ? most : scores[i];
            for (Index i = 0; i < size; ++i)
                scores[i] -= most;
        }
        exponentials(x, groups * size, 0);
        for (Index group = 0; group < groups; ++group) {
            float *shares = x + group * size;
            float sum = 0;
            for (Index i = 0; i < size; ++i)
                sum += shares[i];
            const float share = 1.0f / sum;
            for (Index i = 0; i < size; ++i)
                shares[i] *= share;
        }
    }
}

void add(const float *a, const float *b, Index count, float *sum)
{
    for (Index i = 0; i < count; ++i)
        sum[i] = a[i] + b[i];
}

} // namespace
