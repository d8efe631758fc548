// SPDX-License-Identifier: Apache-2.0
#include "core/mask/distance_transform.h"

#include <algorithm>

namespace core
{
namespace
{

/// Distance along the column to the nearest pixel that is off, one sweep down and one up.
void columnDistances(const Mask &mask, Beyond beyond, std::vector<std::int64_t> &distances)
{
    const int width = mask.size.width;
    const std::int64_t start = beyond == Beyond::Off ? 0 : unreachable;
    std::vector<std::int64_t> run(static_cast<std::size_t>(width), start);
    const auto sweep = [&](int y) {
        std::int64_t *row = distances.data() + static_cast<std::ptrdiff_t>(y) * width;
        for (int x = 0; x < width; ++x) {
            auto &distance = run[static_cast<std::size_t>(x)];
            distance = mask.at(x, y) ? std::min(distance + 1, unreachable) : 0;
            row[x] = std::min(row[x], distance);
        }
    };
    for (int y = 0; y < mask.size.height; ++y)
        sweep(y);
    std::fill(run.begin(), run.end(), start);
    for (int y = mask.size.height - 1; y >= 0; --y)
        sweep(y);
}

/// One parabola x -> (x - position)^2 + height of the lower envelope, which it owns from `begin`
/// on.
struct Parabola {
    std::int64_t position;
    std::int64_t height;
    std::int64_t begin;
};

/// The first integer at which `right` is lower than `left`, or as low.
std::int64_t meeting(const Parabola &left, const Parabola &right)
{
    const std::int64_t numerator = right.height - left.height + right.position * right.position -
                                   left.position * left.position;
    const std::int64_t denominator = 2 * (right.position - left.position);
    // Rounds up for both signs.
    return numerator >= 0 ? (numerator + denominator - 1) / denominator
                          : -(-numerator / denominator);
}

class RowEnvelope
{
public:
    void add(std::int64_t position, std::int64_t height)
    {
        Parabola next{position, height, 0};
        while (!m_parabolas.empty()) {
            next.begin = meeting(m_parabolas.back(), next);
            if (next.begin > m_parabolas.back().begin)
                break;
            m_parabolas.pop_back();
        }
        if (m_parabolas.empty())
            next.begin = -1;
        m_parabolas.push_back(next);
    }

    void writeTo(std::int64_t *row, int width) const
    {
        std::size_t current = 0;
        for (std::int64_t x = 0; x < width && !m_parabolas.empty(); ++x) {
            while (current + 1 < m_parabolas.size() && m_parabolas[current + 1].begin <= x)
                ++current;
            const Parabola &parabola = m_parabolas[current];
            const std::int64_t offset = x - parabola.position;
            row[x] = offset * offset + parabola.height;
        }
    }

    void clear() { m_parabolas.clear(); }

private:
    std::vector<Parabola> m_parabolas;
};

} // namespace

std::vector<std::int64_t> squaredDistances(const Mask &mask, Beyond beyond)
{
    const int width = mask.size.width;
    std::vector<std::int64_t> distances(mask.pixels.size(), unreachable);
    columnDistances(mask, beyond, distances);

    RowEnvelope envelope;
    for (int y = 0; y < mask.size.height; ++y) {
        std::int64_t *row = distances.data() + static_cast<std::ptrdiff_t>(y) * width;
        envelope.clear();
        if (beyond == Beyond::Off)
            envelope.add(-1, 0);
        for (int x = 0; x < width; ++x) {
            if (row[x] < unreachable)
                envelope.add(x, row[x] * row[x]);
        }
        if (beyond == Beyond::Off)
            envelope.add(width, 0);
        envelope.writeTo(row, width);
    }
    return distances;
}

} // namespace core
