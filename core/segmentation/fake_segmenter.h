// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/segmenter.h"

#include <chrono>

namespace core
{

/// Takes the model's place in tests and in builds without LibTorch: no weights, the same answer
/// every time. The mask is the previous mask, a disc around every foreground point and the box, all
/// filled, less a disc around every background point. A disc's radius is an eighth of the picture's
/// shorter side; of three candidates the second has half that radius and the third twice, with
/// falling predicted IoU. Model input 1024x1024 and logits 256x256 over the padded square, as
/// SAM's. Logits fall off over half a radius on both sides of the border.
class FakeSegmenter : public Segmenter
{
public:
    /// How long a call should at least take: a slow one proves that a window does not wait for it.
    struct Pace {
        std::chrono::milliseconds encode{0};
        std::chrono::milliseconds decode{0};
    };

    FakeSegmenter() : FakeSegmenter(Pace{}) {}
    explicit FakeSegmenter(Pace pace);

    const SegmenterInfo &info() const override { return m_info; }
    std::shared_ptr<const ImageEmbedding> encode(ImageView image, std::stop_token stop = {},
                                                 const EncodeProgress &progress = {}) override;
    std::shared_ptr<const ImageEmbedding> loadEmbedding(const EmbeddingBytes &bytes) override;
    std::vector<MaskCandidate> decode(const ImageEmbedding &embedding,
                                      const Prompt &prompt) override;

private:
    Pace m_pace;
    SegmenterInfo m_info;
};

} // namespace core
