// SPDX-License-Identifier: Apache-2.0
#include "core/mask/smooth.h"

#include "core/mask/place.h"
#include "core/mask/rle_measure.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace core
{
namespace
{

using Row = std::vector<std::uint32_t>;

/// The kernel is a box of radius `first` convolved with one of radius `second`, in each direction:
/// a ridge that falls off evenly. All is in whole numbers, and their total is odd, so that there is
/// always a majority.
struct Kernel {
    int first;
    int second;
    explicit Kernel(int radius) : first((radius + 1) / 2), second(radius / 2) {}
    int reach() const { return first + second; }
    /// At most 51^4: fits in 32 bits.
    std::uint32_t total() const
    {
        const auto side = static_cast<std::uint32_t>((2 * first + 1) * (2 * second + 1));
        return side * side;
    }
};

/// The pixels of a mask's block, also where they are asked for beside it: off there, or the
/// picture's last pixel when the block ends with the picture.
class Surroundings
{
public:
    Surroundings(const Mask &block, const PixelRect &where, Size picture)
        : m_block(block), m_goesOnLeft(where.x == 0), m_goesOnUp(where.y == 0),
          m_goesOnRight(where.x + where.width == picture.width),
          m_goesOnDown(where.y + where.height == picture.height)
    {
    }
    /// Null: all off.
    const std::uint8_t *row(int y) const
    {
        if ((y < 0 && !m_goesOnUp) || (y >= m_block.size.height && !m_goesOnDown))
            return nullptr;
        return m_block.row(std::clamp(y, 0, m_block.size.height - 1));
    }
    /// `sums` belong to the block's columns; result: the same from -reach on, to reach behind it.
    void widen(const Row &sums, int reach, Row &widened) const
    {
        const auto margin = static_cast<std::size_t>(reach);
        widened.assign(sums.size() + 2 * margin, 0);
        std::copy(sums.begin(), sums.end(), widened.begin() + reach);
        if (m_goesOnLeft)
            std::fill_n(widened.begin(), margin, sums.front());
        if (m_goesOnRight)
            std::fill_n(widened.end() - reach, margin, sums.back());
    }

private:
    const Mask &m_block;
    bool m_goesOnLeft, m_goesOnUp, m_goesOnRight, m_goesOnDown;
};

/// sums[x] += row[x], or -=.
void add(Row &sums, const std::uint8_t *row, bool takes = false)
{
    if (!row)
        return;
    for (std::size_t x = 0; x < sums.size(); ++x)
        sums[x] = takes ? sums[x] - row[x] : sums[x] + row[x];
}

/// Sums over 2 * radius + 1 neighbours; the result is shorter by twice the radius.
void slide(const Row &values, int radius, Row &sums)
{
    const std::size_t side = 2 * static_cast<std::size_t>(radius) + 1;
    sums.resize(values.size() - side + 1);
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        sum += values[i];
        if (i + 1 >= side) {
            sums[i + 1 - side] = sum;
            sum -= values[i + 1 - side];
        }
    }
}

} // namespace

Rle smooth(const Rle &mask, int radius)
{
    assert(radius >= 0 && radius <= maxSmoothingRadius);
    const PixelRect where = boundingBox(mask);
    if (radius == 0 || where.isEmpty())
        return mask;
    const Kernel kernel(radius);
    const Mask block = crop(mask, where);
    const Surroundings pixels(block, where, mask.size);
    const auto width = static_cast<std::size_t>(where.width);

    // Down the columns the sums go along with the rows: `box` over `first` to both sides of a row,
    // `weighted` over `second` boxes to both sides. `entering` and `leaving` are the boxes at its
    // two ends.
    const auto boxAround = [&](int y) {
        Row sums(width, 0);
        for (int i = y - kernel.first; i <= y + kernel.first; ++i)
            add(sums, pixels.row(i));
        return sums;
    };
    Row entering = boxAround(-kernel.second);
    Row leaving = entering;
    Row weighted(width, 0);
    const auto goDown = [&](Row &box, int y) { // from the box around row y to the next
        add(box, pixels.row(y - kernel.first), true);
        add(box, pixels.row(y + kernel.first + 1));
    };
    for (int y = -kernel.second; y <= kernel.second; ++y) {
        for (std::size_t x = 0; x < width; ++x)
            weighted[x] += entering[x];
        goDown(entering, y);
    }

    Mask result(block.size);
    Row widened, boxed, sums;
    for (int y = 0; y < where.height; ++y) {
        pixels.widen(weighted, kernel.reach(), widened);
        slide(widened, kernel.first, boxed);
        slide(boxed, kernel.second, sums);
        std::uint8_t *row = result.row(y);
        for (std::size_t x = 0; x < width; ++x)
            row[x] = sums[x] > kernel.total() / 2;
        for (std::size_t x = 0; x < width; ++x)
            weighted[x] += entering[x] - leaving[x];
        goDown(entering, y + kernel.second + 1);
        goDown(leaving, y - kernel.second);
    }
    return place(result, where.x, where.y, mask.size);
}

} // namespace core
