// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/segmenter.h"
#include "core/torch/checkpoint/state_dict.h"
#include "core/torch/compact/compact_embedding.h"
#include "core/torch/compact/compact_model.h"
#include "core/torch/compact/cpu_image_encoder.h"
#include "core/torch/compact/cpu_mask_decoder.h"
#include "core/torch/runtime.h"

namespace core::compact
{

/// The compact model in use: resizes, pads to a multiple of 32 by repeating the border, encodes
/// once, and decodes prompts one by one or many in a batch. One thread at a time.
class CompactSegmenter : public Segmenter
{
public:
    /// `model` is used up: folded for inference, moved to the runtime's device, and emptied of what
    /// is kept packed.
    CompactSegmenter(CompactModel model, const std::string &modelName, const Runtime &runtime,
                     int longSide = defaultLongSide);
    /// Throws Error(BadCheckpoint).
    CompactSegmenter(const StateDict &tensors, const std::string &modelName,
                     const Runtime &runtime);

    const SegmenterInfo &info() const override { return m_info; }
    std::shared_ptr<const ImageEmbedding> encode(ImageView image, std::stop_token stop = {},
                                                 const EncodeProgress &progress = {}) override;
    std::shared_ptr<const ImageEmbedding> loadEmbedding(const EmbeddingBytes &bytes) override;
    std::vector<MaskCandidate> decode(const ImageEmbedding &embedding,
                                      const Prompt &prompt) override;
    std::vector<std::vector<MaskCandidate>> decodeBatch(const ImageEmbedding &embedding,
                                                        std::span<const Prompt> prompts) override;
    std::vector<std::vector<ScoredLogits>> decodeLogits(const ImageEmbedding &embedding,
                                                        std::span<const Prompt> prompts) override;

    /// The picture's longest side is brought to this many pixels.
    static constexpr int defaultLongSide = 288;

private:
    std::vector<std::vector<ScoredLogits>> decodeOnce(const CompactEmbedding &embedding,
                                                      std::span<const Prompt> prompts);
    void lookOverBoxes(const CompactEmbedding &embedding, std::span<const Prompt> prompts,
                       std::vector<std::vector<ScoredLogits>> &answers);
    std::vector<std::vector<ScoredLogits>> decodeByKernels(const CompactEmbedding &embedding,
                                                           std::span<const Prompt> prompts);
    std::vector<std::vector<ScoredLogits>> decodeByModules(const CompactEmbedding &embedding,
                                                           std::span<const Prompt> prompts);
    ImageFeatures features(const torch::Tensor &pixels);

    CompactModel m_model;
    std::unique_ptr<CpuImageEncoder> m_cpuEncoder; ///< null: the model's own encoder is used
    std::unique_ptr<CpuMaskDecoder> m_cpuDecoder;  ///< null: the model's own decoder is used
    Runtime m_runtime;
    int m_longSide;
    SegmenterInfo m_info;
};

} // namespace core::compact
