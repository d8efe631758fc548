// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/compact/cpu_mask_weights.h"
#include "core/torch/compact/image_maps.h"
#include "core/torch/share_out.h"

#include <memory>
#include <vector>

namespace core::compact
{

/// The mask head's convolutions and the masks' sums over them by the processor's kernels: the same
/// as MaskDecoder's own but for rounding, for one prompt at a time. What lies between the layers is
/// kept for the next prompt. One thread at a time calls.
class CpuMaskHead
{
public:
    /// Of a decoder on the CPU. There have to be kernels.
    explicit CpuMaskHead(const NamedLayers &decoder);
    ~CpuMaskHead();

    /// For pictures of so many cells; before the others, which tell of steps that follow it.
    void begin(std::int64_t height, std::int64_t width);
    /// What the prompt's maps and the picture's add up to at strides 4 and 2.
    Step promptStep(const ImageMaps &image, const MapView &maps4, const MapView &maps2) const;
    /// All that needs the cells, as they are once the tokens have been there. Of each mask the
    /// logits, [H/2, W/2]. `image` and `weights` live until that is done.
    void addSteps(const MapView &cells, const ImageMaps &image, const CpuMaskWeights &weights,
                  const std::vector<float *> &logits, std::vector<Step> &steps) const;

    /// Whether the picture's maps are those of this model.
    bool fits(const ImageMaps &image) const;

private:
    struct Layers;
    struct Maps;

    std::unique_ptr<const Layers> m_layers;
    std::unique_ptr<Maps> m_maps; ///< of the last picture's size
};

} // namespace core::compact
