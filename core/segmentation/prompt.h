// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"

#include <optional>
#include <vector>

namespace core
{

enum class PointLabel { Background = 0, Foreground = 1 };

struct PointPrompt {
    ImagePoint position;
    PointLabel label = PointLabel::Foreground;
    bool operator==(const PointPrompt &) const = default;
};

/// The decoder's answer before the threshold, on the model's own grid (SAM: 256x256 over the padded
/// square). Row-major. Can be fed back with the next prompt, which refines the answer.
struct LowResLogits {
    Size size;
    std::vector<float> values;
    bool operator==(const LowResLogits &) const = default;
};

/// How many masks a decode returns.
enum class MaskOutput {
    Auto,   ///< as SAM advises: three for one lone point, one otherwise
    Single, ///< the single-mask token
    Multi,  ///< the three ambiguity-aware masks
};

/// One question to the model. The previous answer is simply a part of the next question.
struct Prompt {
    std::vector<PointPrompt> points;      ///< original image pixels
    std::optional<Box> box;               ///< original image pixels, two corners
    std::optional<LowResLogits> previous; ///< of the model that is asked
    MaskOutput output = MaskOutput::Auto;

    bool isEmpty() const { return points.empty() && !box && !previous; }
    bool isBoxAlone() const { return box && points.empty(); }
    /// Whether three masks are returned.
    bool multimaskOutput() const
    {
        if (output != MaskOutput::Auto)
            return output == MaskOutput::Multi;
        return points.size() == 1 && !box && !previous;
    }
    bool operator==(const Prompt &) const = default;
};

} // namespace core
