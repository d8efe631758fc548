// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/mask_decoder.h"

#include "core/torch/one_thread.h"
#include "core/torch/sam/weights.h"

namespace core::sam
{

namespace
{

/// A transposed convolution of 2x2 with stride 2 makes four pixels of one, independently: a matrix
/// whose rows are (y, x, output channel).
Linear upscalingMatrix(const Weights &weights, const std::string &name)
{
    const torch::Tensor kernel = weights.get(name + ".weight"); // [in, out, 2, 2]
    Linear result;
    result.weight = kernel.permute({2, 3, 1, 0}).reshape({-1, kernel.size(0)}).contiguous();
    result.bias = weights.get(name + ".bias").repeat({4});
    return result;
}

/// [B, C, g, g] -> [B, g x g, C]
torch::Tensor asTokens(const torch::Tensor &map)
{
    return map.flatten(2).transpose(1, 2).contiguous();
}

} // namespace

MaskDecoder::MaskDecoder(const Weights &weights, const SamConfig &config)
    : m_maskTokens(config.maskTokens),
      m_outputTokens(at::cat({weights.get("mask_decoder.iou_token.weight"),
                              weights.get("mask_decoder.mask_tokens.weight")})),
      m_upscale1(upscalingMatrix(weights, "mask_decoder.output_upscaling.0")),
      m_transformer(weights, config, {m_upscale1.weight, m_upscale1.bias}),
      m_upscaleNorm(weights, "mask_decoder.output_upscaling.1", encoderNormEpsilon),
      m_upscale2(upscalingMatrix(weights, "mask_decoder.output_upscaling.3")),
      m_iouHead(weights, "mask_decoder.iou_prediction_head", config.iouHeadDepth)
{
    for (std::int64_t token = 0; token < config.maskTokens; ++token)
        m_hypernetworks.emplace_back(
            weights, "mask_decoder.output_hypernetworks_mlps." + std::to_string(token), 3);
    if (ImagePasses::canServe(m_outputTokens))
        m_cpuUpscaling = CpuUpscaling(m_upscale1, m_upscaleNorm, m_upscale2);
}

torch::Tensor MaskDecoder::hypernetworks(const torch::Tensor &tokens, const MaskRange &masks) const
{
    std::vector<torch::Tensor> kernels;
    for (std::int64_t i = 0; i < masks.count; ++i)
        kernels.push_back(
            m_hypernetworks[static_cast<std::size_t>(masks.first + i)](tokens.select(1, 1 + i)));
    return at::stack(kernels, 1);
}

std::optional<KnownImage> MaskDecoder::known(const torch::Tensor &imageEmbedding,
                                             const torch::Tensor &densePositions,
                                             const torch::Tensor &noMask) const
{
    if (!m_cpuUpscaling.isReady())
        return std::nullopt;
    return m_transformer.known(asTokens(imageEmbedding + noMask)[0], asTokens(densePositions)[0]);
}

MaskDecoder::Result MaskDecoder::forward(const torch::Tensor &imageEmbedding,
                                         const torch::Tensor &densePositions,
                                         const torch::Tensor &sparse, const torch::Tensor &dense,
                                         const DecodeOptions &options) const
{
    const std::int64_t batch = sparse.size(0);
    const std::int64_t grid = imageEmbedding.size(2);
    const MaskRange masks = options.wanted.value_or(MaskRange{0, m_maskTokens});
    torch::Tensor kept;
    if (options.wanted)
        kept = at::cat({at::zeros({1}, torch::kInt64),
                        at::arange(1 + masks.first, 1 + masks.first + masks.count)})
                   .to(sparse.device());
    const torch::Tensor tokens =
        at::cat({m_outputTokens.unsqueeze(0).expand(
                     {batch, m_outputTokens.size(0), m_outputTokens.size(1)}),
                 sparse},
                1);
    if (m_cpuUpscaling.isReady() && batch == 1) {
        // The tokens are few: waking another thread takes longer than a norm of them.
        const OneThread alone;
        ImagePasses passes(asTokens(imageEmbedding)[0], asTokens(dense)[0],
                           asTokens(densePositions)[0]);
        const torch::Tensor outTokens =
            m_transformer.forward(tokens, {passes, options.known, kept});
        const torch::Tensor kernels = hypernetworks(outTokens, masks)[0];
        return {outTokens, m_cpuUpscaling.masks(passes, grid, kernels).unsqueeze(0),
                m_iouHead(outTokens.select(1, 0)).narrow(1, masks.first, masks.count)};
    }

    const torch::Tensor image =
        asTokens(imageEmbedding + dense).expand({batch, grid * grid, imageEmbedding.size(1)});

    auto [outTokens, outImage] = m_transformer.forward(tokens, image, asTokens(densePositions));
    if (kept.defined())
        outTokens = outTokens.index_select(1, kept);

    // Four pixels of each, twice; the pixels keep the order (y, x, dy1, dx1, dy2, dx2) until the
    // masks are made.
    const std::int64_t pixels = grid * grid;
    torch::Tensor fine = m_upscale1(outImage).view({batch, pixels * 4, -1});
    fine = at::gelu(m_upscaleNorm(fine));
    fine = at::gelu(m_upscale2(fine)).view({batch, pixels * 16, -1});

    // [B, pixels x 16, masks]
    const torch::Tensor logits = applyMatrices(fine, hypernetworks(outTokens, masks));
    return {outTokens,
            logits.view({batch, grid, grid, 2, 2, 2, 2, masks.count})
                .permute({0, 7, 1, 3, 5, 2, 4, 6})
                .reshape({batch, masks.count, grid * 4, grid * 4}),
            m_iouHead(outTokens.select(1, 0)).narrow(1, masks.first, masks.count)};
}

} // namespace core::sam
