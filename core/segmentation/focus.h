// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/image.h"
#include "core/geometry/pixel_rect.h"
#include "core/segmentation/prompt.h"
#include "core/segmentation/segmenter.h"

#include <memory>
#include <optional>
#include <vector>

namespace core
{

/// What was made of a part of a picture, which the model then sees as large as it sees whole
/// pictures: small objects gain. The segmenter knows nothing of it: its picture is the window.
struct FocusedEmbedding {
    std::shared_ptr<const ImageEmbedding> embedding; ///< its original size is the window's
    PixelRect window;                                ///< in the picture, whole pixels
    Size picture;

    bool isWhole() const { return window == PixelRect{0, 0, picture.width, picture.height}; }
};

/// A picture looked at as a whole.
FocusedEmbedding wholeView(std::shared_ptr<const ImageEmbedding> embedding);
inline PixelRect wholeWindow(Size picture)
{
    return {0, 0, picture.width, picture.height};
}

/// The object's surroundings that it is best looked at with: a square of twice its longer side and
/// no less than `leastFocusSide` pixels, moved into the picture and cut to it.
PixelRect focusWindow(const Box &object, Size picture);
/// The same with `surroundings` times its longer side.
PixelRect windowAround(const Box &object, double surroundings, Size picture);
/// The whole pixels that a part of the picture touches; empty when it lies outside.
PixelRect windowOf(const Box &part, Size picture);
inline constexpr int leastFocusSide = 48;

/// What to focus on: the visible part, or the object in work with its surroundings where that is
/// smaller or reaches beyond what is visible.
PixelRect chooseFocus(const std::optional<Box> &object, const PixelRect &visible, Size picture);

/// How many times finer the model sees the window than the whole picture.
double focusGain(const PixelRect &window, Size picture);

/// Whether the object is small on the model's grid (its box's shorter side less than
/// `smallObjectCells` logits cells) and looking closer would at least double what the model sees.
bool isWorthFocus(const Box &object, const InputGeometry &geometry, Size logitsSize);
inline constexpr int smallObjectCells = 16;

bool isInside(const PixelRect &window, ImagePoint position);
/// Whether all of the prompt's points and its box lie in the window.
bool showsAll(const PixelRect &window, const Prompt &prompt);
ImagePoint toWindow(const PixelRect &window, ImagePoint position);
/// Cut to the window; nothing when it lies outside.
std::optional<Box> toWindow(const PixelRect &window, const Box &box);
/// The picture's prompt as one of the window: points outside are left out. `previous` is on the
/// window's grid already.
Prompt toWindow(const PixelRect &window, const Prompt &prompt);

/// Prompt and masks in the picture's frame, logits on the window's grid; outside the window masks
/// are empty. A prompt that has nothing in the window must not be asked.
std::vector<MaskCandidate> decode(Segmenter &segmenter, const FocusedEmbedding &focused,
                                  const Prompt &prompt);

} // namespace core
