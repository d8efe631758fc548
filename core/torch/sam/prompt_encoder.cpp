// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/prompt_encoder.h"

#include "core/torch/sam/weights.h"

#include <numbers>

namespace core::sam
{

namespace
{

constexpr std::int64_t firstLabel = -1; ///< the first row of kinds; the others follow
constexpr std::int64_t topLeft = 2;     ///< the label that a box's first corner would have

/// Appended to, not put together by +: g++ 12 takes that for an overrun once it is inlined.
std::string numbered(const char *part, std::size_t number)
{
    std::string name = "prompt_encoder.";
    name += part;
    name += std::to_string(number);
    return name;
}

} // namespace

PromptEncoder::PromptEncoder(const Weights &weights, const SamConfig &config)
    : m_inputSize(static_cast<double>(config.inputSize)),
      m_gaussian(weights.get("prompt_encoder.pe_layer.positional_encoding_gaussian_matrix")),
      m_noMask(weights.get("prompt_encoder.no_mask_embed.weight"))
{
    std::vector<torch::Tensor> kinds = {weights.get("prompt_encoder.not_a_point_embed.weight")};
    for (std::size_t i = 0; i < 4; ++i)
        kinds.push_back(weights.get(numbered("point_embeddings.", i) + ".weight"));
    m_kinds = at::cat(kinds);
    // Convolution, norm, GELU, convolution, norm, GELU, convolution: numbered as in one list.
    for (std::size_t i = 0; i < m_maskWeight.size(); ++i) {
        const std::string name = numbered("mask_downscaling.", 3 * i);
        m_maskWeight[i] = weights.get(name + ".weight");
        m_maskBias[i] = weights.get(name + ".bias");
    }
    for (std::size_t i = 0; i < m_maskNorm.size(); ++i)
        m_maskNorm[i] =
            LayerNorm(weights, numbered("mask_downscaling.", 3 * i + 1), encoderNormEpsilon);

    const std::int64_t grid = config.grid();
    const torch::Tensor centres =
        (torch::arange(grid, m_gaussian.options()) + 0.5) / static_cast<double>(grid);
    const torch::Tensor x = centres.unsqueeze(0).expand({grid, grid});
    const torch::Tensor y = centres.unsqueeze(1).expand({grid, grid});
    m_densePositions = encodePositions(at::stack({x, y}, -1)).permute({2, 0, 1}).unsqueeze(0);
}

torch::Tensor PromptEncoder::encodePositions(const torch::Tensor &unitCoordinates) const
{
    const torch::Tensor angles =
        at::matmul(2 * unitCoordinates - 1, m_gaussian) * (2 * std::numbers::pi);
    return at::cat({at::sin(angles), at::cos(angles)}, -1);
}

torch::Tensor PromptEncoder::encodePixels(const torch::Tensor &pixels) const
{
    // Half a pixel brings a coordinate to the pixel's centre; the division is by the padded
    // square's side.
    return encodePositions((pixels + 0.5) / m_inputSize);
}

torch::Tensor PromptEncoder::sparse(const torch::Tensor &points, const torch::Tensor &labels,
                                    const torch::Tensor &boxes, std::int64_t batch) const
{
    const std::int64_t channels = m_kinds.size(1);
    std::vector<torch::Tensor> tokens = {torch::empty({batch, 0, channels}, m_gaussian.options())};
    if (points.defined()) {
        tokens.push_back(encodePixels(points).masked_fill(labels.unsqueeze(-1) == firstLabel, 0) +
                         at::embedding(m_kinds, labels - firstLabel));
        if (!boxes.defined())
            tokens.push_back(m_kinds.narrow(0, 0, 1).unsqueeze(0).expand({batch, 1, channels}));
    }
    if (boxes.defined())
        tokens.push_back(encodePixels(boxes.view({batch, 2, 2})) +
                         m_kinds.narrow(0, topLeft - firstLabel, 2));
    return at::cat(tokens, 1);
}

torch::Tensor PromptEncoder::dense(const torch::Tensor &maskLogits) const
{
    torch::Tensor x = maskLogits;
    for (std::size_t i = 0; i < m_maskNorm.size(); ++i) {
        x = applyToPatches(x, m_maskWeight[i], m_maskBias[i]);
        x = at::gelu(m_maskNorm[i](x)).permute({0, 3, 1, 2});
    }
    return applyToPatches(x, m_maskWeight[2], m_maskBias[2]).permute({0, 3, 1, 2});
}

torch::Tensor PromptEncoder::noMask() const
{
    return m_noMask.view({1, -1, 1, 1});
}

} // namespace core::sam
