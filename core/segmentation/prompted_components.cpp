// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/prompted_components.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace core
{
namespace
{

/// Cells of the logits' grid, row-major.
struct Component {
    std::vector<std::size_t> cells;
    bool prompted = false;
};

/// Flood fill over the eight neighbours of every positive cell; `owner` gets each cell's component
/// or -1.
std::vector<Component> positiveComponents(const LowResLogits &logits, std::vector<int> &owner)
{
    const int width = logits.size.width;
    const int height = logits.size.height;
    owner.assign(logits.values.size(), -1);
    std::vector<Component> components;
    for (std::size_t seed = 0; seed < owner.size(); ++seed) {
        if (owner[seed] >= 0 || !(logits.values[seed] > 0))
            continue;
        const int id = static_cast<int>(components.size());
        std::vector<std::size_t> cells{seed};
        owner[seed] = id;
        for (std::size_t next = 0; next < cells.size(); ++next) {
            const int cx = static_cast<int>(cells[next]) % width;
            const int cy = static_cast<int>(cells[next]) / width;
            for (int y = std::max(cy - 1, 0); y <= std::min(cy + 1, height - 1); ++y) {
                for (int x = std::max(cx - 1, 0); x <= std::min(cx + 1, width - 1); ++x) {
                    const auto cell = static_cast<std::size_t>(y) * width + x;
                    if (owner[cell] < 0 && logits.values[cell] > 0) {
                        owner[cell] = id;
                        cells.push_back(cell);
                    }
                }
            }
        }
        components.push_back({std::move(cells), false});
    }
    return components;
}

/// From original pixels to the grid.
class GridFrame
{
public:
    GridFrame(Size grid, const InputGeometry &geometry) : m_grid(grid), m_geometry(geometry) {}

    int column(double x) const { return clamped(scale(x, 0), m_grid.width); }
    int row(double y) const { return clamped(scale(y, 1), m_grid.height); }

private:
    double scale(double value, int axis) const
    {
        const InputGeometry &g = m_geometry;
        return axis == 0
                   ? value * g.resized.width / g.original.width * m_grid.width / g.padded.width
                   : value * g.resized.height / g.original.height * m_grid.height / g.padded.height;
    }
    static int clamped(double value, int count)
    {
        return static_cast<int>(std::clamp(std::floor(value), 0.0, count - 1.0));
    }

    Size m_grid;
    const InputGeometry &m_geometry;
};

} // namespace

void keepPromptedComponents(LowResLogits &logits, const InputGeometry &geometry,
                            const Prompt &prompt)
{
    std::vector<int> owner;
    std::vector<Component> components = positiveComponents(logits, owner);
    if (components.size() < 2)
        return;

    const Size grid = logits.size;
    const GridFrame frame(grid, geometry);
    for (const PointPrompt &point : prompt.points) {
        if (point.label != PointLabel::Foreground)
            continue;
        const int cx = frame.column(point.position.x);
        const int cy = frame.row(point.position.y);
        for (int y = std::max(cy - 1, 0); y <= std::min(cy + 1, grid.height - 1); ++y) {
            for (int x = std::max(cx - 1, 0); x <= std::min(cx + 1, grid.width - 1); ++x) {
                const int id = owner[static_cast<std::size_t>(y) * grid.width + x];
                if (id >= 0)
                    components[id].prompted = true;
            }
        }
    }
    if (prompt.previous && prompt.previous->size == grid) {
        for (std::size_t cell = 0; cell < owner.size(); ++cell) {
            if (owner[cell] >= 0 && prompt.previous->values[cell] > 0)
                components[owner[cell]].prompted = true;
        }
    }
    if (prompt.box) {
        const Box box = prompt.box->normalized();
        const int left = frame.column(box.x0), right = frame.column(box.x1);
        const int top = frame.row(box.y0), bottom = frame.row(box.y1);
        for (Component &component : components) {
            const auto inside = std::count_if(
                component.cells.begin(), component.cells.end(), [&](std::size_t cell) {
                    const int x = static_cast<int>(cell) % grid.width;
                    const int y = static_cast<int>(cell) / grid.width;
                    return x >= left && x <= right && y >= top && y <= bottom;
                });
            if (2 * static_cast<std::size_t>(inside) >= component.cells.size())
                component.prompted = true;
        }
    }

    if (std::none_of(components.begin(), components.end(),
                     [](const Component &c) { return c.prompted; }))
        return;
    for (const Component &component : components) {
        if (component.prompted)
            continue;
        for (const std::size_t cell : component.cells)
            logits.values[cell] = -logits.values[cell];
    }
}

} // namespace core
