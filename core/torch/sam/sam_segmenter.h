// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/segmenter.h"
#include "core/torch/checkpoint/state_dict.h"
#include "core/torch/runtime.h"
#include "core/torch/sam/click_decoder.h"
#include "core/torch/sam/encoder.h"
#include "core/torch/sam/mask_decoder.h"
#include "core/torch/sam/prompt_encoder.h"
#include "core/torch/sam/sam_tensors.h"

namespace core::sam
{

class Weights;

/// What tells one architecture of SAM's family from another.
struct SamParts {
    std::string architecture; ///< its name
    SamConfig config;    ///< of it inputSize, patchSize, outChannels and the prompt parts count
    TensorShapes shapes; ///< of all tensors
    /// From weights of runtime.tensorType(). Throws Error(DeviceUnavailable) for a precision that
    /// the encoder does not compute in there.
    std::function<std::unique_ptr<Encoder>(const Weights &, const Runtime &)> makeEncoder;
};

/// SAM v1 behind the Segmenter interface: the three parts, the exact input path and the
/// post-processing.
class SamSegmenter : public Segmenter
{
public:
    /// `tensors` as readCheckpoint gives them. Throws Error(BadCheckpoint, OutOfMemory).
    SamSegmenter(const StateDict &tensors, const std::string &modelName, const Runtime &runtime);

    const SegmenterInfo &info() const override { return m_info; }
    std::shared_ptr<const ImageEmbedding> encode(ImageView image, std::stop_token stop,
                                                 const EncodeProgress &progress) override;
    std::shared_ptr<const ImageEmbedding> loadEmbedding(const EmbeddingBytes &bytes) override;
    void prepare(const ImageEmbedding &embedding) override;
    std::vector<MaskCandidate> decode(const ImageEmbedding &embedding,
                                      const Prompt &prompt) override;
    std::vector<std::vector<MaskCandidate>> decodeBatch(const ImageEmbedding &embedding,
                                                        std::span<const Prompt> prompts) override;
    std::vector<std::vector<ScoredLogits>> decodeLogits(const ImageEmbedding &embedding,
                                                        std::span<const Prompt> prompts) override;
    std::vector<std::vector<ScoredRuns>> decodeRuns(const ImageEmbedding &embedding,
                                                    std::span<const Prompt> prompts,
                                                    const RunFilter &filter) override;

protected:
    /// With another image encoder than SAM's. `tensors` must be exactly those of parts.shapes;
    /// throws Error(BadCheckpoint) otherwise.
    SamSegmenter(const StateDict &tensors, const SamParts &parts, const std::string &modelName,
                 const Runtime &runtime);

private:
    /// Answers to prompts of one kind, on the model's device.
    struct Answers {
        std::span<const std::size_t> members; ///< which of the prompts
        torch::Tensor logits;                 ///< [members, masks, h, w] float32
        torch::Tensor iou;                    ///< [members, masks]
    };
    /// Decodes the prompts group by group; answers are valid until `use` returns.
    void decodeGroups(const ImageEmbedding &embedding, std::span<const Prompt> prompts,
                      const std::function<void(const Answers &)> &use);
    bool cutsOnDevice() const;
    /// Of the picture asked about; of one at a time, as it takes more than the picture's maps.
    const KnownImage *knownOf(const torch::Tensor &features);
    torch::Tensor inputOf(ImageView image, const InputGeometry &geometry) const;

    Runtime m_runtime;
    SamConfig m_config;
    SegmenterInfo m_info;
    std::unique_ptr<Encoder> m_imageEncoder;
    PromptEncoder m_promptEncoder;
    MaskDecoder m_maskDecoder;
    ClickDecoder m_clickDecoder;
    torch::Tensor m_knownFeatures; ///< what m_known is of; kept so that it stays itself
    std::optional<KnownImage> m_known;
};

} // namespace core::sam
