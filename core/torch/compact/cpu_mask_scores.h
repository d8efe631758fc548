// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/compact/mask_statistics.h"
#include "core/torch/compact/named_layers.h"

#include <array>
#include <cstdint>
#include <vector>

// mask_statistics.h and the mask decoder's IoU head without LibTorch.
namespace core::compact
{

using MaskStatistics = std::array<float, maskStatisticsCount>;

/// maskStatistics() of one mask, by the processor's kernels, which there have to be.
MaskStatistics statisticsOf(const std::vector<float> &logits, std::int64_t height,
                            std::int64_t width);

/// IoU of two masks on one grid; 0 where both are empty.
float agreement(const std::vector<float> &a, const std::vector<float> &b);

/// The IoU head, by the processor's kernels.
class CpuIouHead
{
public:
    explicit CpuIouHead(const NamedLayers &decoder);

    /// Of one mask: its own token and the IoU's, C channels each.
    float predictedIou(const float *iouToken, const float *maskToken,
                       const MaskStatistics &statistics) const;

private:
    std::array<PixelLayer, 3> m_layers;
};

} // namespace core::compact
