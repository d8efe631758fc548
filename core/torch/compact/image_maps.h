// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/compact/image_encoder.h"
#include "core/torch/convolution/map_view.h"

namespace core::compact
{

/// The maps of one picture as the processor's kernels take them.
class ImageMaps
{
public:
    /// Of fp32 maps on the CPU, which are copied only where they are not in channels-last memory.
    explicit ImageMaps(const ImageFeatures &image)
        : embedding(viewOf(m_held.embedding, image.embedding)),
          stride8(viewOf(m_held.stride8, image.stride8)),
          stride4(viewOf(m_held.stride4, image.stride4)), head8(viewOf(m_held.head8, image.head8)),
          head4(viewOf(m_held.head4, image.head4)), head2(viewOf(m_held.head2, image.head2)),
          similarity8(viewOf(m_held.similarity8, image.similarity8)),
          similarity4(viewOf(m_held.similarity4, image.similarity4)),
          similarity2(viewOf(m_held.similarity2, image.similarity2))
    {
    }

private:
    static MapView viewOf(torch::Tensor &held, const torch::Tensor &map)
    {
        held = map.contiguous(at::MemoryFormat::ChannelsLast);
        return MapView::of(held);
    }

    ImageFeatures m_held; // before the views, which are made of it

public:
    const MapView embedding, stride8, stride4, head8, head4, head2;
    const MapView similarity8, similarity4, similarity2;
};

} // namespace core::compact
