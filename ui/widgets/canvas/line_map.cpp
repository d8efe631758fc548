// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/line_map.h"

#include "core/mask/avx2.h"

#include "ui/widgets/canvas/screen_pixels.h"

#include <QPen>

#include <algorithm>
#include <cmath>

namespace ui
{
namespace
{

constexpr int side = LineMap::tileSide;
constexpr std::size_t tileArea = std::size_t(side) * side;
constexpr float farthest = 254; ///< as distances are kept; beyond it nothing is painted

/// The share of a pixel that a stroke covers, at this distance from its middle: that of a straight
/// edge along the pixels' rows.
double coverage(double distance, double width)
{
    return std::clamp(std::min(width, (width + 1) / 2 - distance), 0.0, 1.0);
}

/// A share of `color` over `under`, which is premultiplied.
QRgb shareOver(const QColor &color, double share, QRgb under)
{
    const double alpha = color.alphaF() * share;
    const auto mix = [&](double part, int below) {
        return static_cast<int>(std::lround(part * alpha * 255 + below * (1 - alpha)));
    };
    return qRgba(mix(color.redF(), qRed(under)), mix(color.greenF(), qGreen(under)),
                 mix(color.blueF(), qBlue(under)), mix(1, qAlpha(under)));
}

/// So coarse that differences from pixels are exact: what is painted in parts is, to the last bit,
/// what is painted at once.
float onGrid(double position)
{
    constexpr double steps = 128; // of a pixel
    constexpr double most = 60'000;
    const double step = std::clamp(position, -most, most) * steps;
    return static_cast<float>(static_cast<int>(step + (step < 0 ? -0.5 : 0.5)) / steps);
}

constexpr int group = 8; ///< pixels side by side that are worked out together

/// Some rows of a tile.
struct Strip {
    std::uint8_t *distances;
    int groups; ///< of a row
    int rows;
    float x, y; ///< of the first pixel
    float scale;
};

/// From (0, 0) to (dx, dy), screen pixels.
struct Segment {
    float dx, dy;
    float perSquare; ///< 1 by the square of its length; 0: a point

