// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/attention.h"

#include <cmath>

namespace core::compact
{
namespace
{

/// A linear layer on every cell of a map, as the 1x1 convolution it is.
torch::Tensor onMap(const torch::nn::Linear &linear, const torch::Tensor &map)
{
    const auto type = map.scalar_type();
    const auto weight = linear->weight.to(type).view({linear->weight.size(0), -1, 1, 1});
    return at::conv2d(map, weight, linear->bias.to(type));
}

/// (P, C, h, w) to (P, h * w, C) in fp32, free of copies in channels-last fp32 memory.
torch::Tensor asRows(const torch::Tensor &map)
{
    return map.permute({0, 2, 3, 1}).reshape({map.size(0), -1, map.size(1)}).to(torch::kFloat);
}

} // namespace

SelfAttentionImpl::SelfAttentionImpl(int channels, int heads)
    : m_heads(heads), m_query(register_module("query", torch::nn::Linear(channels, channels))),
      m_key(register_module("key", torch::nn::Linear(channels, channels))),
      m_value(register_module("value", torch::nn::Linear(channels, channels))),
      m_out(register_module("out", torch::nn::Linear(channels, channels)))
{
}

torch::Tensor SelfAttentionImpl::forward(const torch::Tensor &queryAndKey,
                                         const torch::Tensor &value)
{
    const std::int64_t count = value.size(0), tokens = value.size(1), channels = value.size(2);
    const auto split = [&](const torch::Tensor &x) {
        return x.view({count, tokens, m_heads, channels / m_heads}).transpose(1, 2);
    };
    const auto q = split(m_query(queryAndKey)), k = split(m_key(queryAndKey));
    const auto v = split(m_value(value));
    const auto scores = torch::matmul(q, k.transpose(2, 3)) / std::sqrt(double(channels) / m_heads);
    const auto mixed = torch::matmul(torch::softmax(scores, -1), v);
    return m_out(mixed.transpose(1, 2).reshape({count, tokens, channels}));
}

CrossAttentionImpl::CrossAttentionImpl(int channels, int heads)
    : m_heads(heads), m_inner(channels / 2),
      m_query(register_module("query", torch::nn::Linear(channels, m_inner))),
      m_key(register_module("key", torch::nn::Linear(channels, m_inner))),
      m_value(register_module("value", torch::nn::Linear(channels, m_inner))),
      m_out(register_module("out", torch::nn::Linear(m_inner, channels)))
{
    // A buffer follows the model to its device; no float, so no part of a checkpoint.
    const auto blocks = torch::eye(heads).repeat_interleave(m_inner / heads, 1);
    m_blocks = register_buffer("blocks", blocks.view({heads, 1, m_inner}).to(torch::kBool));
}

torch::Tensor CrossAttentionImpl::spread(const torch::Tensor &tokens) const
{
    return (tokens.unsqueeze(1) * m_blocks).reshape({tokens.size(0), -1, m_inner});
}

torch::Tensor CrossAttentionImpl::tokensToImage(const torch::Tensor &query,
                                                const torch::Tensor &key,
                                                const torch::Tensor &value)
{
    const std::int64_t count = query.size(0), tokens = query.size(1);
    const auto q = spread(m_query(query) / std::sqrt(double(m_inner) / m_heads));
    const auto k = asRows(onMap(m_key, key)), v = asRows(onMap(m_value, value));
    const auto weights = torch::softmax(torch::bmm(q, k.transpose(1, 2)), -1);
    const auto all = torch::bmm(weights, v).view({count, m_heads, tokens, m_inner});
    return m_out((all * m_blocks).sum(1));
}

torch::Tensor CrossAttentionImpl::imageToTokens(const torch::Tensor &query,
                                                const torch::Tensor &key,
                                                const torch::Tensor &value)
{
    const std::int64_t count = key.size(0), tokens = key.size(1);
    const auto q = asRows(onMap(m_query, query));
    const auto k = spread(m_key(key) / std::sqrt(double(m_inner) / m_heads));
    const auto scores = torch::bmm(q, k.transpose(1, 2)).view({count, -1, m_heads, tokens});
    const auto weights = torch::softmax(scores, -1).view({count, -1, m_heads * tokens});
    const auto mixed = torch::bmm(weights, spread(m_value(value)));
    const auto map =
        mixed.view({count, query.size(2), query.size(3), m_inner}).permute({0, 3, 1, 2});
    return onMap(m_out, map.to(query.scalar_type()));
}

} // namespace core::compact
