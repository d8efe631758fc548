// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/placed_logits.h"

#include "core/segmentation/focus.h"
#include "core/segmentation/prior_logits.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace core
{
namespace
{

/// One direction of how a grid lies over the picture.
struct Axis {
    int start;    ///< of the window, in the picture
    int original; ///< of the window
    int resized;
    int padded;
    int cells;

    /// Of a cell's centre, in pixels from the picture's border.
    double positionOf(int cell) const
    {
        return (cell + 0.5) * padded / cells * original / resized + start;
    }
    /// In cells, whole at their centres.
    double cellAt(double position) const
    {
        return (position - start) * resized / original * cells / padded - 0.5;
    }
};

Axis across(const LogitsPlace &place, Size size)
{
    return {place.window.x, place.geometry.original.width, place.geometry.resized.width,
            place.geometry.padded.width, size.width};
}

Axis down(const LogitsPlace &place, Size size)
{
    return {place.window.y, place.geometry.original.height, place.geometry.resized.height,
            place.geometry.padded.height, size.height};
}

/// Between which two cells of another grid a cell lies.
struct Between {
    int first;
    int second;
    float share; ///< of the second
    bool isOutside;
};

std::vector<Between> betweenCells(const Axis &from, const Axis &to)
{
    std::vector<Between> all;
    all.reserve(std::size_t(to.cells));
    for (int cell = 0; cell < to.cells; ++cell) {
        const double at = from.cellAt(to.positionOf(cell));
        const double inside = std::clamp(at, 0.0, from.cells - 1.0);
        const int first = int(inside);
        all.push_back({first, std::min(first + 1, from.cells - 1), float(inside - first),
                       at <= -1 || at >= from.cells});
    }
    return all;
}

} // namespace

LogitsPlace placeOf(const FocusedEmbedding &view)
{
    return {view.embedding->geometry(), view.window};
}

LowResLogits broughtTo(const LogitsPlace &place, Size size, const PlacedLogits &from)
{
    const Size known = from.logits.size;
    if (from.place == place && known == size)
        return from.logits;
    const auto columns = betweenCells(across(from.place, known), across(place, size));
    const auto rows = betweenCells(down(from.place, known), down(place, size));
    LowResLogits logits{size, {}};
    logits.values.reserve(std::size_t(size.area()));
    for (const Between &row : rows) {
        const float *const above =
            &from.logits.values[std::size_t(row.first) * std::size_t(known.width)];
        const float *const below =
            &from.logits.values[std::size_t(row.second) * std::size_t(known.width)];
        for (const Between &column : columns) {
            if (row.isOutside || column.isOutside) {
                logits.values.push_back(-priorLogit);
                continue;
            }
            const auto along = [&column](const float *values) {
                return std::lerp(values[column.first], values[column.second], column.share);
            };
            logits.values.push_back(std::lerp(along(above), along(below), row.share));
        }
    }
    return logits;
}

} // namespace core
