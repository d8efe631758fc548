// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/segmenter.h"
#include "core/torch/checkpoint/state_dict.h"

#include <optional>

namespace core
{

/// ImageEmbedding::save() for LibTorch's embeddings: a .safetensors file in memory. `kind` names
/// the architecture and the version of its encoder's code; whoever changes what an encoder computes
/// changes its kind. Tensors that are undefined are left out. Layout (channels last) is kept: it
/// decides which kernels run, and with them the last bits.
std::vector<std::byte> saveEmbedding(const std::string &kind, const ImageEmbedding &embedding,
                                     const StateDict &tensors);

struct SavedEmbedding {
    InputGeometry geometry;
    StateDict tensors; ///< on the CPU; borrow the bytes
};

/// Nothing when the bytes are of another kind or of no kind.
std::optional<SavedEmbedding> savedEmbedding(const std::string &kind, const EmbeddingBytes &bytes);

} // namespace core
