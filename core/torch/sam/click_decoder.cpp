// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/click_decoder.h"

namespace core::sam
{

namespace
{

constexpr std::int64_t mostPoints = 16; ///< of a prompt that is recorded

/// A tensor of the same shape and kind, on the device; undefined for an undefined one.
torch::Tensor placeFor(const torch::Tensor &tensor, torch::Device device)
{
    return tensor.defined() ? torch::empty(tensor.sizes(), tensor.options().device(device))
                            : torch::Tensor();
}

void fill(torch::Tensor &place, const torch::Tensor &tensor)
{
    if (tensor.defined())
        place.copy_(tensor);
}

} // namespace

MaskDecoder::Result decodePrompts(const PromptEncoder &promptEncoder,
                                  const MaskDecoder &maskDecoder, const torch::Tensor &features,
                                  const PromptTensors &prompts, const DecodeOptions &options)
{
    const torch::Tensor sparse =
        promptEncoder.sparse(prompts.points, prompts.labels, prompts.boxes, prompts.batch);
    const bool hasMask = prompts.masks.defined();
    const torch::Tensor dense =
        hasMask ? promptEncoder.dense(prompts.masks) : promptEncoder.noMask();
    return maskDecoder.forward(features, promptEncoder.densePositions(), sparse, dense,
                               {options.wanted, hasMask ? nullptr : options.known});
}

ClickDecoder::ClickDecoder(const PromptEncoder &promptEncoder, const MaskDecoder &maskDecoder,
                           torch::Device device)
    : m_promptEncoder(promptEncoder), m_maskDecoder(maskDecoder), m_device(device)
{
}

bool ClickDecoder::takes(const PromptTensors &prompt)
{
    return prompt.batch == 1 && (!prompt.points.defined() || prompt.points.size(1) <= mostPoints);
}

ClickDecoder::Recording &ClickDecoder::recordingFor(const PromptTensors &prompt)
{
    const Kind kind{prompt.points.defined() ? prompt.points.size(1) : 0, prompt.boxes.defined(),
                    prompt.masks.defined()};
    if (const auto found = m_recordings.find(kind); found != m_recordings.end())
        return found->second;
    const PromptTensors places{placeFor(prompt.points, m_device), placeFor(prompt.labels, m_device),
                               placeFor(prompt.boxes, m_device), placeFor(prompt.masks, m_device),
                               1};
    const auto work = [this, places] {
        const auto result = decodePrompts(m_promptEncoder, m_maskDecoder, m_features, places);
        return std::vector{result.tokens, result.logits, result.iou};
    };
    const cuda::CapturedCall *neighbour =
        m_recordings.empty() ? nullptr : &m_recordings.begin()->second.call;
    return m_recordings
        .emplace(kind, Recording{places, cuda::CapturedCall(work, m_device, neighbour)})
        .first->second;
}

MaskDecoder::Result ClickDecoder::decode(const torch::Tensor &features, const PromptTensors &prompt)
{
    if (!m_features.defined())
        m_features = torch::empty_like(features);
    if (!features.is_same(m_copied)) {
        m_features.copy_(features);
        m_copied = features;
    }
    Recording &recording = recordingFor(prompt);
    fill(recording.prompt.points, prompt.points);
    fill(recording.prompt.labels, prompt.labels);
    fill(recording.prompt.boxes, prompt.boxes);
    fill(recording.prompt.masks, prompt.masks);
    const std::vector<torch::Tensor> &results = recording.call();
    return {results[0], results[1], results[2]};
}

} // namespace core::sam
