// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/segmenter.h"

#include <atomic>
#include <chrono>
#include <thread>

/// The model, which stops halfway through a picture while it is held: for photographs of what is
/// quick.
class HeldSegmenter : public core::Segmenter
{
public:
    using Hold = std::shared_ptr<std::atomic<bool>>;

    HeldSegmenter(std::unique_ptr<core::Segmenter> model, Hold isHeld)
        : m_model(std::move(model)), m_isHeld(std::move(isHeld))
    {
    }

    const core::SegmenterInfo &info() const override { return m_model->info(); }

    std::shared_ptr<const core::ImageEmbedding>
    encode(core::ImageView image, std::stop_token stop,
           const core::EncodeProgress &progress) override
    {
        while (*m_isHeld && !stop.stop_requested()) {
            progress(0.4);
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        return m_model->encode(image, stop, progress);
    }

    std::vector<core::MaskCandidate> decode(const core::ImageEmbedding &embedding,
                                            const core::Prompt &prompt) override
    {
        return m_model->decode(embedding, prompt);
    }

    std::vector<std::vector<core::MaskCandidate>>
    decodeBatch(const core::ImageEmbedding &embedding,
                std::span<const core::Prompt> prompts) override
    {
        return m_model->decodeBatch(embedding, prompts);
    }

    std::vector<std::vector<core::ScoredLogits>>
    decodeLogits(const core::ImageEmbedding &embedding,
                 std::span<const core::Prompt> prompts) override
    {
        while (*m_isHeld)
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        return m_model->decodeLogits(embedding, prompts);
    }

private:
    std::unique_ptr<core::Segmenter> m_model;
    Hold m_isHeld;
};
