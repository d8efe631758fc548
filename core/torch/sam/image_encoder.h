// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/cuda/fused_attention.h"
#include "core/torch/sam/cpu_attention.h"
#include "core/torch/sam/encoder.h"
#include "core/torch/sam/layers.h"
#include "core/torch/sam/neck.h"
#include "core/torch/sam/sam_config.h"

#include <vector>

namespace core::sam
{

class Weights;

/// One transformer block of the ViT: attention over windows or over the whole grid, then an MLP.
class EncoderBlock
{
public:
    EncoderBlock(const Weights &weights, const SamConfig &config, std::int64_t index,
                 cuda::AttentionKernels kernels, cpu::Factors factors);

    /// [1, H, W, C] -> the same shape.
    torch::Tensor forward(const torch::Tensor &x) const;

    // The same from the first norm's result on, so that a sum and the norm that follows are one
    // step from block to block.
    const LayerNorm &firstNorm() const { return m_norm1; }
    SumAndNorm forward(const SumAndNorm &x, const LayerNorm &next) const;
    torch::Tensor finish(const SumAndNorm &x) const;

private:
    torch::Tensor attention(const torch::Tensor &normed) const;
    torch::Tensor attend(const torch::Tensor &grids) const;
    torch::Tensor mlp(const torch::Tensor &normed) const;

    std::int64_t m_window; ///< 0: global
    std::int64_t m_heads;
    LayerNorm m_norm1;
    LayerNorm m_norm2;
    Linear m_qkv;
    Linear m_projection;
    Linear m_mlpIn;
    Linear m_mlpOut;
    torch::Tensor m_rows; ///< [side, side, d], see relativePositions
    torch::Tensor m_columns;
    // Each takes the place of attend() where it is ready.
    cuda::FusedAttention m_fused;
    CpuAttention m_cpuAttention;
};

/// SAM's ViT. Runs in the precision of its weights; on the CPU the factors of its blocks' products
/// may be rounded.
class ImageEncoder : public Encoder
{
public:
    ImageEncoder(const Weights &weights, const SamConfig &config,
                 cuda::AttentionKernels kernels = cuda::AttentionKernels::Best,
                 cpu::Factors factors = cpu::Factors::Float32);

    torch::Tensor forward(const torch::Tensor &input, const StageDone &stageDone) const override;

    // The stages forward() consists of.
    torch::Tensor
    embedPatches(const torch::Tensor &input) const; ///< -> [1, g, g, E], no positions yet
    torch::Tensor addPositions(const torch::Tensor &patches) const;
    const std::vector<EncoderBlock> &blocks() const { return m_blocks; }
    torch::Tensor neck(const torch::Tensor &tokens) const { return m_neck(tokens); }

private:
    torch::Tensor m_patchWeight; ///< [E, 3, p, p]
    torch::Tensor m_patchBias;
    torch::Tensor m_positions; ///< [1, g, g, E] or undefined
    std::vector<EncoderBlock> m_blocks;
    Neck m_neck;
};

} // namespace core::sam
