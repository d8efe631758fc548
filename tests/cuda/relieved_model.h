// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/memory_relief.h"
#include "core/torch/checkpoint/state_dict.h"

#include <torch/torch.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

/// A SAM that goes without one thing after the other when memory runs out, as the inference thread
/// of the window does it.
class RelievedModel
{
public:
    /// The tensors must outlive it.
    RelievedModel(const core::StateDict &tensors, torch::Device device);

    /// The picture encoded where it is not, all prompts of the batch, then the first by itself.
    std::vector<core::ScoredLogits> answers(const core::Image &picture,
                                            const std::vector<core::Prompt> &prompts);

    const core::SegmenterInfo &info() const { return m_segmenter->info(); }
    /// What was given up, in words.
    const std::string &steps() const { return m_steps; }
    /// Prints that, where the model computes now, and what was said last.
    void tell() const;

private:
    /// Loads the model where there is none, runs `work`, and gives up one thing after the other
    /// until both have the memory they need.
    void withEnoughMemory(const std::function<void()> &work);
    void load();

    const core::StateDict &m_tensors;
    torch::Device m_device;
    core::MemoryRelief m_relief;
    std::unique_ptr<core::Segmenter> m_segmenter;
    std::shared_ptr<const core::ImageEmbedding> m_embedding;
    std::string m_steps, m_sentence;
};

/// Largest difference of logits over the largest logit.
double difference(const std::vector<core::ScoredLogits> &actual,
                  const std::vector<core::ScoredLogits> &expected);
