// SPDX-License-Identifier: Apache-2.0
// The kernels, compiled once for each instruction set by the source that includes this, which says
// how many floats a register has (`lanes`) and how many rows of a product's tile fit the registers
// (`tileRows`).
//
// Nothing of the standard library is called and all is in a namespace without a name: an inline
// function compiled for AVX-512 could be the one that the linker keeps for everybody.
#include "core/cpu/kernel_product.h"

namespace
{

using core::cpu::AttentionOf;
using core::cpu::Gathering;

/// Adds what a query has for the keys' rows and columns to its scores of the grid's rows from
/// `firstRow` on.
template <typename Element>
void addParts(const AttentionOf<Element> &t, Index query, Index firstRow, Index keys, float *scores)
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

/// Scores begin as what the query has for the places of the grid's rows from `firstRow` on. Whole
/// registers are copied: what one row writes too much the next one overwrites, and so the last row
/// is copied by single floats.
template <typename Element>
void startWithParts(const AttentionOf<Element> &t, Index query, Index firstRow, Index keys,
                    float *scores)
{
    const float *parts = t.placeParts[query] + firstRow * t.placeStride;
    Index begin = 0;
    for (; begin + t.side < keys; begin += t.side, parts += t.placeStride)
        for (Index i = 0; i < t.side; i += lanes)
            store(scores + begin + i, load(parts + i));
    for (Index i = 0; i < t.side; ++i)
        scores[begin + i] = parts[i];
}

/// Weights of a chunk of keys are relative to the greatest score so far; what was summed before is
/// brought to it.
template <typename Element>
void attend(const AttentionOf<Element> &t)
{
    const Index depth = elementsOf<Element>(t.channels);
    const Index atOnce = core::cpu::keysAtOnce(t.keyCount, t.side, panelWidth);
    const Index width = wholePanels(atOnce);
    float *scores = t.scratch;
    float *most = scores + t.queryCount * width;
    float *sums = most + t.queryCount;
    for (Index first = 0; first < t.keyCount; first += atOnce) {
        const Index keys = least(atOnce, t.keyCount - first);
        if (t.placeParts)
            for (Index query = 0; query < t.queryCount; ++query)
                startWithParts(t, query, first / t.side, keys, scores + query * width);
        multiply<Element>({.a = t.queries,
                           .aStride = t.queryStride,
                           .panels = t.keyPanels + first * depth,
                           .panelStride = panelWidth * depth,
                           .rows = t.queryCount,
                           .depth = depth,
                           .columns = wholePanels(keys), // packed keys are filled up with zeros
                           .adds = t.placeParts != nullptr,
                           .c = scores,
                           .cStride = width});
        for (Index query = 0; query < t.queryCount; ++query) {
            float *row = scores + query * width;
            if (t.rowParts)
                addParts(t, query, first / t.side, keys, row);
            const float chunkMost = greatest(row, keys);
            float factor = 1;
            if (first == 0) {
                most[query] = chunkMost;
                sums[query] = 0;
            } else if (chunkMost > most[query]) {
                factor = exponential(all(most[query] - chunkMost))[0];
                most[query] = chunkMost;
                float *out = t.out + query * t.outStride;
                for (Index i = 0; i < t.channels; ++i)
                    out[i] *= factor;
            }
            sums[query] = sums[query] * factor + exponentials(row, keys, most[query]);
            toElements<Element>(row, keys);
        }
        // Chunks begin with whole panels, so no pair lies across two of them.
        multiply<Element>({.a = reinterpret_cast<const Element *>(scores),
                           .aStride = width,
                           .panels = t.valuePanels + elementsOf<Element>(first) * panelWidth,
                           .panelStride = panelWidth * elementsOf<Element>(t.keyCount),
                           .rows = t.queryCount,
                           .depth = elementsOf<Element>(keys),
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
    multiply<float>({.a = g.scores,
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

void softmaxOfColumns(float *x, Index columns, Index groups, Index size)
{
    for (Index group = 0; group < groups; ++group, x += size * columns) {
        for (Index column = 0; column < columns; column += lanes) {
            float *scores = x + column;
            Floats most = load(scores);
            for (Index i = 1; i < size; ++i)
                most = greater(most, load(scores + i * columns));
            Floats sum = {};
            for (Index i = 0; i < size; ++i) {
                const Floats share = exponential(load(scores + i * columns) - most);
                store(scores + i * columns, share);
                sum += share;
            }
            const Floats factor = 1.0f / sum;
            for (Index i = 0; i < size; ++i)
                store(scores + i * columns, load(scores + i * columns) * factor);
        }
    }
}

void add(const float *a, const float *b, Index count, float *sum)
{
    for (Index i = 0; i < count; ++i)
        sum[i] = a[i] + b[i];
}

} // namespace
