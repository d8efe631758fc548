// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/sam/sam_tensors.h"

#include <array>

namespace core::tinyvit
{

/// Sizes of one of TinyViT's four stages. The first is made of convolutions, the others of
/// attention in windows.
struct StageConfig {
    std::int64_t channels;
    std::int64_t depth;  ///< blocks
    std::int64_t hidden; ///< channels inside of a block's convolutions or MLP
    std::int64_t heads = 0;
    std::int64_t window = 0; ///< side, in tokens

    bool operator==(const StageConfig &) const = default;
};

/// Sizes of a TinyViT as MobileSAM uses it. All but inputSize follow from the shapes of the
/// tensors.
struct TinyVitConfig {
    static constexpr std::int64_t publishedInput = 1024;
    std::int64_t inputSize = publishedInput; ///< side of the padded square, pixels
    std::int64_t stemChannels = 32;          ///< after the first convolution
    std::array<StageConfig, 4> stages = {{
        {64, 2, 256},
        {128, 2, 512, 4, 7},
        {160, 6, 640, 5, 14},
        {320, 2, 1280, 10, 7},
    }};
    std::int64_t outChannels = 256; ///< of the image embedding

    static constexpr std::int64_t patchSize = 16; ///< pixels a token stands for in the end
    std::int64_t depth() const;                   ///< blocks of all stages
};

/// How far one token of a stage is from the next, seen from the stage before. MobileSAM's last
/// stage keeps the grid of the one before it, which no tensor tells.
std::int64_t strideInto(std::size_t stage);

/// Reads the sizes from names and shapes. Throws Error(BadCheckpoint) naming the tensor that is
/// missing or of an impossible shape.
TinyVitConfig tinyVitConfigOf(const StateDict &tensors, const std::string &checkpointName);

/// Every tensor of the image encoder, by its official name, without what is never used (see
/// mobile_sam.h).
sam::TensorShapes tinyVitShapes(const TinyVitConfig &config);

} // namespace core::tinyvit
