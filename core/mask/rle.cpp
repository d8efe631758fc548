// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle.h"

#include "core/error.h"
#include "core/mask/column_encoder.h"
#include "core/mask/rle_encoder.h"

#include <algorithm>
#include <string>

namespace core
{
namespace
{

std::string text(Size size)
{
    return std::to_string(size.width) + " x " + std::to_string(size.height);
}

// What is thrown is made in functions of its own: checking costs the smallest masks least without.

[[noreturn]] void refuseSize(Size size)
{
    throw Error(ErrorKind::BadDataset,
                "A mask of " + text(size) + " pixels is outside the possible sizes.");
}

[[noreturn]] void refuseSum(std::uint64_t sum, Size size)
{
    throw Error(ErrorKind::BadDataset, "The run lengths of a mask add up to " +
                                           std::to_string(sum) + " pixels, but its size is " +
                                           text(size) + ".");
}

/// As validateMaskSize(), which another library may replace and which is therefore really called.
void requireSize(Size size)
{
    if (size.isEmpty() || size.area() > maxMaskPixels)
        refuseSize(size);
}

/// The part of validate() that looks at the counts.
void requireSum(const Rle &rle)
{
    const auto area = static_cast<std::uint64_t>(rle.size.area());
    std::uint64_t sum = 0; // 2^32 runs of 2^32 at most: cannot overflow
    for (const std::uint32_t count : rle.counts)
        sum += count;
    if (sum != area)
        refuseSum(sum, rle.size);
}

/// Whether encodeByColumns() is quicker: where rows or columns are short, or both so few that
/// looking for what changes does not pay. It takes four bytes a pixel, so large masks are left to
/// RleEncoder, narrow ones as well.
bool isForColumns(Size size)
{
    constexpr long long fewPixels = 1 << 13, fewNarrowPixels = 1 << 18;
    const bool isNarrow = size.width < 64 || size.height <= 8;
    return size.area() <= (isNarrow ? fewNarrowPixels : fewPixels);
}

/// Writes the pixels that are on, one by one.
void paint(const Rle &rle, Mask &mask)
{
    const auto width = static_cast<std::size_t>(rle.size.width);
    const auto height = static_cast<std::size_t>(rle.size.height);
    std::size_t x = 0, y = 0;
    for (std::size_t i = 0; i + 1 < rle.counts.size(); i += 2) {
        for (y += rle.counts[i]; y >= height; y -= height)
            ++x;
        for (std::size_t left = rle.counts[i + 1]; left > 0;) {
            const std::size_t length = std::min(left, height - y);
            std::uint8_t *pixel = mask.pixels.data() + y * width + x;
            for (std::size_t n = 0; n < length; ++n, pixel += width)
                *pixel = 1;
            left -= length;
            y += length;
            if (y == height) {
                y = 0;
                ++x;
            }
        }
    }
}

/// Up to here a mask is decoded as a word. From 20 pixels on paint() is quicker where runs are
/// long; at 64 shifts would lose bits.
constexpr std::uint64_t fewPixels = 16;

/// At most fewPixels: as bits of a word first. Checks that the counts add up to them by the way.
Mask decodeWord(const Rle &rle, std::uint64_t pixels)
{
    constexpr std::uint64_t places = 63; // sums beyond, which are refused below, go anywhere
    std::uint64_t bits = 0, sum = 0;
    for (const std::uint32_t count : rle.counts) {
        sum += count;
        bits ^= ~std::uint64_t{0} << (sum & places); // all that follow a run are other than it
    }
    if (sum != pixels)
        refuseSum(sum, rle.size);
    Mask mask(rle.size);
    const int height = rle.size.height;
    std::uint8_t *pixel = mask.pixels.data();
    for (int y = 0; y < height; ++y) {
        std::uint64_t row = bits >> y;
        for (int x = 0; x < rle.size.width; ++x, row >>= height)
            *pixel++ = row & 1;
    }
    return mask;
}

/// The part of the picture in which decode() has marked where the mask changes.
struct Extent {
    std::size_t left;
    std::size_t right;  ///< behind the last column
    std::size_t bottom; ///< behind the last row
};

/// Marks with 1 every pixel that differs from the one above it, or from 0 in the top row.
Extent markChanges(const Rle &rle, Mask &mask)
{
    const auto width = static_cast<std::size_t>(rle.size.width);
    const auto height = static_cast<std::size_t>(rle.size.height);
    Extent extent{width, 0, 0};
    std::uint8_t *column = mask.pixels.data();
    std::size_t y = 0; // of the run's begin
    const auto x = [&] { return static_cast<std::size_t>(column - mask.pixels.data()); };
    for (std::size_t i = 0; i + 1 < rle.counts.size(); i += 2) {
        y += rle.counts[i];
        if (y >= height) {
            column += y / height;
            y %= height;
        }
        const std::size_t length = rle.counts[i + 1];
        if (length == 0)
            continue;
        extent.left = std::min(extent.left, x());
        column[y * width] ^= 1;
        y += length;
        extent.bottom = std::max(extent.bottom, std::min(y, height));
        for (; y > height; y -= height)
            *++column ^= 1; // the run goes on in the next column's top row
        if (y < height)
            column[y * width] ^= 1;
        extent.right = x() + 1;
    }
    return extent;
}

} // namespace

void validateMaskSize(Size size)
{
    requireSize(size);
}

void validate(const Rle &rle)
{
    requireSize(rle.size);
    requireSum(rle);
}

Rle encode(const Mask &mask)
{
    if (isForColumns(mask.size))
        return encodeByColumns(mask);
    RleEncoder encoder(mask.size);
    for (int y = 0; y < mask.size.height; ++y)
        encoder.addRow(mask.row(y));
    return encoder.finish();
}

Mask decode(const Rle &rle)
{
    requireSize(rle.size);
    if (const auto pixels = static_cast<std::uint64_t>(rle.size.area()); pixels <= fewPixels)
        return decodeWord(rle, pixels);
    requireSum(rle);
    Mask mask(rle.size);
    constexpr std::size_t small = 64 * 64;
    if (mask.pixels.size() <= small) {
        paint(rle, mask);
        return mask;
    }
    // Runs go down the columns, memory goes along the rows. Marking the few changes and then
    // summing up whole rows touches the picture once in its own order.
    const auto width = static_cast<std::size_t>(rle.size.width);
    const Extent extent = markChanges(rle, mask);
    for (std::size_t y = 1; y < extent.bottom; ++y) {
        std::uint8_t *row = mask.pixels.data() + y * width;
        const std::uint8_t *above = row - width;
        for (std::size_t x = extent.left; x < extent.right; ++x)
            row[x] ^= above[x];
    }
    if (extent.bottom > 0 && extent.bottom < static_cast<std::size_t>(rle.size.height)) {
        // The marks that end the lowest runs.
        std::uint8_t *row = mask.pixels.data() + extent.bottom * width;
        std::fill(row + extent.left, row + extent.right, std::uint8_t{0});
    }
    return mask;
}

} // namespace core
