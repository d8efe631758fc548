// SPDX-License-Identifier: Apache-2.0
#include "core/mask/place.h"

#include "core/mask/rle_builder.h"
#include "core/mask/rle_encoder.h"

#include <algorithm>

namespace core
{
namespace
{

/// Calls visit(x, top, bottom) for each stretch of a column that is on, in order; `bottom` lies
/// behind the last pixel.
template <typename Visit>
void forEachStretch(const Rle &rle, Visit visit)
{
    const auto height = static_cast<std::uint64_t>(rle.size.height);
    std::uint64_t begin = 0;
    for (std::size_t i = 0; i < rle.counts.size(); ++i) {
        const std::uint64_t end = begin + rle.counts[i];
        while (i % 2 == 1 && begin < end) {
            const std::uint64_t x = begin / height;
            const std::uint64_t stop = std::min(end, (x + 1) * height);
            visit(static_cast<int>(x), static_cast<int>(begin - x * height),
                  static_cast<int>(stop - x * height));
            begin = stop;
        }
        begin = end;
    }
}

} // namespace

PixelRect clipped(const PixelRect &block, Size size)
{
    const int left = std::clamp(block.x, 0, size.width);
    const int top = std::clamp(block.y, 0, size.height);
    const int right = std::clamp(block.x + block.width, left, size.width);
    const int bottom = std::clamp(block.y + block.height, top, size.height);
    const PixelRect inside{left, top, right - left, bottom - top};
    return inside.isEmpty() ? PixelRect{} : inside;
}

Rle place(const Mask &patch, int x, int y, Size size)
{
    const PixelRect inside = clipped({x, y, patch.size.width, patch.size.height}, size);
    if (inside.isEmpty())
        return RleBuilder(size).finish();
    RleEncoder encoder({inside.width, inside.height});
    for (int row = 0; row < inside.height; ++row)
        encoder.addRow(patch.row(inside.y - y + row) + (inside.x - x));
    return place(encoder.finish(), inside.x, inside.y, size);
}

Rle place(const Rle &patch, int x, int y, Size size)
{
    const auto height = static_cast<long long>(size.height);
    RleBuilder rle(size);
    forEachStretch(patch, [&](int patchColumn, int patchTop, int patchBottom) {
        const long long column = static_cast<long long>(x) + patchColumn;
        const long long top =
            std::clamp<long long>(static_cast<long long>(y) + patchTop, 0, height);
        const long long bottom =
            std::clamp<long long>(static_cast<long long>(y) + patchBottom, 0, height);
        if (column < 0 || column >= size.width || top >= bottom)
            return;
        rle.add(static_cast<std::uint64_t>(column * height + top),
                static_cast<std::uint64_t>(column * height + bottom));
    });
    return rle.finish();
}

Mask crop(const Rle &rle, const PixelRect &block)
{
    Mask mask({block.width, block.height});
    // Runs go down the columns, memory along the rows: mark where a column changes, then sum up.
    forEachStretch(rle, [&](int x, int top, int bottom) {
        if (x < block.x || x >= block.x + block.width)
            return;
        const int first = std::max(top - block.y, 0);
        const int last = std::min(bottom - block.y, block.height);
        if (first >= last)
            return;
        mask.row(first)[x - block.x] ^= 1;
        if (last < block.height)
            mask.row(last)[x - block.x] ^= 1;
    });
    for (int y = 1; y < block.height; ++y) {
        const std::uint8_t *above = mask.row(y - 1);
        std::uint8_t *row = mask.row(y);
        for (int x = 0; x < block.width; ++x)
            row[x] ^= above[x];
    }
    return mask;
}

} // namespace core
