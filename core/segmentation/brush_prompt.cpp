// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/brush_prompt.h"

#include "core/segmentation/prior_logits.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace core
{
namespace
{

// Two samplings of one way differ in the last bits of what is computed from them. Every decision
// (how many points, which pixel, inside or not) is therefore taken at a threshold that no drawn way
// hits by itself: whole, half and quarter pixels are common, these are not.
constexpr double oddShift = 0.013579;

// Less sure than "painted": whoever paints along an object does not say that it ends where the
// brush did.
constexpr float unpaintedLogit = -priorLogit / 2;

double distance(ImagePoint a, ImagePoint b)
{
    return std::hypot(a.x - b.x, a.y - b.y);
}

double distanceToSegment(ImagePoint p, ImagePoint a, ImagePoint b)
{
    const ImagePoint d{b.x - a.x, b.y - a.y};
    const double squared = d.x * d.x + d.y * d.y;
    if (squared == 0)
        return distance(p, a);
    const double t = std::clamp(((p.x - a.x) * d.x + (p.y - a.y) * d.y) / squared, 0.0, 1.0);
    return distance(p, {a.x + t * d.x, a.y + t * d.y});
}

double lengthOf(std::span<const ImagePoint> path)
{
    double length = 0;
    for (std::size_t i = 1; i < path.size(); ++i)
        length += distance(path[i - 1], path[i]);
    return length;
}

ImagePoint pointAt(std::span<const ImagePoint> path, double way)
{
    for (std::size_t i = 1; i < path.size(); ++i) {
        const double step = distance(path[i - 1], path[i]);
        if (way <= step && step > 0) {
            const double t = way / step;
            return {path[i - 1].x + t * (path[i].x - path[i - 1].x),
                    path[i - 1].y + t * (path[i].y - path[i - 1].y)};
        }
        way -= step;
    }
    return path.back();
}

ImagePoint wholePixel(ImagePoint p, Size size)
{
    return {std::clamp(std::floor(p.x + 0.5 + oddShift), 0.0, size.width - 1.0),
            std::clamp(std::floor(p.y + 0.5 + oddShift), 0.0, size.height - 1.0)};
}

/// Two radii apart, so that no two points say the same; the ends of a long stroke are left out by
/// half a step, because hands overshoot there.
std::vector<PointPrompt> spreadPoints(const BrushStroke &stroke, Size size)
{
    const double length = lengthOf(stroke.path);
    const double spacing = 2 * std::max(stroke.radius, 1.0);
    const int count =
        std::clamp(int(std::floor(length / spacing + 1 + oddShift)), 1, maxBrushPoints);
    std::vector<PointPrompt> points;
    for (int i = 0; i < count; ++i) {
        const ImagePoint p = pointAt(stroke.path, length * (i + 0.5) / count);
        const PointPrompt point{wholePixel(p, size), stroke.label};
        if (points.empty() || points.back() != point)
            points.push_back(point);
    }
    return points;
}

LowResLogits strokeLogits(const BrushStroke &stroke, const InputGeometry &geometry, Size logitsSize)
{
    LowResLogits logits{logitsSize,
                        std::vector<float>(std::size_t(logitsSize.area()), unpaintedLogit)};
    // A stroke thinner than a cell still paints the cells it passes through.
    const ImagePoint first = toImage(0, 0, geometry, logitsSize);
    const ImagePoint second = toImage(1, 1, geometry, logitsSize);
    const double reach = std::max(stroke.radius, distance(first, second) / 2) + oddShift;
    const auto cellOf = [](double position, double origin, double step, int limit) {
        return int(std::clamp((position - origin) / step, 0.0, double(limit)));
    };
    const double stepX = second.x - first.x, stepY = second.y - first.y;
    for (std::size_t i = 0; i < stroke.path.size(); ++i) {
        const ImagePoint a = stroke.path[i == 0 ? 0 : i - 1], b = stroke.path[i];
        const int left = cellOf(std::min(a.x, b.x) - reach, first.x, stepX, logitsSize.width);
        const int top = cellOf(std::min(a.y, b.y) - reach, first.y, stepY, logitsSize.height);
        const int right = cellOf(std::max(a.x, b.x) + reach, first.x, stepX, logitsSize.width - 1);
        const int bottom =
            cellOf(std::max(a.y, b.y) + reach, first.y, stepY, logitsSize.height - 1);
        for (int y = top; y <= bottom; ++y) {
            for (int x = left; x <= right; ++x) {
                const ImagePoint centre = toImage(x + 0.5, y + 0.5, geometry, logitsSize);
                if (distanceToSegment(centre, a, b) <= reach)
                    logits.values[std::size_t(y) * std::size_t(logitsSize.width) + std::size_t(x)] =
                        priorLogit;
            }
        }
    }
    return logits;
}

} // namespace

Prompt brushPrompt(const BrushStroke &stroke, const InputGeometry &geometry, Size logitsSize)
{
    assert(!stroke.path.empty());
    Prompt prompt;
    prompt.points = spreadPoints(stroke, geometry.original);
    if (stroke.label == PointLabel::Foreground)
        prompt.previous = strokeLogits(stroke, geometry, logitsSize);
    return prompt;
}

} // namespace core
