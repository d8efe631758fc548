// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace core::compact
{

/// Widths and depths of the compact model. The defaults are the shipped model's; a checkpoint's are
/// read from its tensors' names and shapes.
struct CompactConfig {
    int stem = 32;       ///< channels at stride 2
    int stride4 = 48;    ///< channels at stride 4
    int stride8 = 96;    ///< channels at stride 8
    int stride16 = 192;  ///< channels at stride 16
    int stride32 = 256;  ///< channels at stride 32
    int blocks4 = 2;     ///< residual blocks at stride 4
    int blocks8 = 3;     ///< residual blocks at stride 8
    int blocks16 = 5;    ///< residual blocks at stride 16
    int blocks32 = 4;    ///< residual blocks at stride 32
    int embedding = 128; ///< channels of the image embedding and of the tokens
    int heads = 4;       ///< attention heads, the same in every model
    bool operator==(const CompactConfig &) const = default;
};

/// The picture is padded to a multiple of this.
constexpr int compactStride = 32;
/// Logits come on a grid of this many pixels.
constexpr int compactMaskStride = 2;
/// Candidates of one decode: the single mask, then three ambiguity-aware ones.
constexpr int compactMaskCount = 4;
/// Length of the similarity vectors. Few are enough to tell materials apart, and they are compared
/// with every point of every prompt.
constexpr int similarityLength = 32;
constexpr int fineSimilarityLength = 16; ///< at stride 2
/// Channels of the mask head at stride 4, and at stride 2.
constexpr int coarseChannels = 32;
constexpr int fineChannels = 16;

} // namespace core::compact
