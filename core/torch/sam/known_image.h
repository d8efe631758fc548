// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

#include <cstdint>

namespace core::sam
{

/// What the matrices of the first block's two cross attentions make of a picture's tokens. No
/// prompt has changed the image by then, so it is the same for every prompt that brings no mask,
/// and what is left to do for one is 1 / C x heads x d as much. On the processor.
class KnownImage
{
public:
    static constexpr std::int64_t blockTokens = 64;

    /// keys, of the tokens' question to the image; values, of the answer to it; queries, of the
    /// image's question to the tokens: [N, heads x d] each.
    KnownImage(std::int64_t heads, const torch::Tensor &keys, const torch::Tensor &values,
               const torch::Tensor &queries);

    /// Scores of the block's tokens for few others' rows [heads, T, d]: [heads x T, blockTokens],
    /// the rows `stride` floats apart. Past the last token they are zeros.
    void keyScores(std::int64_t block, const float *rows, std::int64_t count, float *scores,
                   std::int64_t stride) const;
    void queryScores(std::int64_t block, const float *rows, std::int64_t count, float *scores,
                     std::int64_t stride) const;

    /// The values of the tokens from `first` on as `weights` [heads x T, tokens], rows `stride`
    /// apart, sum them up: [heads x T, valueChannels()].
    void sumValues(std::int64_t first, std::int64_t tokens, const float *weights,
                   std::int64_t stride, std::int64_t count, float *sums) const;

    std::int64_t tokens() const { return m_values.size(0); }
    std::int64_t heads() const { return m_heads; }
    std::int64_t headChannels() const { return m_headChannels; }
    /// A head's, filled up with zeros to whole registers.
    std::int64_t valueChannels() const { return m_values.size(2); }

private:
    void multiplyBlock(const torch::Tensor &maps, std::int64_t block, const float *rows,
                       std::int64_t count, float *scores, std::int64_t stride) const;

    std::int64_t m_heads;
    std::int64_t m_headChannels;
    torch::Tensor m_keys, m_queries; ///< [blocks, heads x d, blockTokens]
    torch::Tensor m_values;          ///< [N, heads, valueChannels]
};

} // namespace core::sam
