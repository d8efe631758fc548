// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace core::compact
{

/// What a sparse token stands for. As in SAM, a prompt without a box is filled up with one Padding.
enum class TokenKind : std::int64_t { Background, Foreground, TopLeft, BottomRight, Padding };
constexpr int tokenKinds = 5;

struct PromptToken {
    ModelPoint position; ///< (0, 0) is the outer corner of the first pixel
    TokenKind kind = TokenKind::Padding;
};

/// One prompt on one picture. A box is its two corners' tokens.
struct TokenPrompt {
    std::vector<PromptToken> tokens;
    const float *previous = nullptr; ///< [H/2, W/2] logits of the last answer; null: none
};

/// P prompts on B pictures of one size; prompt p asks about picture p / (P / B). All have the same
/// number of tokens T. Coordinates are model pixels with (0, 0) at the outer corner of the first
/// one.
struct PromptBatch {
    torch::Tensor coordinates; ///< (P, T, 2) x, y
    torch::Tensor kinds;       ///< (P, T) int64, TokenKind
    torch::Tensor boxes;       ///< (P, 4) x0, y0, x1, y1; zeros without a box
    torch::Tensor hasBox;      ///< (P) 0 or 1
    torch::Tensor
        previous; ///< (P, 1, H/2, W/2) logits of the last answer, or undefined: none has one
    torch::Tensor hasPrevious; ///< (P) 0 or 1

    std::int64_t count() const { return coordinates.size(0); }
    PromptBatch to(torch::Device device) const;
};

} // namespace core::compact
