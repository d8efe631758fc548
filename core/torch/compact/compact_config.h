// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace core::compact
{

/// Widths of the compact model. The defaults are the shipped model's; a checkpoint's are read from
/// its tensors' shapes.
struct CompactConfig {
    int stem = 24;       ///< channels at stride 2
    int stride4 = 32;    ///< channels at stride 4
    int stride8 = 64;    ///< channels at stride 8
    int stride16 = 128;  ///< channels at stride 16
    int stride32 = 160;  ///< channels at stride 32
    int embedding = 128; ///< channels of the image embedding and of the tokens
    int heads = 4;       ///< attention heads
    bool operator==(const CompactConfig &) const = default;
};

/// The picture is padded to a multiple of this.
constexpr int compactStride = 32;
/// Logits come on a grid of this many pixels.
constexpr int compactMaskStride = 2;
/// Candidates of one decode: the single mask, then three ambiguity-aware ones.
constexpr int compactMaskCount = 4;

} // namespace core::compact
