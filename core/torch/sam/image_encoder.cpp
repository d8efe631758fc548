// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/image_encoder.h"

#include "core/torch/sam/weights.h"
#include "core/torch/sam/window_attention.h"

#include <cmath>

namespace core::sam
{

EncoderBlock::EncoderBlock(const Weights &weights, const SamConfig &config, std::int64_t index,
                           cuda::AttentionKernels kernels, cpu::Factors factors)
    : m_window(config.windowSizes[static_cast<std::size_t>(index)]), m_heads(config.heads)
{
    const std::string block = "image_encoder.blocks." + std::to_string(index) + ".";
    m_norm1 = LayerNorm(weights, block + "norm1", encoderNormEpsilon);
    m_norm2 = LayerNorm(weights, block + "norm2", encoderNormEpsilon);
    m_qkv = Linear(weights, block + "attn.qkv");
    m_projection = Linear(weights, block + "attn.proj");
    m_mlpIn = Linear(weights, block + "mlp.lin1");
    m_mlpOut = Linear(weights, block + "mlp.lin2");
    const std::int64_t side = m_window == 0 ? config.grid() : m_window;
    const torch::Tensor rows = weights.find(block + "attn.rel_pos_h");
    const torch::Tensor columns = weights.find(block + "attn.rel_pos_w");
    const cuda::FusedAttention::Sizes sizes{config.grid(), side, config.heads,
                                            config.embedDim / config.heads};
    if (rows.defined() && columns.defined() &&
        cuda::FusedAttention::canServe(sizes, rows.device(), rows.scalar_type())) {
        m_fused = cuda::FusedAttention(sizes, rows, columns, m_qkv.bias, kernels);
    } else if (CpuAttention::canServe(m_qkv.weight, factors)) {
        m_cpuAttention = CpuAttention({config.grid(), side, m_heads, config.embedDim / m_heads},
                                      rows, columns, m_qkv.bias, factors);
        for (Linear *linear : {&m_qkv, &m_projection, &m_mlpIn, &m_mlpOut})
            linear->pack(factors);
    } else {
        m_rows = relativePositions(rows, side);
        m_columns = relativePositions(columns, side);
    }
}

torch::Tensor EncoderBlock::forward(const torch::Tensor &x) const
{
    return finish({x, m_norm1(x)});
}

SumAndNorm EncoderBlock::forward(const SumAndNorm &x, const LayerNorm &next) const
{
    const SumAndNorm middle = addAndNorm(x.sum, attention(x.normed), m_norm2);
    return addAndNorm(middle.sum, mlp(middle.normed), next);
}

torch::Tensor EncoderBlock::finish(const SumAndNorm &x) const
{
    const SumAndNorm middle = addAndNorm(x.sum, attention(x.normed), m_norm2);
    return middle.sum + mlp(middle.normed);
}

torch::Tensor EncoderBlock::attention(const torch::Tensor &normed) const
{
    if (m_fused.isReady())
        return m_projection(m_fused(m_qkv(normed).flatten(0, 2))).view_as(normed);
    if (m_cpuAttention.isReady())
        return m_projection(m_cpuAttention(m_qkv(normed).flatten(0, 2))).view_as(normed);
    if (m_window == 0)
        return attend(normed);
    return joinWindows(attend(partitionWindows(normed, m_window)), m_window, normed.size(1),
                       normed.size(2));
}

torch::Tensor EncoderBlock::mlp(const torch::Tensor &normed) const
{
    return geluMlp(normed, m_mlpIn, m_mlpOut);
}

/// [G, side, side, C] -> the same shape; each of the G grids attends to itself.
torch::Tensor EncoderBlock::attend(const torch::Tensor &grids) const
{
    const std::int64_t count = grids.size(0);
    const std::int64_t side = grids.size(1);
    const std::int64_t tokens = side * grids.size(2);
    const std::int64_t headDim = grids.size(3) / m_heads;
    const torch::Tensor qkv = m_qkv(grids)
                                  .view({count, tokens, 3, m_heads, headDim})
                                  .permute({2, 0, 3, 1, 4})
                                  .reshape({3, count * m_heads, tokens, headDim});
    const double scale = 1.0 / std::sqrt(static_cast<double>(headDim));
    const torch::Tensor attended =
        m_window == 0 ? attendInBlocks(qkv[0], qkv[1], qkv[2], m_rows, m_columns, scale)
                      : attendWithin(qkv[0], qkv[1], qkv[2], m_rows, m_columns, scale);
    return m_projection(attended.view({count, m_heads, tokens, headDim})
                            .transpose(1, 2)
                            .reshape({count, side, grids.size(2), grids.size(3)}));
}

ImageEncoder::ImageEncoder(const Weights &weights, const SamConfig &config,
                           cuda::AttentionKernels kernels, cpu::Factors factors)
    : m_patchWeight(weights.get("image_encoder.patch_embed.proj.weight")),
      m_patchBias(weights.get("image_encoder.patch_embed.proj.bias")),
      m_positions(weights.find("image_encoder.pos_embed")), m_neck(weights, "image_encoder.neck.")
{
    for (std::int64_t index = 0; index < config.depth(); ++index)
        m_blocks.emplace_back(weights, config, index, kernels, factors);
}

torch::Tensor ImageEncoder::embedPatches(const torch::Tensor &input) const
{
    return applyToPatches(input, m_patchWeight, m_patchBias);
}

torch::Tensor ImageEncoder::addPositions(const torch::Tensor &patches) const
{
    return m_positions.defined() ? patches + m_positions : patches;
}

torch::Tensor ImageEncoder::forward(const torch::Tensor &input, const StageDone &stageDone) const
{
    const double stages = static_cast<double>(m_blocks.size()) + 2;
    torch::Tensor tokens = addPositions(embedPatches(input));
    double done = 1;
    stageDone(done / stages);
    SumAndNorm x{tokens, m_blocks.front().firstNorm()(tokens)};
    for (std::size_t i = 0; i + 1 < m_blocks.size(); ++i) {
        x = m_blocks[i].forward(x, m_blocks[i + 1].firstNorm());
        stageDone(++done / stages);
    }
    tokens = m_blocks.back().finish(x);
    stageDone(++done / stages);
    torch::Tensor embedding = m_neck(tokens);
    stageDone(1);
    return embedding;
}

} // namespace core::sam
