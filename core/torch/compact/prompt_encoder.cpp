// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/prompt_encoder.h"

#include "core/torch/compact/prompt_maps.h"

#include <numbers>

namespace core::compact
{
namespace
{

/// Share of each stride-4 cell that belongs to what was asked before: the previous mask, or else
/// the box.
torch::Tensor knownRegion(const PromptBatch &prompts, const torch::Tensor &maps)
{
    const torch::NoGradGuard noGrad;
    auto region = maps.slice(1, 3, 4);
    if (!prompts.previous.defined())
        return region;
    const auto mask = torch::sigmoid(at::avg_pool2d(prompts.previous, 2));
    return torch::where(prompts.hasPrevious.view({-1, 1, 1, 1}) > 0, mask, region);
}

} // namespace

PromptEncoderImpl::PromptEncoderImpl(const CompactConfig &c)
{
    m_frequencies = register_buffer("frequencies", torch::randn({2, c.embedding / 2}));
    m_kindEmbedding =
        register_parameter("kind_embedding", torch::randn({tokenKinds, c.embedding}) * 0.2);
    m_noMask = register_parameter("no_mask", torch::zeros({c.embedding}));
    m_fromEmbedding =
        register_module("from_embedding", torch::nn::Linear(c.embedding, c.embedding));
    m_fromStride8 = register_module("from_stride8", torch::nn::Linear(c.stride8, c.embedding));
    m_fromStride4 = register_module("from_stride4", torch::nn::Linear(c.stride4, c.embedding));
    m_shrink4 = register_module(
        "shrink4", Conv(denseMaps + similarityMaps, 24, ConvOptions{.kernel = 3, .stride = 2}));
    m_shrink8 = register_module("shrink8", Conv(24, 32, ConvOptions{.kernel = 3, .stride = 2}));
    m_dense = register_module("dense", Conv(32, c.embedding));
}

torch::Tensor PromptEncoderImpl::positionalEncoding(const torch::Tensor &xy) const
{
    const auto angles =
        torch::matmul(xy * (2 / positionUnit) - 1, m_frequencies) * (2 * std::numbers::pi);
    return torch::cat({torch::sin(angles), torch::cos(angles)}, -1);
}

torch::Tensor PromptEncoderImpl::pointFeatures(const ImageFeatures &image,
                                               const PromptBatch &prompts)
{
    const std::int64_t height = image.stride4.size(2) * 4, width = image.stride4.size(3) * 4;
    const auto at = [&](const torch::Tensor &map) {
        return sampleAtPoints(map.to(torch::kFloat), prompts, height, width);
    };
    const auto features = m_fromEmbedding(at(image.embedding)) + m_fromStride8(at(image.stride8)) +
                          m_fromStride4(at(image.stride4));
    const auto isPoint =
        isKind(prompts, TokenKind::Foreground) + isKind(prompts, TokenKind::Background);
    return features * isPoint.unsqueeze(2);
}

EncodedPrompts PromptEncoderImpl::forward(const ImageFeatures &image, const PromptBatch &prompts,
                                          std::array<float, 2> origin)
{
    const std::int64_t h4 = image.stride4.size(2), w4 = image.stride4.size(3);
    const std::int64_t h16 = image.embedding.size(2), w16 = image.embedding.size(3);
    const auto floats = prompts.coordinates.options();

    EncodedPrompts out;
    const auto isPlaced = 1 - isKind(prompts, TokenKind::Padding).unsqueeze(2);
    const auto shifted = torch::stack({prompts.coordinates.select(2, 0) + origin[0],
                                       prompts.coordinates.select(2, 1) + origin[1]},
                                      2);
    out.sparse = positionalEncoding(shifted) * isPlaced +
                 torch::embedding(m_kindEmbedding, prompts.kinds) + pointFeatures(image, prompts);

    const auto xs = (torch::arange(w16, floats) + 0.5) * 16 + origin[0];
    const auto ys = (torch::arange(h16, floats) + 0.5) * 16 + origin[1];
    const auto cells =
        torch::stack({xs.expand({h16, w16}), ys.view({-1, 1}).expand({h16, w16})}, 2);
    out.positions = positionalEncoding(cells).permute({2, 0, 1}).unsqueeze(0);

    out.maps = drawPrompts(prompts, h4, w4);
    const auto region4 = knownRegion(prompts, out.maps);
    const auto region2 = enlargeTwice(region4);
    out.similarity4 = similarityTo(image.similarity4, prompts, region4, h4 * 4, w4 * 4);
    out.similarity2 = similarityTo(image.similarity2, prompts, region2, h4 * 4, w4 * 4);
    const auto region8 = at::avg_pool2d(region4, 2);
    const auto coarse =
        enlargeTwice(similarityTo(image.similarity8, prompts, region8, h4 * 4, w4 * 4));
    out.similarity4 = torch::cat({out.similarity4, coarse}, 1);

    const auto type = image.embedding.scalar_type();
    auto dense =
        torch::cat({out.maps, coarse}, 1).to(type).contiguous(at::MemoryFormat::ChannelsLast);
    dense = m_dense(torch::relu(m_shrink8(torch::relu(m_shrink4(dense)))));
    const auto noMask =
        (1 - prompts.hasPrevious).view({-1, 1, 1, 1}) * m_noMask.view({1, -1, 1, 1});
    out.dense = dense + noMask.to(type);
    return out;
}

} // namespace core::compact
