// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/logit_cuts.h"

#include "core/segmentation/logit_rows.h"

#include <algorithm>
#include <cmath>
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

/// Infinities and NaNs have no bounds to reason with.
bool isFinite(std::span<const float> values)
{
    float sum = 0;
    for (const float value : values)
        sum += value * 0.0f;
    return sum == 0.0f;
}

} // namespace

void cutLogits(std::span<const float> values, Size logitsSize, const InputGeometry &geometry,
               std::span<const float> cuts, LogitCutSink &sink)
{
    LogitRows rows(values, logitsSize, geometry);
    const Size size = rows.size();
    if (!isFinite(values)) {
        for (int y = 0; y < size.height; ++y)
            sink.row(y, 0, rows.row(y));
        return;
    }
    const auto bands = stretches(size.height, [&](int y) { return rows.samplesOfRow(y); });
    const auto cells = stretches(size.width, [&](int x) { return rows.samplesOfColumn(x); });
    ColumnBounds bounds(logitsSize.width);
    for (const Stretch &band : bands) {
        bounds.take(values, band.samples);
        for (std::size_t cell = 0; cell < cells.size();) {
            const int level = bounds.level(cells[cell].samples, cuts);
            const int x = cells[cell].begin;
            while (++cell < cells.size() && bounds.level(cells[cell].samples, cuts) == level) {
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
