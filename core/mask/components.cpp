// SPDX-License-Identifier: Apache-2.0
#include "core/mask/components.h"

#include "core/mask/rle_builder.h"
#include "core/mask/rle_measure.h"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace core
{
namespace
{

/// Rows `top` to before `bottom` of a column.
struct ColumnRun {
    std::uint32_t column;
    std::uint32_t top;
    std::uint32_t bottom;
};

/// The runs within `block` that are on, or those that are off.
std::vector<ColumnRun> columnRuns(const Rle &mask, const PixelRect &block, bool on)
{
    const auto height = static_cast<std::uint64_t>(mask.size.height);
    const auto top = static_cast<std::uint64_t>(block.y);
    const std::uint64_t bottom = top + static_cast<std::uint64_t>(block.height);
    const auto left = static_cast<std::uint64_t>(block.x);
    const std::uint64_t right = left + static_cast<std::uint64_t>(block.width);
    std::vector<ColumnRun> runs;
    runs.reserve(mask.counts.size());
    std::uint64_t begin = 0;
    for (std::size_t i = 0; i < mask.counts.size(); ++i) {
        const std::uint64_t end = begin + mask.counts[i];
        if ((i % 2 == 1) == on && begin < end) {
            const std::uint64_t last = std::min((end - 1) / height + 1, right);
            for (std::uint64_t x = std::max(begin / height, left); x < last; ++x) {
                const std::uint64_t first = std::max(begin, x * height + top);
                const std::uint64_t stop = std::min(end, x * height + bottom);
                if (first >= stop)
                    continue;
                const auto column = static_cast<std::uint32_t>(x);
                const auto runTop = static_cast<std::uint32_t>(first - x * height);
                const auto runBottom = static_cast<std::uint32_t>(stop - x * height);
                // Files may hold empty runs, which part what belongs together.
                if (!runs.empty() && runs.back().column == column && runs.back().bottom == runTop)
                    runs.back().bottom = runBottom;
                else
                    runs.push_back({column, runTop, runBottom});
            }
        }
        begin = end;
    }
    return runs;
}

/// Which runs hang together: the root of each, found through its parents.
class Forest
{
public:
    explicit Forest(std::size_t count) : m_parents(count)
    {
        std::iota(m_parents.begin(), m_parents.end(), 0U);
    }
    std::uint32_t root(std::uint32_t i)
    {
        while (m_parents[i] != i)
            i = m_parents[i] = m_parents[m_parents[i]];
        return i;
    }
    /// The earlier root becomes that of both, so that roots are first runs.
    void join(std::uint32_t a, std::uint32_t b)
    {
        a = root(a);
        b = root(b);
        m_parents[std::max(a, b)] = std::min(a, b);
    }

private:
    std::vector<std::uint32_t> m_parents;
};

Forest connect(const std::vector<ColumnRun> &runs, Connectivity connectivity)
{
    const std::uint32_t reach = connectivity == Connectivity::Eight ? 1 : 0;
    Forest forest(runs.size());
    std::size_t before = 0; // the first run of the column to the left that may still touch
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const ColumnRun &run = runs[i];
        const auto isLeftOf = [&](const ColumnRun &other) {
            return other.column + 1 < run.column ||
                   (other.column + 1 == run.column && other.bottom + reach <= run.top);
        };
        while (isLeftOf(runs[before]))
            ++before;
        for (std::size_t j = before;
             runs[j].column + 1 == run.column && runs[j].top < run.bottom + reach; ++j)
            forest.join(static_cast<std::uint32_t>(j), static_cast<std::uint32_t>(i));
    }
    return forest;
}

void include(Components::Component &component, const ColumnRun &run)
{
    const auto x = static_cast<int>(run.column);
    const auto top = static_cast<int>(run.top);
    const auto bottom = static_cast<int>(run.bottom);
    PixelRect &box = component.box;
    if (component.area == 0)
        box = {x, top, 1, bottom - top};
    const int lowest = std::max(box.y + box.height, bottom);
    box.width = x - box.x + 1; // runs come from left to right
    box.y = std::min(box.y, top);
    box.height = lowest - box.y;
    component.area += bottom - top;
}

Components findComponents(const Rle &mask, const PixelRect &block, bool on,
                          Connectivity connectivity)
{
    const std::vector<ColumnRun> runs = columnRuns(mask, block, on);
    Forest forest = connect(runs, connectivity);
    Components result{mask.size, {}, {}};
    result.runs.reserve(runs.size());
    const auto height = static_cast<std::uint32_t>(mask.size.height);
    std::vector<std::uint32_t> indices(runs.size()); // of the components, at their roots
    for (std::uint32_t i = 0; i < runs.size(); ++i) {
        const std::uint32_t root = forest.root(i);
        if (root == i) {
            indices[i] = static_cast<std::uint32_t>(result.list.size());
            result.list.emplace_back();
        }
        const ColumnRun &run = runs[i];
        include(result.list[indices[root]], run);
        const std::uint32_t column = run.column * height;
        result.runs.push_back({column + run.top, column + run.bottom, indices[root]});
    }
    return result;
}

} // namespace

Components findParts(const Rle &mask, Connectivity connectivity)
{
    return findComponents(mask, {0, 0, mask.size.width, mask.size.height}, true, connectivity);
}

Components findHoles(const Rle &mask, Connectivity connectivity)
{
    // Around the mask's block everything is off: what touches the block's edge is no hole.
    const PixelRect block = boundingBox(mask);
    const Components all = findComponents(mask, block, false, connectivity);
    Components holes{mask.size, {}, {}};
    std::vector<std::uint32_t> indices;
    std::vector<bool> isHole;
    for (const Components::Component &component : all.list) {
        const PixelRect &box = component.box;
        isHole.push_back(box.x > block.x && box.y > block.y &&
                         box.x + box.width < block.x + block.width &&
                         box.y + box.height < block.y + block.height);
        indices.push_back(static_cast<std::uint32_t>(holes.list.size()));
        if (isHole.back())
            holes.list.push_back(component);
    }
    for (const Components::Run &run : all.runs) {
        if (isHole[run.component])
            holes.runs.push_back({run.begin, run.end, indices[run.component]});
    }
    return holes;
}

std::vector<Rle> masksOf(const Components &components)
{
    std::vector<RleBuilder> builders(components.list.size(), RleBuilder(components.size));
    for (const Components::Run &run : components.runs)
        builders[run.component].add(run.begin, run.end);
    std::vector<Rle> masks;
    masks.reserve(builders.size());
    for (RleBuilder &builder : builders)
        masks.push_back(builder.finish());
    return masks;
}

Rle maskOf(const Components &components, const std::vector<bool> &isWanted)
{
    assert(isWanted.size() == components.list.size());
    RleBuilder builder(components.size);
    for (const Components::Run &run : components.runs) {
        if (isWanted[run.component])
            builder.add(run.begin, run.end);
    }
    return builder.finish();
}

} // namespace core
