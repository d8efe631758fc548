// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/sam/decoder_attention.h"
#include "core/torch/sam/known_image.h"
#include "core/torch/sam/lent_floats.h"

#include <optional>

namespace core::sam
{

/// The image's tokens while one prompt is decoded on the processor. There are few other tokens, so
/// that nearly all time goes into what is done to these; a pass does all of it to one block before
/// it goes to the next, so that the block is read from memory once.
class ImagePasses
{
public:
    /// Whether there are kernels for this processor and such embeddings [.., C].
    static bool canServe(const torch::Tensor &embeddings);

    /// image and positions: [N, C]; dense, which is added to the image: [N, C] or [1, C].
    ImagePasses(const torch::Tensor &image, const torch::Tensor &dense,
                const torch::Tensor &positions);

    /// The image asks the tokens, adds what it gets and is normalised.
    struct Change {
        ImageToTokenAttention::Operands attention; ///< of one prompt
        LayerNorm norm;
        const KnownImage *known = nullptr; ///< the image, if this is the first thing done to it
        /// [heads x T, D]: the image's projection changes as well, if this and all changes before
        /// it have such, the first of them with a known image; see ImageProjection.
        torch::Tensor projectedAnswers;
        torch::Tensor projectedBias; ///< [D]
    };
    /// Changes the image, but not in the first pass (null) unless it is known, and lets the tokens
    /// ask it: probes [1, P, C] -> what they gathered, alike.
    torch::Tensor pass(const Change *change, const torch::Tensor &probes);
    /// Lets the tokens ask what is known of the image: queries [1, heads, T, d] -> the values they
    /// gathered, alike.
    static torch::Tensor ask(const KnownImage &known, const torch::Tensor &queries);

    /// The image's tokens from one on, [.., C], and their projection, [.., D], or null where there
    /// is none; as the passes left them, to be overwritten by whoever needs them last.
    float *image(std::int64_t token) const { return m_image.get() + token * m_channels; }
    float *projected(std::int64_t token) const
    {
        return m_projected ? m_projected->get() + token * m_projectedChannels : nullptr;
    }

private:
    struct Operands; ///< of a pass, as the kernels take them
    void start(std::int64_t first, std::int64_t count);
    void change(const Operands &operands, std::int64_t first, std::int64_t count,
                float *scratch) const;
    struct Shares;
    void addAnswers(const Operands &operands, std::int64_t first, const Shares &shares) const;
    void place(std::int64_t first, std::int64_t count, float *placed) const;
    const float *source(std::int64_t token) const
    {
        return m_source.data_ptr<float>() + token * m_channels;
    }
    const float *positions(std::int64_t token) const
    {
        return m_positions.data_ptr<float>() + token * m_channels;
    }

    torch::Tensor m_source, m_dense, m_positions;
    std::int64_t m_tokens;
    std::int64_t m_channels;
    LentFloats m_image;                    ///< [N, C]; what it is now, once the first pass began
    std::optional<LentFloats> m_projected; ///< [N, D]; the same of its projection
    std::int64_t m_projectedChannels = 0;
    bool m_isStarted = false;
};

} // namespace core::sam
