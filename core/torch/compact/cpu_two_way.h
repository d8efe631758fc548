// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/compact/cpu_attention.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace core::compact
{

/// The mask decoder's two-way blocks and the attention behind them by the processor's kernels: the
/// same but for rounding, for one prompt, on the calling thread.
class CpuTwoWay
{
public:
    /// Of a decoder on the CPU. There have to be kernels, and channels in multiples of 32.
    CpuTwoWay(const NamedLayers &decoder, int heads);
    ~CpuTwoWay();

    /// Replaces `tokens`, the output tokens and the prompt's [T, C], and `cells`, which lie at
    /// `positions`, by what becomes of them.
    void apply(std::vector<float> &tokens, const MapView &cells, const MapView &positions) const;

private:
    struct Block;
    struct Norm;

    std::vector<Block> m_blocks;
    CpuTokensToImage m_finalAttention;
    std::unique_ptr<const Norm> m_finalNorm;
};

} // namespace core::compact
