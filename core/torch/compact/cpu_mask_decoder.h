// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/compact/compact_model.h"
#include "core/torch/compact/prompt_batch.h"

#include <array>
#include <memory>
#include <vector>

namespace core::compact
{

/// The answers to one prompt.
struct PromptMasks {
    std::array<std::vector<float>, compactMaskCount> logits; ///< [H/2, W/2]
    std::array<float, compactMaskCount> iou;                 ///< predicted
    std::array<float, compactMaskCount> agreement; ///< IoU of each mask with the single one
};

/// PromptEncoder and MaskDecoder by the processor's kernels, LibTorch left out: the same but for
/// rounding. One thread at a time calls.
class CpuMaskDecoder
{
public:
    /// Whether there are kernels that serve a model of these widths.
    static bool canServe(const CompactModel &model);
    /// Of a model on the CPU that can be served; nothing of it is kept.
    explicit CpuMaskDecoder(const CompactModel &model);
    ~CpuMaskDecoder();

    /// Of fp32 maps of one picture.
    PromptMasks operator()(const ImageFeatures &features, const TokenPrompt &prompt);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace core::compact
