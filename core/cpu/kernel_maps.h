// SPDX-License-Identifier: Apache-2.0
#pragma once

// What convolutional nets make of maps beside products; a part of kernel_body.h, whose comment
// holds here.
#include "core/cpu/kernel_floats.h"

namespace
{

using core::cpu::Enlarging;
using core::cpu::WinogradInput;
using core::cpu::WinogradOutput;
using core::cpu::WinogradTiles;

/// Written once for registers of channels and for the last channels one by one.
template <typename Value>
inline Value valueAt(const float *from)
{
    if constexpr (sizeof(Value) == sizeof(float))
        return *from;
    else
        return load(from);
}

inline void put(float *to, float value)
{
    *to = value;
}

inline void put(float *to, Floats value)
{
    store(to, value);
}

inline float rectified(float x)
{
    return x > 0 ? x : 0;
}

inline Floats rectified(Floats x)
{
    return greater(x, Floats{});
}

/// B' d B of one tile with B' = [1 0 -1 0; 0 1 1 0; 0 -1 1 0; 0 1 0 -1]. `pixel` gives what lies at
/// row y and column x.
template <typename Value, typename Pixel>
inline void winogradFactors(const Pixel &pixel, Index channel, float *to, Index step)
{
    Value d[4][4];
#pragma GCC unroll 4
    for (int x = 0; x < 4; ++x) {
        Value column[4];
#pragma GCC unroll 4
        for (int y = 0; y < 4; ++y) {
            const float *from = pixel(y, x);
            column[y] = from ? valueAt<Value>(from + channel) : Value{};
        }
        d[0][x] = column[0] - column[2];
        d[1][x] = column[1] + column[2];
        d[2][x] = column[2] - column[1];
        d[3][x] = column[1] - column[3];
    }
    to += channel;
#pragma GCC unroll 4
    for (int y = 0; y < 4; ++y, to += 4 * step) {
        put(to, d[y][0] - d[y][2]);
        put(to + step, d[y][1] + d[y][2]);
        put(to + 2 * step, d[y][2] - d[y][1]);
        put(to + 3 * step, d[y][1] - d[y][3]);
    }
}

template <typename Pixel>
inline void winogradTile(const WinogradInput &w, const Pixel &pixel, float *to)
{
    Index channel = 0;
    for (; channel + lanes <= w.channels; channel += lanes)
        winogradFactors<Floats>(pixel, channel, to, w.step);
    for (; channel < w.channels; ++channel)
        winogradFactors<float>(pixel, channel, to, w.step);
}

void winogradInput(const WinogradInput &w)
{
    const WinogradTiles &tiles = w.tiles;
    const Index apart = tiles.dilation * w.channels;
    const bool areRowsThere = w.rows[0] && w.rows[1] && w.rows[2] && w.rows[3];
    float *to = w.factors;
    for (Index tile = 0; tile < tiles.count; ++tile, to += w.channels) {
        const Index first = tiles.columns[tile] - tiles.dilation;
        const Index last = first + 3 * tiles.dilation;
        const Index offset = first * w.channels;
        if (areRowsThere && first >= 0 && last < tiles.width)
            winogradTile(
                w, [&](int y, int x) { return w.rows[y] + (offset + x * apart); }, to);
        else
            winogradTile(
                w,
                [&](int y, int x) -> const float * {
                    const Index column = first + x * tiles.dilation;
                    const bool isThere = w.rows[y] && column >= 0 && column < tiles.width;
                    return isThere ? w.rows[y] + (offset + x * apart) : nullptr;
                },
                to);
    }
}

/// A' m A of one tile with A' = [1 1 1 0; 0 1 -1 -1]. `offsets` of its pixels in both rows; below
/// zero: beyond the picture.
template <typename Value>
inline void winogradPixels(const WinogradOutput &w, const float *from, const Index (&offsets)[2],
                           Index channel)
{
    Value m[2][4];
#pragma GCC unroll 4
    for (int x = 0; x < 4; ++x) {
        const float *sums = from + x * w.step + channel;
        const Value upper = valueAt<Value>(sums + 4 * w.step);
        const Value lower = valueAt<Value>(sums + 8 * w.step);
        m[0][x] = valueAt<Value>(sums) + upper + lower;
        m[1][x] = upper - lower - valueAt<Value>(sums + 12 * w.step);
    }
    const Value bias = valueAt<Value>(w.bias + channel);
#pragma GCC unroll 2
    for (int y = 0; y < 2; ++y) {
        if (!w.rows[y])
            continue;
        Value pixels[2] = {m[y][0] + m[y][1] + m[y][2] + bias, m[y][1] - m[y][2] - m[y][3] + bias};
#pragma GCC unroll 2
        for (int x = 0; x < 2; ++x) {
            if (offsets[x] < 0)
                continue;
            const Index place = offsets[x] + channel;
            if (w.added[y])
                pixels[x] += valueAt<Value>(w.added[y] + place);
            put(w.rows[y] + place, w.isRectified ? rectified(pixels[x]) : pixels[x]);
        }
    }
}

void winogradOutput(const WinogradOutput &w)
{
    const WinogradTiles &tiles = w.tiles;
    const float *from = w.sums;
    for (Index tile = 0; tile < tiles.count; ++tile, from += w.channels) {
        const Index first = tiles.columns[tile];
        const Index second = first + tiles.dilation;
        const Index offsets[2] = {first * w.pixelStep,
                                  second < tiles.width ? second * w.pixelStep : -1};
        Index channel = 0;
        for (; channel + lanes <= w.channels; channel += lanes)
            winogradPixels<Floats>(w, from, offsets, channel);
        for (; channel < w.channels; ++channel)
            winogradPixels<float>(w, from, offsets, channel);
    }
}

template <typename Value>
inline void addEnlargedChannels(const Enlarging &e, Index channel)
{
    const auto between = [&](Index x) {
        const Index place = x * e.channels + channel;
        return valueAt<Value>(e.near + place) * 0.75f + valueAt<Value>(e.far + place) * 0.25f;
    };
    const auto add = [&](Index x, Value value) {
        float *sum = e.sums + x * e.channels + channel;
        value += valueAt<Value>(sum);
        put(sum, e.isRectified ? rectified(value) : value);
    };
    Value here = between(0);
    Value before = here;
    for (Index x = 0; x < e.width; ++x) {
        const Value next = x + 1 < e.width ? between(x + 1) : here;
        add(2 * x, here * 0.75f + before * 0.25f);
        add(2 * x + 1, here * 0.75f + next * 0.25f);
        before = here;
        here = next;
    }
}

void addEnlarged(const Enlarging &e)
{
    Index channel = 0;
    for (; channel + lanes <= e.channels; channel += lanes)
        addEnlargedChannels<Floats>(e, channel);
    for (; channel < e.channels; ++channel)
        addEnlargedChannels<float>(e, channel);
}

void unitRows(float *x, Index rows, Index channels)
{
    for (Index row = 0; row < rows; ++row, x += channels) {
        Floats squares = {};
        Index i = 0;
        for (; i + lanes <= channels; i += lanes)
            squares += load(x + i) * load(x + i);
        float sum = sumOf(squares);
        for (; i < channels; ++i)
            sum += x[i] * x[i];
        const float factor = 1.0f / __builtin_sqrtf(sum + 1e-4f);
        for (i = 0; i + lanes <= channels; i += lanes)
            store(x + i, load(x + i) * factor);
        for (; i < channels; ++i)
            x[i] *= factor;
    }
}

} // namespace
