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
    const float *start; ///< what each row's sums begin with
    Index startStride;
    bool isRectified; ///< sums below zero become zero
    float *c;
    Index cStride;

    PanelProduct<Element> fromRow(Index row) const
    {
        PanelProduct<Element> rest = *this;
        rest.a += row * aStride;
        rest.start += row * startStride;
        rest.c += row * cStride;
        return rest;
    }
};

/// `rows` x `width` registers of a product, all of them held at once.
template <int rows, int width, typename Element>
inline void tile(const PanelProduct<Element> &p)
{
    Floats sums[rows][width];
#pragma GCC unroll 16
    for (int row = 0; row < rows; ++row)
#pragma GCC unroll 2
        for (int i = 0; i < width; ++i)
            sums[row][i] = load(p.start + row * p.startStride + i * lanes);
    const Element *panel = p.panel;
    const Element *a = p.a;
    for (Index k = 0; k < p.depth; ++k, panel += p.panelStep, a += p.aStep) {
        const auto left = load(panel);
        const auto right = load(panel + (width - 1) * lanes);
#pragma GCC unroll 16
        for (int row = 0; row < rows; ++row) {
            const auto factor = spread(a + row * p.aStride);
            sums[row][0] = addProduct(sums[row][0], factor, left);
            if constexpr (width == 2)
                sums[row][1] = addProduct(sums[row][1], factor, right);
        }
    }
    if (p.isRectified)
#pragma GCC unroll 16
        for (int row = 0; row < rows; ++row)
#pragma GCC unroll 2
            for (int i = 0; i < width; ++i)
                sums[row][i] = greater(sums[row][i], Floats{});
#pragma GCC unroll 16
    for (int row = 0; row < rows; ++row)
#pragma GCC unroll 2
        for (int i = 0; i < width; ++i)
            store(p.c + row * p.cStride + i * lanes, sums[row][i]);
}

template <int width, typename Element>
void tiles(const PanelProduct<Element> &p, Index rows)
{
    Index row = 0;
    for (; row + tileRows <= rows; row += tileRows)
        tile<tileRows, width>(p.fromRow(row));
    if (tileRows > 4 && row + 4 <= rows) {
        tile<4, width>(p.fromRow(row));
        row += 4;
    }
    if (row + 2 <= rows) {
        tile<2, width>(p.fromRow(row));
        row += 2;
    }
    if (row < rows)
        tile<1, width>(p.fromRow(row));
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
        for (Index i = 0; i < height; ++i) {
            const float *start = part.start + i * p.startStride;
            for (Index column = 0; column < panelWidth; ++column)
                whole[i * panelWidth + column] = column < columns ? start[column] : 0;
        }
        part.start = part.c = whole;
        part.startStride = part.cStride = panelWidth;
        tiles<2>(part, height);
        for (Index i = 0; i < height; ++i)
            for (Index column = 0; column < columns; ++column)
                c[i * p.cStride + column] = whole[i * panelWidth + column];
    }
}

template <typename Element>
void multiplyPanel(const PanelProduct<Element> &p, Index rows, Index columns)
{
    if (columns >= panelWidth)
        tiles<2>(p, rows);
    else if (columns == lanes)
        tiles<1>(p, rows);
    else
        narrowTiles(p, rows, columns);
}

template <typename Element>
void addBias(const ProductOf<Element> &p)
{
    for (Index row = 0; row < p.rows; ++row)
        for (Index i = 0; i < p.columns; ++i)
            p.c[row * p.cStride + i] += p.bias[i];
}

template <typename Element>
void multiply(const ProductOf<Element> &p)
{
    alignas(64) static constexpr float zeros[panelWidth] = {};
    if (p.adds && p.bias)
        addBias(p);
    const Index panelStep = p.panelStep == 0 ? panelWidth : p.panelStep;
    for (Index from = 0; from < p.depth; from += depthAtOnce) {
        const bool isLast = from + depthAtOnce >= p.depth;
        PanelProduct<Element> part{.a = p.a + from * p.aStep,
                                   .aStride = p.aStride,
                                   .aStep = p.aStep,
                                   .panel = p.panels + from * panelStep,
                                   .panelStep = panelStep,
                                   .depth = least(depthAtOnce, p.depth - from),
                                   .start = p.c,
                                   .startStride = p.cStride,
                                   .isRectified = isLast && p.finish == Finish::Relu,
                                   .c = p.c,
                                   .cStride = p.cStride};
        if (from == 0 && p.addend) {
            part.start = p.addend;
            part.startStride = p.addendStride;
        } else if (from == 0 && !p.adds) {
            part.start = p.bias ? p.bias : zeros;
            part.startStride = 0;
        }
        const Index startStep = part.start == zeros ? 0 : panelWidth;
        for (Index column = 0; column < p.columns; column += panelWidth) {
            multiplyPanel(part, p.rows, p.columns - column);
            part.panel += p.panelStride;
            part.start += startStep;
            part.c += panelWidth;
        }
    }
    if (p.finish == Finish::Gelu)
        for (Index row = 0; row < p.rows; ++row)
            gelu(p.c + row * p.cStride, p.columns);
}

} // namespace
