// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/segmenter.h"

namespace core
{

/// OpenCV's GrabCut behind the same interface: colour models and a graph cut, no training. The
/// rival that a model has to beat with the same clicks and boxes.
///
/// A click is a disc that is surely foreground or background, its radius a sixteenth of the
/// picture's shorter side: with smaller ones GrabCut does much worse. The previous mask (fed back
/// as logits, one cell a pixel) is probable; a box is a frame around everything probable. There is
/// one candidate whatever is asked; its predicted IoU is 0, since the method has no opinion of its
/// own.
class GrabCutSegmenter : public Segmenter
{
public:
    GrabCutSegmenter();
    const SegmenterInfo &info() const override { return m_info; }
    std::shared_ptr<const ImageEmbedding> encode(ImageView image, std::stop_token stop = {},
                                                 const EncodeProgress &progress = {}) override;
    std::vector<MaskCandidate> decode(const ImageEmbedding &embedding,
                                      const Prompt &prompt) override;

private:
    SegmenterInfo m_info;
};

} // namespace core
