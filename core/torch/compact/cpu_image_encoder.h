// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/compact/compact_model.h"

#include <memory>

namespace core::compact
{

/// The image encoder and the head's maps for one picture at a time, by the processor's kernels: the
/// same as CompactModel::encode() but for rounding. What lies between the layers is kept for the
/// next picture. One thread at a time calls.
class CpuImageEncoder
{
public:
    /// Of a model whose norms are folded, on the CPU in fp32, which is needed no longer afterwards.
    /// There have to be kernels.
    explicit CpuImageEncoder(const CompactModel &model);
    ~CpuImageEncoder();

    /// In: (1, 3, H, W) as normalizedPixels() gives it.
    ImageFeatures operator()(const torch::Tensor &pixels);

private:
    struct Layers;
    struct Maps;
    std::unique_ptr<const Layers> m_layers;
    std::unique_ptr<Maps> m_maps; ///< of the last picture's size
};

} // namespace core::compact
