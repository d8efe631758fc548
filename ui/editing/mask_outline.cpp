// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/mask_outline.h"

#include <QPolygonF>

#include <array>
#include <vector>

namespace ui
{
namespace
{

// Directions clockwise, y downwards: the mask lies on the right hand of every edge.
enum Direction { Right, Down, Left, Up };
constexpr std::array<int, 4> stepX{1, 0, -1, 0};
constexpr std::array<int, 4> stepY{0, 1, 0, -1};

/// The grid of pixel corners; each knows by four bits which edges leave it.
class EdgeGrid
{
public:
    EdgeGrid(std::span<const std::uint8_t> rows, int width, int height)
        : m_width(width + 1), m_edges(std::size_t(width + 1) * std::size_t(height + 1), 0)
    {
        const auto on = [&](int x, int y) {
            return x >= 0 && y >= 0 && x < width && y < height &&
                   rows[std::size_t(y) * std::size_t(width) + std::size_t(x)] != 0;
        };
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                if (!on(x, y))
                    continue;
                if (!on(x, y - 1))
                    add(x, y, Right);
                if (!on(x + 1, y))
                    add(x + 1, y, Down);
                if (!on(x, y + 1))
                    add(x + 1, y + 1, Left);
                if (!on(x - 1, y))
                    add(x, y + 1, Up);
            }
        }
    }

    std::uint8_t &at(int x, int y)
    {
        return m_edges[std::size_t(y) * std::size_t(m_width) + std::size_t(x)];
    }

private:
    void add(int x, int y, Direction direction) { at(x, y) |= std::uint8_t(1 << direction); }

    int m_width;
    std::vector<std::uint8_t> m_edges;
};

/// Takes the ring that begins at a corner out of the grid.
QPolygonF takeRing(EdgeGrid &grid, int x, int y, QPointF origin)
{
    QPolygonF ring;
    int direction = Right; // the topmost left corner of a ring has its top edge
    int previous = -1;
    while (true) {
        std::uint8_t &edges = grid.at(x, y);
        // Turning right first keeps pixels apart that touch at a corner only.
        for (const int turn : {1, 0, 3}) {
            const int next = (direction + turn) % 4;
            if (edges & (1 << next)) {
                direction = next;
                break;
            }
        }
        if (!(edges & (1 << direction)))
            break; // back at the start
        edges = std::uint8_t(edges & ~(1 << direction));
        if (direction != previous)
            ring << origin + QPointF(x, y);
        previous = direction;
        x += stepX[std::size_t(direction)];
        y += stepY[std::size_t(direction)];
    }
    return ring;
}

} // namespace

QPainterPath traceOutline(std::span<const std::uint8_t> rows, int width, int height, QPointF origin)
{
    EdgeGrid grid(rows, width, height);
    QPainterPath path;
    path.setFillRule(Qt::OddEvenFill);
    for (int y = 0; y <= height; ++y) {
        for (int x = 0; x <= width; ++x) {
            while (grid.at(x, y) & (1 << Right)) {
                path.addPolygon(takeRing(grid, x, y, origin));
                path.closeSubpath();
            }
        }
    }
    return path;
}

} // namespace ui
