// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/cuda/captured_call.h"
#include "core/torch/sam/mask_decoder.h"
#include "core/torch/sam/prompt_encoder.h"
#include "core/torch/sam/prompt_tensors.h"

#include <map>
#include <tuple>

namespace core::sam
{

/// Prompts of one kind, on the device, against one image embedding [1, C, g, g]. What is known of
/// it is of use to prompts without a mask.
MaskDecoder::Result decodePrompts(const PromptEncoder &promptEncoder,
                                  const MaskDecoder &maskDecoder, const torch::Tensor &features,
                                  const PromptTensors &prompts, const DecodeOptions &options = {});

/// decodePrompts() for one prompt at a time, from tensors that stay in their places, so that on a
/// GPU everything from coordinates to logits is launched as one: two hundred kernels of a few
/// microseconds would wait for the processor otherwise. There is a recording for each kind of
/// prompt: so many points, a box or none, a mask or none.
class ClickDecoder
{
public:
    /// Borrows both.
    ClickDecoder(const PromptEncoder &promptEncoder, const MaskDecoder &maskDecoder,
                 torch::Device device);

    /// Kinds that come once a picture are not worth a recording.
    static bool takes(const PromptTensors &prompt);

    /// The result is overwritten by the next call.
    MaskDecoder::Result decode(const torch::Tensor &features, const PromptTensors &prompt);

private:
    using Kind = std::tuple<std::int64_t, bool, bool>;
    struct Recording {
        PromptTensors prompt; ///< at the places the call reads
        cuda::CapturedCall call;
    };
    Recording &recordingFor(const PromptTensors &prompt);

    const PromptEncoder &m_promptEncoder;
    const MaskDecoder &m_maskDecoder;
    torch::Device m_device;
    torch::Tensor m_features; ///< at the place the calls read
    torch::Tensor m_copied;   ///< what m_features is a copy of; kept so that it stays itself
    std::map<Kind, Recording> m_recordings;
};

} // namespace core::sam
