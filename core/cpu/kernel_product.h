// SPDX-License-Identifier: Apache-2.0
#pragma once

// Matrix products; a part of kernel_body.h, whose comment holds here.
#include "core/cpu/kernel_floats.h"

namespace
{

using core::cpu::Finish;
using core::cpu::ProductOf;

template <typename Element>
inline Index elementsOf(Index numbers)
{
    return (numbers + core::cpu::numbersIn<Element> - 1) / core::cpu::numbersIn<Element>;
}

inline Floats spread(const float *element)
{
    return all(*element);
}

inline Floats addProduct(Floats sum, Floats a, Floats b)
{
    return sum + a * b;
}

/// One panel of a product: what tile() and its callers share.
template <typename Element>
struct PanelProduct {
    const Element *a;
    Index aStride, aStep;
    const Element *panel;
    Index panelStep, depth;
    float *c;
    Index cStride;

    PanelProduct<Element> fromRow(Index row) const
    {
        PanelProduct<Element> rest = *this;
        rest.a += row * aStride;
        rest.c += row * cStride;
        return rest;
    }
};

/// `rows` x panelWidth of a product, all of them in registers. C holds what is added to.
template <int rows, typename Element>
inline void tile(const PanelProduct<Element> &p)
{
    Floats sums[rows][2];
#pragma GCC unroll 16
    for (int row = 0; row < rows; ++row) {
        sums[row][0] = load(p.c + row * p.cStride);
        sums[row][1] = load(p.c + row * p.cStride + lanes);
    }
    const Element *panel = p.panel;
    const Element *a = p.a;
    for (Index k = 0; k < p.depth; ++k, panel += p.panelStep, a += p.aStep) {
        const auto left = load(panel);
        const auto right = load(panel + lanes);
#pragma GCC unroll 16
        for (int row = 0; row < rows; ++row) {
            const auto factor = spread(a + row * p.aStride);
            sums[row][0] = addProduct(sums[row][0], factor, left);
            sums[row][1] = addProduct(sums[row][1], factor, right);
        }
    }
#pragma GCC unroll 16
    for (int row = 0; row < rows; ++row) {
        store(p.c + row * p.cStride, sums[row][0]);
        store(p.c + row * p.cStride + lanes, sums[row][1]);
    }
}

template <typename Element>
void tiles(const PanelProduct<Element> &p, Index rows)
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
template <typename Element>
void narrowTiles(const PanelProduct<Element> &p, Index rows, Index columns)
{
    float whole[tileRows * panelWidth];
    for (Index row = 0; row < rows; row += tileRows) {
        const Index height = least(tileRows, rows - row);
        PanelProduct<Element> part = p.fromRow(row);
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

template <typename Element>
void startSums(const ProductOf<Element> &p)
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

template <typename Element>
void multiply(const ProductOf<Element> &p)
{
    if (!p.adds || p.bias)
        startSums(p);
    const Index panelStep = p.panelStep == 0 ? panelWidth : p.panelStep;
    for (Index from = 0; from < p.depth; from += depthAtOnce) {
        PanelProduct<Element> part{.a = p.a + from * p.aStep,
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
