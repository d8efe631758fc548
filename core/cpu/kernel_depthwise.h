// SPDX-License-Identifier: Apache-2.0
#pragma once

// Convolutions whose channels do not mix; a part of kernel_body.h, whose comment holds here.
#include "core/cpu/kernel_floats.h"

namespace
{

using core::cpu::Depthwise;

/// `count` outputs from number `first` on, of which the weights' columns from `begin` to `end` lie
/// in the picture. Several at a time, so that weights are read once for all of them.
template <int count>
inline void depthwiseOutputs(const Depthwise &d, Index first, Index begin, Index end)
{
    const Index column = d.firstColumn + first * d.stride;
    float *out = d.out + first * d.channels;
    Index channel = 0;
    for (; channel + lanes <= d.channels; channel += lanes) {
        Floats sums[count];
        for (int i = 0; i < count; ++i)
            sums[i] = load(d.bias + channel);
        for (Index row = 0; row < 3; ++row) {
            if (!d.rows[row])
                continue;
            for (Index k = begin; k < end; ++k) {
                const Floats weight = load(d.weights + (row * 3 + k) * d.channels + channel);
                const float *from = d.rows[row] + (column + k) * d.channels + channel;
                for (int i = 0; i < count; ++i)
                    sums[i] += weight * load(from + i * d.stride * d.channels);
            }
        }
        for (int i = 0; i < count; ++i)
            store(out + i * d.channels + channel,
                  d.finish == Finish::Gelu ? geluOf(sums[i]) : sums[i]);
    }
    if (channel == d.channels)
        return;
    const Index rest = d.channels - channel;
    for (int i = 0; i < count; ++i, out += d.channels) {
        for (Index c = channel; c < d.channels; ++c) {
            float sum = d.bias[c];
            for (Index row = 0; row < 3; ++row)
                for (Index k = begin; d.rows[row] && k < end; ++k)
                    sum += d.weights[(row * 3 + k) * d.channels + c] *
                           d.rows[row][(column + i * d.stride + k) * d.channels + c];
            out[c] = sum;
        }
        if (d.finish == Finish::Gelu)
            gelu(out + channel, rest);
    }
}

void depthwise(const Depthwise &d)
{
    constexpr int atOnce = 4;
    const auto column = [&](Index output) { return d.firstColumn + output * d.stride; };
    for (Index output = 0; output < d.count;) {
        if (output + atOnce <= d.count && column(output) >= 0 &&
            column(output + atOnce - 1) + 3 <= d.width) {
            depthwiseOutputs<atOnce>(d, output, 0, 3);
            output += atOnce;
            continue;
        }
        const Index begin = column(output) < 0 ? -column(output) : 0;
        const Index end = least(3, d.width - column(output));
        depthwiseOutputs<1>(d, output, begin, end);
        ++output;
    }
}

} // namespace
