// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/focus.h"

#include <algorithm>
#include <cmath>

namespace core
{
namespace
{

/// A stretch of `length` around `middle`, moved into 0 to `limit`.
int startOf(double middle, int length, int limit)
{
    return static_cast<int>(
        std::clamp(std::round(middle - length / 2.0), 0.0, static_cast<double>(limit - length)));
}

Mask placed(const Mask &part, const PixelRect &window, Size picture)
{
    Mask mask(picture);
    for (int y = 0; y < window.height; ++y)
        std::copy_n(part.row(y), window.width, mask.row(window.y + y) + window.x);
    return mask;
}

} // namespace

FocusedEmbedding wholeView(std::shared_ptr<const ImageEmbedding> embedding)
{
    const Size picture = embedding->geometry().original;
    return {std::move(embedding), wholeWindow(picture), picture};
}

PixelRect focusWindow(const Box &object, Size picture)
{
    return windowAround(object, 2, picture);
}

PixelRect windowAround(const Box &object, double surroundings, Size picture)
{
    const Box box = object.normalized();
    const double longer = std::max(box.width(), box.height()) + 1;
    const int side = std::max(leastFocusSide, static_cast<int>(std::ceil(surroundings * longer)));
    const int width = std::min(side, picture.width);
    const int height = std::min(side, picture.height);
    return {startOf((box.x0 + box.x1 + 1) / 2, width, picture.width),
            startOf((box.y0 + box.y1 + 1) / 2, height, picture.height), width, height};
}

PixelRect windowOf(const Box &part, Size picture)
{
    const Box box = part.normalized();
    const auto pixel = [](double position, int limit) {
        return static_cast<int>(std::clamp(std::floor(position + 0.5), 0.0, double(limit)));
    };
    const int x = pixel(box.x0, picture.width);
    const int y = pixel(box.y0, picture.height);
    return {x, y, pixel(box.x1 + 1, picture.width) - x, pixel(box.y1 + 1, picture.height) - y};
}

PixelRect chooseFocus(const std::optional<Box> &object, const PixelRect &visible, Size picture)
{
    if (!object)
        return visible;
    const PixelRect around = focusWindow(*object, picture);
    const Box box = object->normalized();
    const bool isVisible =
        isInside(visible, {box.x0, box.y0}) && isInside(visible, {box.x1, box.y1});
    return isVisible && focusGain(visible, picture) > focusGain(around, picture) ? visible : around;
}

double focusGain(const PixelRect &window, Size picture)
{
    const int longer = std::max(window.width, window.height);
    return longer == 0 ? 0 : static_cast<double>(std::max(picture.width, picture.height)) / longer;
}

bool isWorthFocus(const Box &object, const InputGeometry &geometry, Size logitsSize)
{
    const Box box = object.normalized();
    const double columns = (box.width() + 1) * geometry.resized.width / geometry.original.width *
                           logitsSize.width / geometry.padded.width;
    const double rows = (box.height() + 1) * geometry.resized.height / geometry.original.height *
                        logitsSize.height / geometry.padded.height;
    return std::min(columns, rows) < smallObjectCells &&
           focusGain(focusWindow(object, geometry.original), geometry.original) >= 2;
}

bool isInside(const PixelRect &window, ImagePoint position)
{
    const ImagePoint p = toWindow(window, position);
    return p.x >= -0.5 && p.y >= -0.5 && p.x < window.width - 0.5 && p.y < window.height - 0.5;
}

bool showsAll(const PixelRect &window, const Prompt &prompt)
{
    const auto isShown = [&window](const PointPrompt &point) {
        return isInside(window, point.position);
    };
    return std::all_of(prompt.points.begin(), prompt.points.end(), isShown) &&
           (!prompt.box || (isInside(window, {prompt.box->x0, prompt.box->y0}) &&
                            isInside(window, {prompt.box->x1, prompt.box->y1})));
}

ImagePoint toWindow(const PixelRect &window, ImagePoint position)
{
    return {position.x - window.x, position.y - window.y};
}

std::optional<Box> toWindow(const PixelRect &window, const Box &box)
{
    const Box whole = box.normalized();
    const double right = window.width - 1.0, bottom = window.height - 1.0;
    const Box moved{whole.x0 - window.x, whole.y0 - window.y, whole.x1 - window.x,
                    whole.y1 - window.y};
    if (moved.x1 < 0 || moved.y1 < 0 || moved.x0 > right || moved.y0 > bottom)
        return {};
    return Box{std::max(moved.x0, 0.0), std::max(moved.y0, 0.0), std::min(moved.x1, right),
               std::min(moved.y1, bottom)};
}

Prompt toWindow(const PixelRect &window, const Prompt &prompt)
{
    Prompt moved{{}, std::nullopt, prompt.previous, prompt.output};
    for (const PointPrompt &point : prompt.points) {
        if (isInside(window, point.position))
            moved.points.push_back({toWindow(window, point.position), point.label});
    }
    if (prompt.box)
        moved.box = toWindow(window, *prompt.box);
    return moved;
}

std::vector<MaskCandidate> decode(Segmenter &segmenter, const FocusedEmbedding &focused,
                                  const Prompt &prompt)
{
    if (focused.isWhole())
        return segmenter.decode(*focused.embedding, prompt);
    auto candidates = segmenter.decode(*focused.embedding, toWindow(focused.window, prompt));
    for (MaskCandidate &candidate : candidates)
        candidate.mask = placed(candidate.mask, focused.window, focused.picture);
    return candidates;
}

} // namespace core
