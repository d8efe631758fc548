// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"
#include "core/segmentation/focus.h"

#include <memory>
#include <vector>

namespace ui
{

/// How an answer lies over the picture: the logits over the window that the model saw, a mask that
/// was there before over the rest.
struct LogitFrame {
    core::InputGeometry geometry; ///< of the window
    core::PixelRect window;
    core::Size picture;
    std::shared_ptr<const core::Rle> kept; ///< null: nothing lies outside the window
    /// Not null: this mask, changed only where the clicks point at it.
    std::shared_ptr<const core::Rle> start;
    std::vector<core::PointPrompt> clicks;
};

/// The window's mask in the picture, brought together with what is to stay.
core::Rle inPicture(const core::Mask &part, const LogitFrame &frame);
/// The mask where the logits are above the threshold.
core::Rle cut(const core::LowResLogits &logits, const LogitFrame &frame, float threshold);

} // namespace ui
