// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/closer_look.h"

#include "core/mask/mask_measure.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace core
{
namespace
{

// Chosen so that few windows are encoded; masks were as good with 1.25 to 2, 1.05 to 1.3 and .5
// to .85: see resources/model/MODEL_CARD.md.
constexpr double surroundings = 1.4; ///< the window's side by the object's longer side
constexpr double leastGain = 1.15;
constexpr double sameView = 0.6;

} // namespace

PixelRect closerWindow(const Box &object, Size picture)
{
    const PixelRect window = windowAround(object, surroundings, picture);
    return focusGain(window, picture) < leastGain ? wholeWindow(picture) : window;
}

bool isAnotherView(const PixelRect &wanted, const PixelRect &seen)
{
    const auto overlap = [](int a, int lengthA, int b, int lengthB) {
        return double(std::max(0, std::min(a + lengthA, b + lengthB) - std::max(a, b)));
    };
    const auto area = [](const PixelRect &rect) { return double(rect.width) * rect.height; };
    const double both = overlap(wanted.x, wanted.width, seen.x, seen.width) *
                        overlap(wanted.y, wanted.height, seen.y, seen.height);
    return both < sameView * (area(wanted) + area(seen) - both);
}

std::optional<Box> extentOf(const Prompt &prompt, const PixelRect &mask)
{
    std::optional<Box> extent;
    const auto add = [&extent](double x, double y) {
        extent = extent ? Box{std::min(extent->x0, x), std::min(extent->y0, y),
                              std::max(extent->x1, x), std::max(extent->y1, y)}
                        : Box{x, y, x, y};
    };
    for (const PointPrompt &point : prompt.points)
        add(point.position.x, point.position.y);
    if (prompt.box) {
        add(prompt.box->x0, prompt.box->y0);
        add(prompt.box->x1, prompt.box->y1);
    }
    if (!mask.isEmpty()) {
        add(mask.x, mask.y);
        add(mask.x + mask.width - 1, mask.y + mask.height - 1);
    }
    return extent;
}

std::optional<PixelRect> closerLookAt(const Prompt &prompt, const PixelRect &mask,
                                      const PixelRect &seen, Size picture)
{
    if (mask.isEmpty())
        return {};
    const PixelRect window = closerWindow(*extentOf(prompt, mask), picture);
    if (isAnotherView(window, seen))
        return window;
    const bool isWorthAsking = prompt.isBoxAlone() && !prompt.multimaskOutput();
    return isWorthAsking ? std::optional(seen) : std::nullopt;
}

CloserLook::CloserLook(Segmenter &segmenter, FocusedEmbedding whole, Encode encode)
    : m_segmenter(segmenter), m_whole(std::move(whole)), m_encode(std::move(encode))
{
    if (!segmenter.info().gainsByLookingCloser)
        m_encode = nullptr;
}

CloserLook::Encode CloserLook::partsOf(Segmenter &segmenter, ImageView picture,
                                       std::stop_token stop)
{
    return [&segmenter, picture, stop = std::move(stop)](const PixelRect &window) {
        return segmenter.encode(picture.part(window), stop);
    };
}

const FocusedEmbedding &CloserLook::viewFor(const Prompt &prompt,
                                            const std::optional<PlacedLogits> &previous) const
{
    const bool isKnown =
        m_closer.embedding && previous && previous->place.window == m_closer.window;
    return isKnown && showsAll(m_closer.window, prompt) ? m_closer : m_whole;
}

std::vector<CloserLook::Seen> CloserLook::askIn(const FocusedEmbedding &view, Prompt prompt,
                                                const std::optional<PlacedLogits> &previous)
{
    const LogitsPlace place = placeOf(view);
    if (previous)
        prompt.previous = broughtTo(place, view.embedding->logitsSize(), *previous);
    std::vector<Seen> seen;
    for (MaskCandidate &candidate : decode(m_segmenter, view, prompt))
        seen.push_back({std::move(candidate), place});
    return seen;
}

std::vector<CloserLook::Seen> CloserLook::ask(const Prompt &prompt,
                                              const std::optional<PlacedLogits> &previous)
{
    assert(!prompt.previous);
    return askIn(viewFor(prompt, previous), prompt, previous);
}

CloserLook::Seen CloserLook::closer(const Prompt &prompt, Seen found)
{
    if (!m_encode)
        return found;
    const auto window = closerLookAt(prompt, boundingBox(found.candidate.mask), found.place.window,
                                     m_whole.picture);
    if (!window)
        return found;
    const bool isWhole = *window == m_whole.window;
    if (!isWhole && !(m_closer.embedding && m_closer.window == *window))
        m_closer = {m_encode(*window), *window, m_whole.picture};
    Prompt again = prompt;
    again.output = MaskOutput::Single;
    Seen seen = std::move(askIn(isWhole ? m_whole : m_closer, again, found.logits()).front());
    return area(seen.candidate.mask) > 0 ? std::move(seen) : std::move(found);
}

CloserLook::Seen CloserLook::best(const Prompt &prompt, std::vector<Seen> answers)
{
    const auto best =
        std::max_element(answers.begin(), answers.end(), [](const Seen &a, const Seen &b) {
            return a.candidate.predictedIou < b.candidate.predictedIou;
        });
    return closer(prompt, std::move(*best));
}

} // namespace core
