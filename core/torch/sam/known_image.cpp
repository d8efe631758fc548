// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/known_image.h"

#include "core/cpu/kernels.h"

namespace core::sam
{

namespace
{

constexpr std::int64_t widestRegister = 16;

std::int64_t roundedUp(std::int64_t number, std::int64_t step)
{
    return (number + step - 1) / step * step;
}

/// [N, channels] -> [blocks, channels, blockTokens]
torch::Tensor inBlocks(const torch::Tensor &map)
{
    const std::int64_t whole = roundedUp(map.size(0), KnownImage::blockTokens);
    return at::constant_pad_nd(map, {0, 0, 0, whole - map.size(0)})
        .view({whole / KnownImage::blockTokens, KnownImage::blockTokens, map.size(1)})
        .transpose(1, 2)
        .contiguous();
}

} // namespace

KnownImage::KnownImage(std::int64_t heads, const torch::Tensor &keys, const torch::Tensor &values,
                       const torch::Tensor &queries, const torch::Tensor &projected)
    : m_heads(heads), m_headChannels(keys.size(1) / heads), m_keys(inBlocks(keys)),
      m_queries(inBlocks(queries)),
      m_values(at::constant_pad_nd(values.view({values.size(0), heads, m_headChannels}),
                                   {0, roundedUp(m_headChannels, widestRegister) - m_headChannels})
                   .contiguous()),
      m_projected(projected)
{
}

void KnownImage::scores(const torch::Tensor &maps, std::int64_t block, const float *rows,
                        std::int64_t count, float *scores, std::int64_t stride) const
{
    const std::int64_t headSize = m_headChannels * blockTokens;
    const float *map = maps.data_ptr<float>() + block * m_heads * headSize;
    for (std::int64_t head = 0; head < m_heads; ++head)
        cpu::kernels()->multiply({.a = rows + head * count * m_headChannels,
                                  .aStride = m_headChannels,
                                  .panels = map + head * headSize,
                                  .panelStride = cpu::kernels()->panel,
                                  .panelStep = blockTokens,
                                  .rows = count,
                                  .depth = m_headChannels,
                                  .columns = blockTokens,
                                  .c = scores + head * count * stride,
                                  .cStride = stride});
}

void KnownImage::sumValues(std::int64_t first, std::int64_t tokens, const float *weights,
                           std::int64_t stride, std::int64_t count, float *sums) const
{
    const std::int64_t channels = valueChannels();
    const float *values = m_values.data_ptr<float>() + first * m_heads * channels;
    for (std::int64_t head = 0; head < m_heads; ++head)
        cpu::kernels()->multiply({.a = weights + head * count * stride,
                                  .aStride = stride,
                                  .panels = values + head * channels,
                                  .panelStride = cpu::kernels()->panel,
                                  .panelStep = m_heads * channels,
                                  .rows = count,
                                  .depth = tokens,
                                  .columns = channels,
                                  .c = sums + head * count * channels,
                                  .cStride = channels});
}

} // namespace core::sam
