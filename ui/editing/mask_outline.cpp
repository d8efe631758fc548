// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/mask_outline.h"

#include <QPolygonF>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

namespace ui
{
namespace
{

// Directions clockwise, y downwards: the mask lies on the right hand of every edge.
enum Direction { Right, Down, Left, Up };
constexpr std::array<int, 4> stepX{1, 0, -1, 0};
constexpr std::array<int, 4> stepY{0, 1, 0, -1};

constexpr int wordSize = 8; // pixels, or corners, that are looked at together

std::uint64_t wordAt(const std::uint8_t *bytes)
{
    std::uint64_t word;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

/// The grid of pixel corners; each knows by four bits which edges leave it.
class EdgeGrid
{
public:
    EdgeGrid(const std::uint8_t *pixels, std::ptrdiff_t stride, int width, int height)
        : m_width(width + 1), m_edges(std::size_t(width + 1) * std::size_t(height + 1) + wordSize)
    {
        // Clear pixels all round, and as many as a word reaches too far.
        const std::size_t room = std::size_t(width) + 2 + wordSize;
        std::vector<std::uint8_t> above(room), row(room);
        for (int y = 0; y <= height; ++y) {
            above.swap(row);
            if (y < height)
                std::copy_n(pixels + y * stride, width, &row[1]);
            else
                std::fill(row.begin(), row.end(), std::uint8_t(0));
            addEdges(&above[1], &row[1], y);
        }
    }

    std::uint8_t &at(int x, int y)
    {
        return m_edges[std::size_t(y) * std::size_t(m_width) + std::size_t(x)];
    }
    /// Of a row, the first corner from `x` on that an edge leaves to the right; the row's length
    /// where there is none.
    int findRight(int x, int y)
    {
        constexpr std::uint64_t right = 0x0101'0101'0101'0101;
        while (x < m_width) {
            if ((wordAt(&at(x, y)) & right) == 0)
                x += wordSize;
            else if (at(x, y) & (1 << Right))
                return x;
            else
                ++x;
        }
        return m_width;
    }

private:
    /// The edges between a row of pixels and the one above, and those within the row.
    void addEdges(const std::uint8_t *above, const std::uint8_t *row, int y)
    {
        for (int x = 0; x < m_width;) {
            const std::uint64_t pixels = wordAt(row + x);
            if (pixels == wordAt(above + x) && pixels == wordAt(row + x - 1)) {
                x += wordSize;
                continue;
            }
            for (const int end = std::min(x + wordSize, m_width); x < end; ++x) {
                if (row[x] != above[x])
                    row[x] ? add(x, y, Right) : add(x + 1, y, Left);
                if (row[x] != row[x - 1])
                    row[x] ? add(x, y + 1, Up) : add(x, y, Down);
            }
        }
    }
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

QPainterPath traceOutline(const std::uint8_t *pixels, std::ptrdiff_t stride, QSize size,
                          QPointF origin)
{
    const int width = size.width(), height = size.height();
    EdgeGrid grid(pixels, stride, width, height);
    QPainterPath path;
    path.setFillRule(Qt::OddEvenFill);
    for (int y = 0; y <= height; ++y) {
        for (int x = grid.findRight(0, y); x <= width; x = grid.findRight(x, y)) {
            path.addPolygon(takeRing(grid, x, y, origin));
            path.closeSubpath();
        }
    }
    return path;
}

} // namespace ui
