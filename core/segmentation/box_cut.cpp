// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/box_cut.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace core
{
namespace
{

constexpr int lowestCut = -8; ///< tenths
constexpr int highestCut = 4;
constexpr double usualCut = -0.1;
/// What a cut has to fit better, as a logarithm, for each logit that it is away from the usual one.
constexpr double reluctance = 0.2;

struct Span {
    double begin = 0;
    double end = 0;
    double length() const { return end - begin; }
};

double overlap(const Span &a, const Span &b)
{
    return std::max(0.0, std::min(a.end, b.end) - std::max(a.begin, b.begin));
}

/// One axis of the grid: the greatest logit of each column, or row, that shows the picture.
struct Profile {
    std::vector<float> most;
    double cellLength; ///< in pixels of the picture
    int length;        ///< of the picture

    Profile(int cells, int padded, int resized, int original)
        : most(static_cast<std::size_t>(std::clamp(
                   static_cast<int>(std::lround(double(cells) * resized / padded)), 1, cells)),
               -std::numeric_limits<float>::infinity()),
          cellLength(double(padded) / cells * original / resized), length(original)
    {
    }

    /// Where it is above `cut`, with its ends between the cells' middles; empty: nowhere.
    Span above(float cut) const
    {
        const auto isAbove = [cut](float value) { return value > cut; };
        const auto first = std::find_if(most.begin(), most.end(), isAbove) - most.begin();
        const auto last = most.rend() - std::find_if(most.rbegin(), most.rend(), isAbove) - 1;
        if (last < first)
            return {};
        const auto share = [cut](float in, float out) { return (in - cut) / (in - out); };
        const auto at = [this](std::ptrdiff_t i) { return most[static_cast<std::size_t>(i)]; };
        Span span{0, double(length)};
        if (first > 0)
            span.begin = (double(first) + 0.5 - share(at(first), at(first - 1))) * cellLength;
        if (last + 1 < static_cast<std::ptrdiff_t>(most.size()))
            span.end = (double(last) + 0.5 + share(at(last), at(last + 1))) * cellLength;
        return span;
    }
};

} // namespace

float boxCut(const LowResLogits &logits, const InputGeometry &geometry, const Box &box)
{
    const InputGeometry &g = geometry;
    Profile columns(logits.size.width, g.padded.width, g.resized.width, g.original.width);
    Profile rows(logits.size.height, g.padded.height, g.resized.height, g.original.height);
    for (std::size_t y = 0; y < rows.most.size(); ++y) {
        const float *row = logits.values.data() + y * static_cast<std::size_t>(logits.size.width);
        for (std::size_t x = 0; x < columns.most.size(); ++x) {
            columns.most[x] = std::max(columns.most[x], row[x]);
            rows.most[y] = std::max(rows.most[y], row[x]);
        }
    }

    const Box drawn = box.normalized(); // its corners are pixels that belong to it
    const Span across{drawn.x0, drawn.x1 + 1}, down{drawn.y0, drawn.y1 + 1};
    float best = 0;
    double bestScore = -std::numeric_limits<double>::infinity();
    for (int tenths = lowestCut; tenths <= highestCut; ++tenths) {
        const float cut = static_cast<float>(tenths) / 10;
        const Span x = columns.above(cut), y = rows.above(cut);
        const double both = overlap(x, across) * overlap(y, down);
        if (both <= 0)
            continue;
        const double either = x.length() * y.length() + across.length() * down.length() - both;
        const double score = std::log(both / either) - reluctance * std::abs(cut - usualCut);
        if (score > bestScore) {
            bestScore = score;
            best = cut;
        }
    }
    return best;
}

} // namespace core
