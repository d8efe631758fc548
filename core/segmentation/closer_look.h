// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/focus.h"
#include "core/segmentation/placed_logits.h"
#include "core/segmentation/segmenter.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace core
{

/// What a second look at an object is for: it and a fifth of its longer side around it, no less
/// than `leastFocusSide` pixels; the whole picture where that would not be seen at least 1.15 times
/// finer than it.
PixelRect closerWindow(const Box &object, Size picture);

/// Whether the window to look at shows something else than the one that was seen: less than six
/// tenths of what lies in either lie in both.
bool isAnotherView(const PixelRect &wanted, const PixelRect &seen);

/// Where to look once more after an answer: `mask` is its bounding box, `seen` the window that it
/// was found in. Where that would show nothing new, one mask for a box alone is worth asking
/// about again where it was, with the answer; anything else is not, nor is an empty mask.
std::optional<PixelRect> closerLookAt(const Prompt &prompt, const PixelRect &mask,
                                      const PixelRect &seen, Size picture);

/// What the prompt's points and box and a mask's bounding box cover; none of them: nothing. All is
/// in the picture's frame.
std::optional<Box> extentOf(const Prompt &prompt, const PixelRect &mask);

/// Asks a model as a person looks: first at the picture, then closer at what was found there. For
/// models that gain by it (SegmenterInfo::gainsByLookingCloser); others are asked once.
///
///     CloserLook look(segmenter, whole, CloserLook::partsOf(segmenter, picture));
///     auto mask = look.best(prompt, look.ask(prompt)).candidate.mask;
///
/// The window looked at last is kept: prompts that lie in it are asked there.
class CloserLook
{
public:
    using Encode = std::function<std::shared_ptr<const ImageEmbedding>(const PixelRect &window)>;

    /// An answer, its mask in the picture's frame, and where its logits lie.
    struct Seen {
        MaskCandidate candidate;
        LogitsPlace place;
        PlacedLogits logits() const { return {candidate.logits, place}; }
    };

    /// `encode` looks at a part of the picture of `whole`; without it, only `whole` is asked.
    CloserLook(Segmenter &segmenter, FocusedEmbedding whole, Encode encode);
    /// Parts of `picture`, which has to stay as long.
    static Encode partsOf(Segmenter &segmenter, ImageView picture, std::stop_token stop = {});

    /// The model's answers in its own order, from the closest view at hand that shows all of the
    /// prompt. `previous` is any answer about this picture and takes the place of prompt.previous,
    /// which must not be there.
    std::vector<Seen> ask(const Prompt &prompt, const std::optional<PlacedLogits> &previous = {});

    /// What a closer look at an answer to the prompt says; `found` itself where there is nothing to
    /// look at again (closerLookAt()), or nothing is left of it there.
    Seen closer(const Prompt &prompt, Seen found);

    /// The one of highest predicted IoU of the answers to the prompt, looked at closer.
    Seen best(const Prompt &prompt, std::vector<Seen> answers);

private:
    const FocusedEmbedding &viewFor(const Prompt &prompt,
                                    const std::optional<PlacedLogits> &previous) const;
    std::vector<Seen> askIn(const FocusedEmbedding &view, Prompt prompt,
                            const std::optional<PlacedLogits> &previous);

    Segmenter &m_segmenter;
    FocusedEmbedding m_whole;
    FocusedEmbedding m_closer; ///< no embedding: nothing was looked at yet
    Encode m_encode;
};

} // namespace core
