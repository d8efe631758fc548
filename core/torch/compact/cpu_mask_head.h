// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/compact/image_encoder.h"
#include "core/torch/compact/prompt_encoder.h"

#include <memory>

namespace core::compact
{

/// What the mask head makes of the image's cells: maps whose weighted sums are the masks.
struct HeadMaps {
    torch::Tensor coarse; ///< (P, C, H/4, W/4)
    torch::Tensor fine;   ///< (P, C, H/2, W/2)
};

/// The mask head's convolutions by the processor's kernels: the same as MaskDecoder's own but for
/// rounding. What lies between the layers is kept for the next prompt. One thread at a time calls.
class CpuMaskHead
{
public:
    /// Of a decoder on the CPU. There have to be kernels.
    explicit CpuMaskHead(const torch::nn::Module &decoder);
    ~CpuMaskHead();

    /// Cells (P, C, H/16, W/16) of prompts on one picture; all in fp32.
    HeadMaps operator()(const torch::Tensor &cells, const ImageFeatures &image,
                        const EncodedPrompts &prompts);

private:
    struct Layers;
    struct Maps;
    void compute(const torch::Tensor &cells, const ImageFeatures &image,
                 const torch::Tensor &prompts4, const torch::Tensor &prompts2, const HeadMaps &out);

    std::unique_ptr<const Layers> m_layers;
    std::unique_ptr<Maps> m_maps; ///< of the last picture's size
};

} // namespace core::compact
