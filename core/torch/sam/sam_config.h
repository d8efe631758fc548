// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/checkpoint/state_dict.h"

#include <cstdint>
#include <string>
#include <vector>

namespace core::sam
{

/// Sizes of a SAM v1 model. All but decoderHeads follow from the shapes of the tensors.
struct SamConfig {
    // Image encoder
    std::int64_t inputSize = 1024; ///< side of the padded square, pixels
    std::int64_t patchSize = 16;
    std::int64_t embedDim = 768;
    std::int64_t heads = 12;
    std::int64_t mlpDim = 3072;
    bool qkvBias = true;
    bool absolutePositions = true;
    bool relativePositions = true;
    std::vector<std::int64_t> windowSizes; ///< one per block, in patches; 0: global attention
    std::int64_t outChannels = 256;        ///< of the image embedding

    // Prompt encoder
    std::int64_t maskChannels = 16; ///< of the mask prompt's stem

    // Mask decoder
    std::int64_t decoderDepth = 2;
    std::int64_t decoderHeads = 8;
    std::int64_t decoderMlpDim = 2048;
    std::int64_t crossAttentionDim =
        128;                     ///< inner channels of the attention between tokens and image
    std::int64_t maskTokens = 4; ///< 1 + the ambiguity-aware ones
    std::int64_t iouHeadDepth = 3;
    std::int64_t iouHeadDim = 256;

    std::int64_t grid() const { return inputSize / patchSize; } ///< side of the embedding
    std::int64_t logitsSize() const { return grid() * 4; }      ///< side of the low-res logits
    std::int64_t depth() const { return static_cast<std::int64_t>(windowSizes.size()); }
};

/// Whether the tensors' names are those of a SAM v1 with a plain ViT.
bool looksLikeSam(const StateDict &tensors);

/// Reads the sizes from names and shapes. What they cannot tell:
/// - heads of the image encoder without relative positions: 64 channels a head;
/// - heads of the decoder: 8, as published, but never fewer than 4 channels a head in the cross
/// attention. Throws Error(BadCheckpoint) naming the tensor that is missing or of an impossible
/// shape.
SamConfig samConfigOf(const StateDict &tensors, const std::string &checkpointName);

class CheckpointShapes;

/// Reads the sizes of prompt encoder and mask decoder, which all of SAM's family have in common;
/// outChannels is known before.
void readPromptParts(SamConfig &config, const CheckpointShapes &shapes);

/// The published sizes: "vit_b", "vit_l", "vit_h". Throws Error(BadCheckpoint) for any other name.
SamConfig officialSamConfig(const std::string &name);

/// "SAM ViT-B", "-L", "-H", or "SAM ViT 48x4" (channels x blocks) for other sizes.
std::string architectureName(const SamConfig &config);

} // namespace core::sam
