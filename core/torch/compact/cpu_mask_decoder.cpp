// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/cpu_mask_decoder.h"

#include "core/cpu/kernels.h"
#include "core/torch/compact/cpu_mask_head.h"
#include "core/torch/compact/cpu_mask_scores.h"
#include "core/torch/compact/cpu_prompt_encoder.h"
#include "core/torch/compact/cpu_two_way.h"
#include "core/torch/convolution/map_steps.h"

namespace core::compact
{

struct CpuMaskDecoder::Parts {
    torch::Tensor outputTokens; ///< [1 + masks, C]: IoU token, mask tokens
    CpuPromptEncoder prompts;
    CpuTwoWay twoWay;
    CpuMaskWeights weights;
    CpuMaskHead head;
    CpuIouHead iouHead;

    Parts(const CompactModel &model, const NamedLayers &decoder)
        : outputTokens(decoder.parameter("output_tokens").detach().clone()),
          prompts(*model->promptEncoder), twoWay(decoder, CompactConfig().heads), weights(decoder),
          head(decoder), iouHead(decoder)
    {
    }
};

bool CpuMaskDecoder::canServe(const CompactModel &model)
{
    constexpr std::int64_t multiple = 32; // tokens are multiplied as they lie, by whole panels
    return cpu::kernels() && model->maskDecoder->channels() % multiple == 0;
}

CpuMaskDecoder::CpuMaskDecoder(const CompactModel &model)
{
    const torch::NoGradGuard noGrad;
    m_parts = std::make_unique<Parts>(model, NamedLayers(*model->maskDecoder));
}

CpuMaskDecoder::~CpuMaskDecoder() = default;

PromptMasks CpuMaskDecoder::operator()(const ImageFeatures &features, const TokenPrompt &prompt)
{
    Parts &parts = *m_parts;
    const ImageMaps image(features);
    TORCH_CHECK(parts.prompts.fits(image) && parts.head.fits(image),
                "The picture's maps are not those of this model.");
    const std::int64_t channels = image.embedding.channels;
    const std::int64_t height = image.head2.height, width = image.head2.width;
    PromptMasks masks{};
    std::vector<float *> logits;
    for (auto &map : masks.logits) {
        map.resize(static_cast<std::size_t>(height * width));
        logits.push_back(map.data());
    }
    const float *outputs = parts.outputTokens.data_ptr<float>();
    std::vector<float> tokens(outputs, outputs + parts.outputTokens.numel());

    const CpuPromptEncoder::Maps maps = parts.prompts.begin(image, prompt);
    parts.head.begin(image.embedding.height, image.embedding.width);
    std::vector<Step> steps;
    parts.prompts.addSteps(image, steps);
    // The few tokens keep one thread busy, and what the prompt's maps give the head the others.
    const Step blocks{1, [&](std::size_t) {
                          const auto sparse = parts.prompts.tokens(image, prompt);
                          tokens.insert(tokens.end(), sparse.begin(), sparse.end());
                          parts.twoWay.apply(tokens, maps.cells, maps.positions);
                          parts.weights.set(tokens.data() + channels);
                      }};
    steps.push_back(together(blocks, parts.head.promptStep(image, maps.maps4, maps.maps2)));
    parts.head.addSteps(maps.cells, image, parts.weights, logits, steps);
    steps.push_back({masks.logits.size(), [&](std::size_t mask) {
                         const auto &map = masks.logits[mask];
                         masks.iou[mask] = parts.iouHead.predictedIou(
                             tokens.data(),
                             tokens.data() + static_cast<std::int64_t>(1 + mask) * channels,
                             statisticsOf(map, height, width));
                         masks.agreement[mask] = agreement(masks.logits.front(), map);
                     }});
    shareOutSteps(steps);
    return masks;
}

} // namespace core::compact
