// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/sam/sam_segmenter.h"
#include "core/torch/tinyvit/tiny_vit_config.h"

namespace core::tinyvit
{

/// Whether the tensors' names are those of a SAM with a TinyViT for an image encoder.
bool looksLikeMobileSam(const StateDict &tensors);

/// MobileSAM: SAM with a small image encoder; the rest is SAM's own.
class MobileSam : public sam::SamSegmenter
{
public:
    /// `tensors` as readCheckpoint gives them; what official checkpoints carry along and nobody
    /// uses (the classifier, counters) is left out. No tensor tells the size of the input:
    /// published models take 1024 pixels. Throws Error(BadCheckpoint, OutOfMemory).
    MobileSam(const StateDict &tensors, const std::string &modelName, const Runtime &runtime,
              std::int64_t inputSize = TinyVitConfig::publishedInput);
};

/// Every tensor of a MobileSAM of the published sizes.
sam::TensorShapes mobileSamShapes();

} // namespace core::tinyvit