    [[gnu::always_inline]] float distance(float x, float y) const
    {
        float along = (x * dx + y * dy) * perSquare;
        along = along > 0 ? along : 0;
        along = along < 1 ? along : 1;
        const float ex = x - along * dx, ey = y - along * dy;
        return std::sqrt(ex * ex + ey * ey);
    }
    /// Puts the distances of pixels where they are less than what is there. Written for compilers
    /// to make vectors of it, of whatever length the caller is compiled for.
    [[gnu::always_inline]] void approach(const Strip &strip) const
    {
        std::uint8_t *distances = strip.distances;
        for (int row = 0; row < strip.rows; ++row, distances += side) {
            const float y = strip.y + float(row);
            for (int first = 0; first < strip.groups * group; first += group) {
                float kept[group];
                for (int i = 0; i < group; ++i) {
                    const float d = distance(strip.x + float(first + i), y) * strip.scale + 0.5F;
                    kept[i] = d < 255 ? d : 255;
                }
                for (int i = 0; i < group; ++i) {
                    const auto d = static_cast<std::uint8_t>(static_cast<int>(kept[i]));
                    distances[first + i] = d < distances[first + i] ? d : distances[first + i];
                }
            }
        }
    }
};

void approachPlainly(const Segment &segment, const Strip &strip)
{
    segment.approach(strip);
}

#ifdef MASKWRIGHT_AVX2
/// To the same bits: nothing is contracted.
MASKWRIGHT_AVX2 void approachWide(const Segment &segment, const Strip &strip)
{
    segment.approach(strip);
}
#endif

/// As this processor does it quickest.
const auto approach = [] {
#ifdef MASKWRIGHT_AVX2
    if (core::hasAvx2())
        return approachWide;
#endif
    return approachPlainly;
}();

} // namespace

LineMap::LineMap(const QRect &part, const std::vector<QPen> &pens, double ratio)
    : m_part(part), m_tileColumns((part.width() + side - 1) / side),
      m_tileRows((part.height() + side - 1) / side),
      m_tiles(std::size_t(m_tileColumns) * std::size_t(m_tileRows), -1)
{
    double widest = 0;
    for (const QPen &pen : pens)
        widest = std::max(widest, pen.widthF() * ratio);
    m_reach = static_cast<float>((widest + 1) / 2);
    m_scale = farthest / m_reach;
    for (std::size_t i = 0; i <= std::size_t(farthest); ++i) {
        for (const QPen &pen : pens)
            m_colors[i] = shareOver(
                pen.color(), coverage(double(i) / m_scale, pen.widthF() * ratio), m_colors[i]);
    }
}

std::uint8_t *LineMap::touch(int column, int row)
{
    std::int32_t &number =
        m_tiles[std::size_t(row) * std::size_t(m_tileColumns) + std::size_t(column)];
    if (number < 0) {
        number = static_cast<std::int32_t>(m_distances.size() / tileArea);
        m_distances.resize(m_distances.size() + tileArea, 255);
    }
    return m_distances.data() + std::size_t(number) * tileArea;
}

void LineMap::add(QPointF from, QPointF to)
{
    const float beginX = onGrid(from.x()), beginY = onGrid(from.y());
    const float ax = beginX - float(m_part.x()), dx = onGrid(to.x()) - beginX;
    const float ay = beginY - float(m_part.y()), dy = onGrid(to.y()) - beginY;
    // Nothing here is below zero, so that a conversion rounds down; without SSE 4.1 floor() is a
    // call.
    const auto firstOf = [this](float a, float d) {
        return static_cast<int>(std::max(a + std::min(d, 0.0F) - m_reach, 0.0F));
    };
    const auto endOf = [this](float a, float d, int end) {
        const float last = std::clamp(a + std::max(d, 0.0F) + m_reach, 0.0F, float(end));
        const int whole = static_cast<int>(last);
        return whole + (float(whole) < last);
    };
    const int left = firstOf(ax, dx), right = endOf(ax, dx, m_part.width());
    const int top = firstOf(ay, dy), bottom = endOf(ay, dy, m_part.height());
    if (left >= right || top >= bottom)
        return;
    const float squared = dx * dx + dy * dy;
    const Segment segment{dx, dy, squared > 0 ? 1 / squared : 0};
    constexpr float halfTile = side / 2.0F;
    constexpr float toCorner = halfTile * 1.4143F;
    for (int row = top / side; row * side < bottom; ++row) {
        for (int column = left / side; column * side < right; ++column) {
            const float x = float(column * side) - ax, y = float(row * side) - ay;
            if (segment.distance(x + halfTile, y + halfTile) > m_reach + toCorner)
                continue; // a slanted line leaves most of its box alone
            std::uint8_t *distances = touch(column, row);
            const int first = std::max(left - column * side, 0);
            const int end = std::min(right - column * side, side);
            const int groups = (end - first + group - 1) / group;
            const int begin = std::min(first, side - groups * group);
            const int line = std::max(top - row * side, 0);
            approach(segment, {distances + line * side + begin, groups,
                               std::min(bottom - row * side, side) - line, x + float(begin) + 0.5F,
                               y + float(line) + 0.5F, m_scale});
        }
    }
}

void LineMap::paintOver(int tileColumn, int row, QRgb *pixels) const
{
    const std::int32_t number = tile(tileColumn, row / side);
    if (number < 0)
        return;
    const std::uint8_t *distances =
        m_distances.data() + std::size_t(number) * tileArea + std::size_t(row % side) * side;
    const int count = std::min(side, m_part.width() - tileColumn * side);
    for (int x = 0; x < count; ++x) {
        if (distances[x] != 255)
            pixels[x] = over(m_colors[distances[x]], pixels[x]);
    }
}

void LineMap::paintOver(int row, QRgb *pixels) const
{
    for (int column = 0; column < m_tileColumns; ++column)
        paintOver(column, row, pixels + column * side);
}

} // namespace ui
