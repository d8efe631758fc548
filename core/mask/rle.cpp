// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle.h"

#include "core/error.h"
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

/// The part of the picture in which decode() has marked where the mask changes.
struct Extent {
    std::size_t left;
    std::size_t right; ///< behind the last column
    int bottom;        ///< behind the last row
};

/// Marks with 1 every pixel that differs from the one above it, or from 0 in the top row.
Extent markChanges(const Rle &rle, Mask &mask)
{
    const auto width = static_cast<std::size_t>(rle.size.width);
    const auto height = static_cast<std::size_t>(rle.size.height);
    Extent extent{width, 0, 0};
    std::size_t begin = 0; // of the run, counted in pixels column by column
    for (std::size_t i = 0; i < rle.counts.size(); ++i) {
        const std::size_t end = begin + rle.counts[i];
        if (i % 2 == 1 && end > begin) {
            std::size_t x = begin / height;
            const std::size_t top = begin - x * height;
            extent.left = std::min(extent.left, x);
            mask.pixels[top * width + x] ^= 1;
            std::size_t columnEnd = (x + 1) * height;
            extent.bottom =
                std::max(extent.bottom, static_cast<int>(std::min(end, columnEnd) - x * height));
            for (; columnEnd < end; columnEnd += height) {
                mask.pixels[++x] ^= 1; // the run goes on in the next column's top row
                extent.bottom = rle.size.height;
            }
            if (end < columnEnd)
                mask.pixels[(end - (columnEnd - height)) * width + x] ^= 1;
            extent.right = x + 1;
        }
        begin = end;
    }
    return extent;
}

} // namespace

void validateMaskSize(Size size)
{
    if (size.isEmpty() || size.area() > maxMaskPixels)
        throw Error(ErrorKind::BadDataset,
                    "A mask of " + text(size) + " pixels is outside the possible sizes.");
}

void validate(const Rle &rle)
{
    validateMaskSize(rle.size);
    const auto area = static_cast<std::uint64_t>(rle.size.area());
    std::uint64_t sum = 0; // 2^32 runs of 2^32 at most: cannot overflow
    for (const std::uint32_t count : rle.counts)
        sum += count;
    if (sum != area)
        throw Error(ErrorKind::BadDataset, "The run lengths of a mask add up to " +
                                               std::to_string(sum) + " pixels, but its size is " +
                                               text(rle.size) + ".");
}

Rle encode(const Mask &mask)
{
    RleEncoder encoder(mask.size);
    for (int y = 0; y < mask.size.height; ++y)
        encoder.addRow(mask.row(y));
    return encoder.finish();
}

Mask decode(const Rle &rle)
{
    validate(rle);
    Mask mask(rle.size);
    // Runs go down the columns, memory goes along the rows. Marking the few changes and then
    // summing up whole rows touches the picture once in its own order.
    const Extent extent = markChanges(rle, mask);
    for (int y = 1; y < extent.bottom; ++y) {
        const std::uint8_t *above = mask.row(y - 1);
        std::uint8_t *row = mask.row(y);
        for (std::size_t x = extent.left; x < extent.right; ++x)
            row[x] ^= above[x];
    }
    if (extent.bottom > 0 && extent.bottom < rle.size.height) // the marks that end the lowest runs
        std::fill(mask.row(extent.bottom) + extent.left, mask.row(extent.bottom) + extent.right,
                  std::uint8_t{0});
    return mask;
}

} // namespace core
