// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/logit_cuts.h"

#include "core/segmentation/logit_loops.h"
#include "core/segmentation/logit_rows.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>
#include <vector>

namespace core
{
namespace
{

constexpr int undecided = -1;

/// Interpolation rounds a few times, each time by less than a millionth of the largest value.
constexpr float rounding = 1e-5f;

/// Pixels of the original, side by side, and the low-res samples that they are made of.
struct Stretch {
    int begin = 0; ///< of the pixels, end not included
    int end = 0;
    LogitRows::Samples samples;
};

/// Cuts 0 .. pixels into stretches whose samples begin alike.
template <typename SamplesOf>
std::vector<Stretch> stretches(int pixels, const SamplesOf &samplesOf)
{
    std::vector<Stretch> result;
    for (int i = 0; i < pixels; ++i) {
        const LogitRows::Samples samples = samplesOf(i);
        if (result.empty() || result.back().samples.first != samples.first)
            result.push_back({i, i, samples});
        result.back().end = i + 1;
        result.back().samples.last = samples.last;
    }
    return result;
}

/// The least and the greatest value in every column of some low-res rows.
class ColumnBounds
{
public:
    explicit ColumnBounds(int width) : m_least(std::size_t(width)), m_greatest(std::size_t(width))
    {
    }

    void take(std::span<const float> values, const LogitRows::Samples &rows)
    {
        const std::size_t width = m_least.size();
        const float *row = values.data() + std::size_t(rows.first) * width;
        std::copy_n(row, width, m_least.begin());
        std::copy_n(row, width, m_greatest.begin());
        for (int y = rows.first + 1; y <= rows.last; ++y) {
            row += width;
            for (std::size_t x = 0; x < width; ++x) {
                m_least[x] = std::min(m_least[x], row[x]);
                m_greatest[x] = std::max(m_greatest[x], row[x]);
            }
        }
    }

    /// How many of the cuts all that is interpolated from `columns` lies above, or undecided.
    int level(const LogitRows::Samples &columns, std::span<const float> cuts) const
    {
        float least = m_least[std::size_t(columns.first)];
        float greatest = m_greatest[std::size_t(columns.first)];
        for (int x = columns.first + 1; x <= columns.last; ++x) {
            least = std::min(least, m_least[std::size_t(x)]);
            greatest = std::max(greatest, m_greatest[std::size_t(x)]);
        }
        const float margin = rounding * std::max(std::abs(least), std::abs(greatest));
        int level = 0;
        for (const float cut : cuts) {
            if (least - margin > cut)
                ++level;
            else if (greatest + margin > cut)
                return undecided;
        }
        return level;
    }

private:
    std::vector<float> m_least;
    std::vector<float> m_greatest;
};

/// What lies between undecided cells close to each other becomes undecided, too: a row that is
/// computed at once takes less time than its parts one by one.
void joinUndecided(std::span<int> levels)
{
    constexpr std::ptrdiff_t close = 12;
    auto last = levels.end();
    for (auto level = levels.begin(); level != levels.end(); ++level) {
        if (*level != undecided)
            continue;
        if (last != levels.end() && level - last > 1 && level - last <= close)
            std::fill(last, level, undecided);
        last = level;
    }
}

/// Infinities and NaNs have no bounds to reason with.
constexpr float noBounds = std::numeric_limits<float>::infinity();

/// From the first to the last of the samples above a bound, in one direction.
struct Extent {
    int first = std::numeric_limits<int>::max();
    int last = -1;

    void take(int sample)
    {
        first = std::min(first, sample);
        last = std::max(last, sample);
    }
    /// Begin and end of the pixels that are made of any of them.
    std::pair<int, int> pixels(const std::vector<Stretch> &stretches) const
    {
        int begin = 0, end = 0;
        for (const Stretch &stretch : stretches) {
            if (stretch.samples.last < first || stretch.samples.first > last)
                continue;
            begin = end == 0 ? stretch.begin : begin;
            end = stretch.end;
        }
        return {begin, end};
    }
};

} // namespace

PixelRect reachAbove(std::span<const float> values, Size logitsSize, const InputGeometry &geometry,
                     float cut)
{
    const float greatest = greatestMagnitude(values);
    if (greatest == noBounds)
        return {0, 0, geometry.original.width, geometry.original.height};
    // Twice what level() allows for, which is rounded by itself.
    const float bound = cut - 2 * rounding * greatest;
    Extent columns, rows;
    for (int y = 0; y < logitsSize.height; ++y) {
        const float *row = values.data() + std::ptrdiff_t(y) * logitsSize.width;
        const auto isAbove = [bound](float value) { return value > bound; };
        const float *const end = row + logitsSize.width;
        const float *const first = std::find_if(row, end, isAbove);
        if (first == end)
            continue;
        rows.take(y);
        columns.take(int(first - row));
        const auto last = std::find_if(std::make_reverse_iterator(end),
                                       std::make_reverse_iterator(first), isAbove);
        columns.take(int(last.base() - row) - 1);
    }
    const LogitRows samples(values, logitsSize, geometry);
    const auto [left, right] = columns.pixels(
        stretches(geometry.original.width, [&](int x) { return samples.samplesOfColumn(x); }));
    const auto [top, bottom] = rows.pixels(
        stretches(geometry.original.height, [&](int y) { return samples.samplesOfRow(y); }));
    return {left, top, right - left, bottom - top};
}

void cutLogits(std::span<const float> values, Size logitsSize, const InputGeometry &geometry,
               std::span<const float> cuts, LogitCutSink &sink)
{
    LogitRows rows(values, logitsSize, geometry);
    const Size size = rows.size();
    if (greatestMagnitude(values) == noBounds) {
        for (int y = 0; y < size.height; ++y)
            sink.row(y, 0, rows.row(y));
        return;
    }
    const auto bands = stretches(size.height, [&](int y) { return rows.samplesOfRow(y); });
    const auto cells = stretches(size.width, [&](int x) { return rows.samplesOfColumn(x); });
    ColumnBounds bounds(logitsSize.width);
    std::vector<int> levels(cells.size());
    for (const Stretch &band : bands) {
        bounds.take(values, band.samples);
        for (std::size_t cell = 0; cell < cells.size(); ++cell)
            levels[cell] = bounds.level(cells[cell].samples, cuts);
        joinUndecided(levels);
        for (std::size_t cell = 0; cell < cells.size();) {
            const int level = levels[cell];
            const int x = cells[cell].begin;
            while (++cell < cells.size() && levels[cell] == level) {
            }
            const int width = cells[cell - 1].end - x;
            if (level != undecided) {
                sink.area({x, band.begin, width, band.end - band.begin}, level);
                continue;
            }
            rows.narrow(x, width);
            for (int y = band.begin; y < band.end; ++y)
                sink.row(y, x, rows.row(y));
        }
    }
}

} // namespace core
