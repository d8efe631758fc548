// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "core/segmentation/fake_segmenter.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

/// What a test sees of the segmenter on the other thread.
struct SegmenterLog {
    std::atomic<int> encodes = 0;
    std::atomic<int> stoppedEncodes = 0;
    std::atomic<int> decodes = 0;
    std::atomic<int> prepared = 0;
    std::atomic<bool> failPreparing = false;
    std::atomic<bool> failDecodes = false;
    std::atomic<bool> failEncodes = false;
    std::atomic<bool> loseInParts = false; ///< a closer look finds nothing
    /// Closed: every decode, or encode, waits. Tests open it instead of hoping for a certain speed.
    std::atomic<bool> holdDecodes = false;
    std::atomic<bool> holdEncodes = false;

    std::vector<core::Prompt> prompts() const
    {
        const std::lock_guard guard(mutex);
        return asked;
    }

    mutable std::mutex mutex;
    std::vector<core::Prompt> asked;
};

/// The fake segmenter under a test's control.
class ScriptedSegmenter : public core::Segmenter
{
public:
    explicit ScriptedSegmenter(std::shared_ptr<SegmenterLog> log, bool gainsByLookingCloser = false)
        : m_log(std::move(log)), m_info(m_fake.info())
    {
        m_info.gainsByLookingCloser = gainsByLookingCloser;
    }

    const core::SegmenterInfo &info() const override { return m_info; }

    std::shared_ptr<const core::ImageEmbedding>
    encode(core::ImageView image, std::stop_token stop,
           const core::EncodeProgress &progress) override
    {
        ++m_log->encodes;
        if (m_log->failEncodes)
            throw core::Error(core::ErrorKind::OutOfMemory, "no memory for this picture");
        while (m_log->holdEncodes && !stop.stop_requested()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            if (progress)
                progress(0.5); // as between two layers
        }
        if (stop.stop_requested()) {
            ++m_log->stoppedEncodes;
            throw core::Error(core::ErrorKind::Cancelled, "stopped");
        }
        return m_fake.encode(image, stop, progress);
    }

    void prepare(const core::ImageEmbedding &) override
    {
        ++m_log->prepared;
        if (m_log->failPreparing)
            throw core::Error(core::ErrorKind::OutOfMemory, "no memory for what is common");
    }

    std::vector<core::MaskCandidate> decode(const core::ImageEmbedding &embedding,
                                            const core::Prompt &prompt) override
    {
        ++m_log->decodes;
        {
            const std::lock_guard guard(m_log->mutex);
            m_log->asked.push_back(prompt);
        }
        while (m_log->holdDecodes)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        if (m_log->failDecodes)
            throw core::Error(core::ErrorKind::OutOfMemory, "no memory for this prompt");
        std::vector<core::MaskCandidate> candidates = m_fake.decode(embedding, prompt);
        if (m_info.gainsByLookingCloser && prompt.previous) {
            candidates.front().predictedIou += 0.05f; // surer of what it sees closer
            if (m_log->loseInParts)
                clear(candidates.front());
        }
        return candidates;
    }

private:
    static void clear(core::MaskCandidate &candidate)
    {
        candidate.mask = core::Mask(candidate.mask.size);
        std::fill(candidate.logits.values.begin(), candidate.logits.values.end(), -8.f);
    }

    std::shared_ptr<SegmenterLog> m_log;
    core::FakeSegmenter m_fake;
    core::SegmenterInfo m_info;
};
