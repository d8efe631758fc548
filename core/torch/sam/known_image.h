// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

#include <cstdint>

namespace core::sam
{

/// What the matrices of the first block's two cross attentions make of a picture's tokens. No
/// prompt has changed the image by then, so it is the same for every prompt that brings no mask,
/// whose scores and sums are then over the d channels of a head instead of the image's C. On the
/// processor.
class KnownImage
{
public:
    static constexpr std::int64_t blockTokens = 64;

    /// keys, of the tokens' question to the image; values, of the answer to it; queries, of the
    /// image's question to the tokens: [N, heads x d] each.
    /// projected: what is made of the image in the end, see ImageProjection; [N, D].
    KnownImage(std::int64_t heads, const torch::Tensor &keys, const torch::Tensor &values,
               const torch::Tensor &queries, const torch::Tensor &projected);

    const torch::Tensor &keys() const { return m_keys; }
    const torch::Tensor &queries() const { return m_queries; }
    /// Scores of a block's keys or queries for the rows [heads, T, d] of T others: [heads x T,
    /// blockTokens], the rows `stride` floats apart. Past the last token they are zeros.
    void scores(const torch::Tensor &maps, std::int64_t block, const float *rows,
                std::int64_t count, float *scores, std::int64_t stride) const;

    /// The values of the tokens from `first` on as `weights` [heads x T, tokens], rows `stride`
    /// apart, sum them up: [heads x T, valueChannels()].
    void sumValues(std::int64_t first, std::int64_t tokens, const float *weights,
                   std::int64_t stride, std::int64_t count, float *sums) const;

    const torch::Tensor &projected() const { return m_projected; }

    std::int64_t tokens() const { return m_values.size(0); }
    std::int64_t heads() const { return m_heads; }
    std::int64_t headChannels() const { return m_headChannels; }
    /// A head's, filled up with zeros to whole registers.
    std::int64_t valueChannels() const { return m_values.size(2); }

private:
    std::int64_t m_heads;
    std::int64_t m_headChannels;
    torch::Tensor m_keys, m_queries; ///< [blocks, heads x d, blockTokens]
    torch::Tensor m_values;          ///< [N, heads, valueChannels]
    torch::Tensor m_projected;
};

} // namespace core::sam
