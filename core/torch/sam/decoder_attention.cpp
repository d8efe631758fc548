// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/decoder_attention.h"

#include "core/torch/sam/weights.h"

#include <cmath>

namespace core::sam
{

namespace
{

/// [B, n, heads x d] -> [B, heads, n, d]
torch::Tensor splitHeads(const torch::Tensor &x, std::int64_t heads)
{
    return x.view({x.size(0), x.size(1), heads, x.size(2) / heads}).transpose(1, 2);
}

/// [B, heads, n, d] -> [B, n, heads x d]
torch::Tensor joinHeads(const torch::Tensor &x)
{
    return x.transpose(1, 2).flatten(2);
}

/// A projection [heads x d, C] as one matrix [d, C] for each head.
torch::Tensor byHead(const torch::Tensor &weight, std::int64_t heads)
{
    return weight.view({heads, weight.size(0) / heads, weight.size(1)});
}

double scaleOf(const torch::Tensor &perHead)
{
    return 1.0 / std::sqrt(static_cast<double>(perHead.size(-1)));
}

} // namespace

TokenAttention::TokenAttention(const Weights &weights, const std::string &name, std::int64_t heads)
    : m_heads(heads), m_q(weights, name + ".q_proj"), m_k(weights, name + ".k_proj"),
      m_v(weights, name + ".v_proj"), m_out(weights, name + ".out_proj")
{
    for (Linear *layer : {&m_q, &m_k, &m_v, &m_out})
        layer->pack();
}

torch::Tensor TokenAttention::operator()(const torch::Tensor &q, const torch::Tensor &k,
                                         const torch::Tensor &v) const
{
    const torch::Tensor queries = splitHeads(m_q(q), m_heads);
    const torch::Tensor keys = splitHeads(m_k(k), m_heads);
    const torch::Tensor scores =
        at::softmax(at::matmul(queries * scaleOf(queries), keys.transpose(-2, -1)), -1);
    return m_out(joinHeads(at::matmul(scores, splitHeads(m_v(v), m_heads))));
}

TokenToImageAttention::TokenToImageAttention(const Weights &weights, const std::string &name,
                                             std::int64_t heads)
    : m_heads(heads), m_q(weights, name + ".q_proj"),
      m_keyMatrices(byHead(weights.get(name + ".k_proj.weight"), heads)),
      m_valueMatrices(
          byHead(weights.get(name + ".v_proj.weight"), heads).transpose(1, 2).contiguous()),
      m_valueBias(weights.get(name + ".v_proj.bias")), m_out(weights, name + ".out_proj")
{
    m_q.pack();
    m_out.pack();
}

torch::Tensor TokenToImageAttention::operator()(const torch::Tensor &tokens,
                                                const torch::Tensor &placedImage,
                                                const torch::Tensor &image) const
{
    const torch::Tensor scores = applyMatrices(placedImage, probes(tokens)); // [B, N, heads x T]
    const torch::Tensor shares = at::softmax(scores.transpose(1, 2).contiguous(), -1);
    return answers(at::bmm(shares, image));
}

torch::Tensor TokenToImageAttention::probes(const torch::Tensor &tokens) const
{
    return at::matmul(queries(tokens), m_keyMatrices).flatten(1, 2);
}

torch::Tensor TokenToImageAttention::queries(const torch::Tensor &tokens) const
{
    const torch::Tensor queries = splitHeads(m_q(tokens), m_heads);
    return queries * scaleOf(queries);
}

torch::Tensor TokenToImageAttention::keys(const torch::Tensor &placedImage) const
{
    return applyMatrix(placedImage, m_keyMatrices.flatten(0, 1));
}

torch::Tensor TokenToImageAttention::values(const torch::Tensor &image) const
{
    return applyMatrix(image, m_valueMatrices.transpose(1, 2).flatten(0, 1));
}

torch::Tensor TokenToImageAttention::answers(const torch::Tensor &gathered) const
{
    const torch::Tensor perHead = gathered.view({gathered.size(0), m_heads, -1, gathered.size(2)});
    return answersOfValues(at::matmul(perHead, m_valueMatrices));
}

torch::Tensor TokenToImageAttention::answersOfValues(const torch::Tensor &gathered) const
{
    return m_out(joinHeads(gathered) + m_valueBias);
}

ImageToTokenAttention::ImageToTokenAttention(const Weights &weights, const std::string &name,
                                             std::int64_t heads)
    : m_heads(heads), m_k(weights, name + ".k_proj"), m_v(weights, name + ".v_proj"),
      m_queryMatrices(byHead(weights.get(name + ".q_proj.weight"), heads)),
      m_queryBias(weights.get(name + ".q_proj.bias").view({heads, -1, 1})),
      m_outMatrices(byHead(weights.get(name + ".out_proj.weight").t().contiguous(), heads)),
      m_outBias(weights.get(name + ".out_proj.bias"))
{
    m_k.pack();
    m_v.pack();
}

torch::Tensor ImageToTokenAttention::operator()(const torch::Tensor &placedImage,
                                                const torch::Tensor &placedTokens,
                                                const torch::Tensor &tokens) const
{
    const Operands o = operands(placedTokens, tokens);
    const torch::Tensor scores = applyMatrices(placedImage, o.probes, o.shifts);
    const torch::Tensor shares =
        at::softmax(scores.view({scores.size(0), scores.size(1), m_heads, tokens.size(1)}), -1);
    return applyMatrices(shares.flatten(2), o.answers.transpose(1, 2)) + o.bias;
}

ImageToTokenAttention::Operands ImageToTokenAttention::operands(const torch::Tensor &placedTokens,
                                                                const torch::Tensor &tokens) const
{
    const torch::Tensor keys = scaledKeys(placedTokens);
    return {at::matmul(keys, m_queryMatrices).flatten(1, 2),
            at::matmul(keys, m_queryBias).flatten(1),
            {},
            answers(tokens, m_outMatrices),
            m_outBias,
            m_heads};
}

torch::Tensor ImageToTokenAttention::queries(const torch::Tensor &placedImage) const
{
    return applyMatrix(placedImage, m_queryMatrices.flatten(0, 1), m_queryBias.flatten());
}

ImageToTokenAttention::Operands
ImageToTokenAttention::operandsOfQueries(const torch::Tensor &placedTokens,
                                         const torch::Tensor &tokens) const
{
    return {{}, {}, scaledKeys(placedTokens), answers(tokens, m_outMatrices), m_outBias, m_heads};
}

/// [B, heads, T, d]
torch::Tensor ImageToTokenAttention::scaledKeys(const torch::Tensor &placedTokens) const
{
    const torch::Tensor keys = splitHeads(m_k(placedTokens), m_heads);
    return keys * scaleOf(keys);
}

torch::Tensor ImageToTokenAttention::answers(const torch::Tensor &tokens,
                                             const torch::Tensor &outMatrices) const
{
    return at::matmul(splitHeads(m_v(tokens), m_heads), outMatrices).flatten(1, 2);
}

torch::Tensor ImageToTokenAttention::project(const torch::Tensor &matrix)
{
    m_projectedOutMatrices = at::matmul(m_outMatrices, matrix.t()).contiguous();
    return at::matmul(matrix, m_outBias);
}

torch::Tensor ImageToTokenAttention::projectedAnswers(const torch::Tensor &tokens) const
{
    return answers(tokens, m_projectedOutMatrices);
}

} // namespace core::sam
