// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/sam/layers.h"

namespace core::sam
{

class Weights;

/// Multi-head attention of the tokens among themselves.
class TokenAttention
{
public:
    TokenAttention(const Weights &weights, const std::string &name, std::int64_t heads);

    /// q: [B, n, C], k and v: [B, m, C] -> [B, n, C]
    torch::Tensor operator()(const torch::Tensor &q, const torch::Tensor &k,
                             const torch::Tensor &v) const;

private:
    std::int64_t m_heads;
    Linear m_q, m_k, m_v, m_out;
};

// Between T tokens and N image tokens, T is about 7 and N is 4096. Projecting the image to keys and
// values and back is nearly all of the work; by associativity the few tokens go through those
// matrices instead:
//   q (Wk x) = (Wk' q) x        a (Wv x) = Wv (a x)        (Wq x) k = x (Wq' k)        Wo (a v) = a
//   (Wo v)
// The products are equal but for the order of the sums. T x heads rows take the place of the inner
// channels.

/// Tokens ask the image.
class TokenToImageAttention
{
public:
    TokenToImageAttention(const Weights &weights, const std::string &name, std::int64_t heads);

    /// tokens: [B, T, C]; placedImage, the image with its positions, and image: [B, N, C] -> [B, T,
    /// C]
    torch::Tensor operator()(const torch::Tensor &tokens, const torch::Tensor &placedImage,
                             const torch::Tensor &image) const;

    // The two ends of it, for whoever goes over the image himself.
    /// What the placed image is multiplied by to give the scores: [B, heads x T, C].
    torch::Tensor probes(const torch::Tensor &tokens) const;
    /// From the image as the scores' softmax weights it, [B, heads x T, C], to [B, T, C].
    torch::Tensor answers(const torch::Tensor &gathered) const;

    // The same where the image's keys and values are known, [N, heads x d].
    torch::Tensor keys(const torch::Tensor &placedImage) const; ///< without their bias
    torch::Tensor values(const torch::Tensor &image) const;     ///< without their bias
    /// What the keys are multiplied by: [B, heads, T, d].
    torch::Tensor queries(const torch::Tensor &tokens) const;
    /// From the values as the scores' softmax weights them, [B, heads, T, d], to [B, T, C].
    torch::Tensor answersOfValues(const torch::Tensor &gathered) const;
    std::int64_t heads() const { return m_heads; }

private:
    std::int64_t m_heads;
    Linear m_q;
    torch::Tensor m_keyMatrices;   ///< [heads, d, C]; the keys' bias shifts all scores of a query
                                   ///< alike: no effect
    torch::Tensor m_valueMatrices; ///< [heads, C, d]
    torch::Tensor m_valueBias;     ///< [heads x d]: the weights of a query sum to 1
    Linear m_out;
};

/// The image asks the tokens.
class ImageToTokenAttention
{
public:
    ImageToTokenAttention(const Weights &weights, const std::string &name, std::int64_t heads);

    /// placedImage: [B, N, C]; placedTokens and tokens: [B, T, C] -> [B, N, C]
    torch::Tensor operator()(const torch::Tensor &placedImage, const torch::Tensor &placedTokens,
                             const torch::Tensor &tokens) const;

    /// What the tokens bring to it. Scores are placed image x probes + shifts; their softmax over
    /// the tokens of each head weights the answers, to which the bias is added.
    struct Operands {
        torch::Tensor probes;  ///< [B, heads x T, C]
        torch::Tensor shifts;  ///< [B, heads x T]
        torch::Tensor keys;    ///< [B, heads, T, d], instead of both where the queries are known
        torch::Tensor answers; ///< [B, heads x T, C]
        torch::Tensor bias;    ///< [C]
        std::int64_t heads = 0;
    };
    Operands operands(const torch::Tensor &placedTokens, const torch::Tensor &tokens) const;

    /// Lets the answers be had as a matrix [D, C] makes them; returns what it makes of the bias.
    torch::Tensor project(const torch::Tensor &matrix);
    torch::Tensor projectedAnswers(const torch::Tensor &tokens) const; ///< [B, heads x T, D]

    /// For an image whose queries are known, [N, heads x d].
    torch::Tensor queries(const torch::Tensor &placedImage) const;
    Operands operandsOfQueries(const torch::Tensor &placedTokens,
                               const torch::Tensor &tokens) const;

private:
    torch::Tensor scaledKeys(const torch::Tensor &placedTokens) const;
    torch::Tensor answers(const torch::Tensor &tokens, const torch::Tensor &outMatrices) const;

    std::int64_t m_heads;
    Linear m_k, m_v;
    torch::Tensor m_queryMatrices;        ///< [heads, d, C]
    torch::Tensor m_queryBias;            ///< [heads, d, 1]
    torch::Tensor m_outMatrices;          ///< [heads, d, C]
    torch::Tensor m_outBias;              ///< [C]
    torch::Tensor m_projectedOutMatrices; ///< [heads, d, D]; undefined before project()
};

} // namespace core::sam
