// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/mask_decoder.h"

#include "core/torch/compact/mask_statistics.h"
#include "core/torch/compact/prompt_maps.h"

namespace core::compact
{
namespace
{

/// One copy of each picture's map for each of its prompts: (B, ...) to (P, ...). Expanded, not
/// indexed: the gradient of an index is slow.
torch::Tensor perPrompt(const torch::Tensor &map, std::int64_t prompts)
{
    const std::int64_t images = map.size(0);
    if (images == prompts)
        return map;
    return map.unsqueeze(1)
        .expand({images, prompts / images, map.size(1), map.size(2), map.size(3)})
        .reshape({prompts, map.size(1), map.size(2), map.size(3)});
}

/// Sum over channels of the map times each mask's own weights. In: (P, C, h, w), (P, M, C). Out:
/// (P, M, h, w).
torch::Tensor weighted(const torch::Tensor &map, const torch::Tensor &weights)
{
    const std::int64_t count = map.size(0), h = map.size(2), w = map.size(3);
    const auto rows = map.permute({0, 2, 3, 1}).reshape({count, h * w, -1}).to(torch::kFloat);
    return torch::bmm(weights, rows.transpose(1, 2)).view({count, -1, h, w});
}

} // namespace

MaskDecoderImpl::MaskDecoderImpl(const CompactConfig &c)
{
    const auto conv = [this](const char *name, int in, int out, int kernel) {
        return register_module(name, Conv(in, out, ConvOptions{.kernel = kernel}));
    };
    m_outputTokens = register_parameter("output_tokens",
                                        torch::randn({1 + compactMaskCount, c.embedding}) * 0.5);
    m_blocks->push_back(TwoWayBlock(c.embedding, c.heads, true));
    m_blocks->push_back(TwoWayBlock(c.embedding, c.heads, false));
    register_module("blocks", m_blocks);
    m_finalAttention = register_module("final_attention", CrossAttention(c.embedding, c.heads));
    m_finalNorm = register_module("final_norm",
                                  torch::nn::LayerNorm(torch::nn::LayerNormOptions({c.embedding})));

    m_down16 = conv("down16", c.embedding, c.stride8, 1);
    m_lateral8 = conv("lateral8", c.stride8, c.stride8, 1);
    m_mix8 = conv("mix8", c.stride8, c.stride8, 3);
    m_down8 = conv("down8", c.stride8, coarseChannels, 1);
    m_lateral4 = conv("lateral4", c.stride4, coarseChannels, 1);
    m_prompts4 = conv("prompts4", denseMaps + 2 * similarityMaps, coarseChannels, 3);
    m_mix4 = conv("mix4", coarseChannels, coarseChannels, 3);
    m_coarse = conv("coarse", coarseChannels, coarseChannels, 1);
    m_down4 = conv("down4", coarseChannels, fineChannels, 1);
    m_lateral2 = conv("lateral2", c.stem, fineChannels, 3);
    m_prompts2 = conv("prompts2", similarityMaps, fineChannels, 3);
    m_mix2 = conv("mix2", fineChannels, fineChannels, 3);

    for (int i = 0; i < compactMaskCount; ++i)
        m_hypernetworks->push_back(
            Mlp(c.embedding, c.embedding, coarseChannels + fineChannels + 1, 3));
    register_module("hypernetworks", m_hypernetworks);
    m_iouHead =
        register_module("iou_head", Mlp(2 * c.embedding + maskStatisticsCount, c.embedding, 1, 3));
}

void MaskDecoderImpl::addHeadMaps(ImageFeatures &image)
{
    image.head8 = m_lateral8(image.stride8);
    image.head4 = m_lateral4(image.stride4);
    image.head2 = m_lateral2(image.stride2);
    image.stride2.reset();
}

DecodedMasks MaskDecoderImpl::forward(const ImageFeatures &image, const EncodedPrompts &prompts)
{
    const std::int64_t count = prompts.sparse.size(0);
    const auto type = image.embedding.scalar_type();
    const auto outputs = m_outputTokens.unsqueeze(0).expand({count, -1, -1});
    const auto tokenPositions = torch::cat({outputs, prompts.sparse}, 1);
    auto tokens = tokenPositions;
    auto cells = (perPrompt(image.embedding, count) + prompts.dense)
                     .contiguous(at::MemoryFormat::ChannelsLast);
    const auto positions = prompts.positions.to(type);
    for (std::size_t i = 0; i < m_blocks->size(); ++i)
        m_blocks[i]->as<TwoWayBlock>()->forward(tokens, cells, tokenPositions, positions);
    tokens = m_finalNorm(tokens + m_finalAttention->tokensToImage(tokens + tokenPositions,
                                                                  cells + positions, cells));

    const auto [coarse, fine] = headMaps(cells, image, prompts);
    std::vector<torch::Tensor> weights;
    for (int i = 0; i < compactMaskCount; ++i)
        weights.push_back(m_hypernetworks[i]->as<Mlp>()->forward(tokens.select(1, 1 + i)));
    const auto all = torch::stack(weights, 1);
    DecodedMasks out;
    out.logits = enlargeTwice(weighted(coarse, all.slice(2, 0, coarseChannels))) +
                 weighted(fine, all.slice(2, coarseChannels, coarseChannels + fineChannels)) +
                 all.slice(2, coarseChannels + fineChannels).unsqueeze(3);
    out.iou = predictedIou(tokens, out.logits.detach());
    return out;
}

HeadMaps MaskDecoderImpl::headMaps(const torch::Tensor &cells, const ImageFeatures &image,
                                   const EncodedPrompts &prompts)
{
    const std::int64_t count = cells.size(0);
    const auto type = cells.scalar_type();
    // Each step adds the encoder's map of that stride, computed once per picture.
    auto u = torch::relu(enlargeTwice(m_down16(cells)) + perPrompt(image.head8, count));
    u = torch::relu(m_mix8(u));
    const auto maps4 = torch::cat({prompts.maps, prompts.similarity4}, 1)
                           .to(type)
                           .contiguous(at::MemoryFormat::ChannelsLast);
    u = torch::relu(enlargeTwice(m_down8(u)) + perPrompt(image.head4, count) + m_prompts4(maps4));
    u = torch::relu(m_mix4(u));
    const auto coarse = m_coarse(u);
    const auto maps2 = prompts.similarity2.to(type).contiguous(at::MemoryFormat::ChannelsLast);
    auto v =
        torch::relu(enlargeTwice(m_down4(u)) + perPrompt(image.head2, count) + m_prompts2(maps2));
    return {coarse, torch::relu(m_mix2(v))};
}

torch::Tensor MaskDecoderImpl::predictedIou(const torch::Tensor &tokens,
                                            const torch::Tensor &logits)
{
    const auto iouToken = tokens.slice(1, 0, 1).expand({-1, compactMaskCount, -1});
    const auto maskTokens = tokens.slice(1, 1, 1 + compactMaskCount);
    return m_iouHead(torch::cat({iouToken, maskTokens, maskStatistics(logits)}, 2)).squeeze(2);
}

} // namespace core::compact
