// SPDX-License-Identifier: Apache-2.0
#pragma once

// Matrix products; a part of kernel_body.h, whose comment holds here.
#include "core/cpu/kernel_floats.h"

namespace
{

using core::cpu::Product;

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

} // namespace
