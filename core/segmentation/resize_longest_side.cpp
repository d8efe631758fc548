// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/resize_longest_side.h"

#include "core/segmentation/resize_filter.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <span>
#include <vector>

namespace core
{

namespace
{

constexpr std::int32_t roundingHalf = 1 << (ResizeFilter::precisionBits - 1);

std::uint8_t toByte(std::int32_t sum)
{
    return static_cast<std::uint8_t>(std::clamp(sum >> ResizeFilter::precisionBits, 0, 255));
}

void shrinkRow(const std::uint8_t *in, const ResizeFilter &filter, std::span<std::uint8_t> out)
{
    const int outputs = static_cast<int>(out.size() / 3);
    std::uint8_t *pixel = out.data();
    for (int x = 0; x < outputs; ++x, pixel += 3) {
        const std::int32_t *weights = filter.of(x);
        const std::uint8_t *sample =
            in + static_cast<std::ptrdiff_t>(filter.first[static_cast<std::size_t>(x)]) * 3;
        const int count = filter.count[static_cast<std::size_t>(x)];
        std::int32_t red = roundingHalf;
        std::int32_t green = roundingHalf;
        std::int32_t blue = roundingHalf;
        for (int k = 0; k < count; ++k, sample += 3) {
            red += sample[0] * weights[k];
            green += sample[1] * weights[k];
            blue += sample[2] * weights[k];
        }
        pixel[0] = toByte(red);
        pixel[1] = toByte(green);
        pixel[2] = toByte(blue);
    }
}

/// The picture at its new width, row by row; keeps as many rows as the vertical filter spans.
class HorizontalPass
{
public:
    HorizontalPass(ImageView image, int width, int rowsKept)
        : m_image(image), m_rowBytes(static_cast<std::size_t>(width) * 3),
          m_resizes(width != image.size.width), m_rowsKept(rowsKept),
          m_rowInSlot(static_cast<std::size_t>(rowsKept), -1),
          m_rows(m_rowBytes * static_cast<std::size_t>(rowsKept))
    {
        if (m_resizes)
            m_filter = triangleFilter(image.size.width, width);
    }

    const std::uint8_t *row(int y)
    {
        if (!m_resizes)
            return m_image.row(y);
        const auto slot = static_cast<std::size_t>(y % m_rowsKept);
        std::uint8_t *out = m_rows.data() + slot * m_rowBytes;
        if (m_rowInSlot[slot] != y) {
            shrinkRow(m_image.row(y), m_filter, {out, m_rowBytes});
            m_rowInSlot[slot] = y;
        }
        return out;
    }

private:
    ImageView m_image;
    std::size_t m_rowBytes;
    bool m_resizes;
    int m_rowsKept;
    ResizeFilter m_filter;
    std::vector<int> m_rowInSlot;
    std::vector<std::uint8_t> m_rows;
};

void addWeighted(const std::uint8_t *row, std::int32_t weight, std::span<std::int32_t> sums)
{
    for (std::size_t i = 0; i < sums.size(); ++i)
        sums[i] += row[i] * weight;
}

void roundToBytes(std::span<const std::int32_t> sums, std::uint8_t *out)
{
    for (std::size_t i = 0; i < sums.size(); ++i)
        out[i] = toByte(sums[i]);
}

} // namespace

Size longestSideSize(Size original, int longSide)
{
    assert(!original.isEmpty() && longSide > 0);
    const double scale = longSide * 1.0 / std::max(original.width, original.height);
    const auto side = [scale](int pixels) {
        return std::max(static_cast<int>(pixels * scale + 0.5), 1);
    };
    return {side(original.width), side(original.height)};
}

Image resizeBilinear(ImageView image, Size target)
{
    assert(!image.size.isEmpty() && !target.isEmpty());
    Image result(target);
    const auto rowBytes = static_cast<std::size_t>(target.width) * 3;
    const bool resizesHeight = target.height != image.size.height;
    const ResizeFilter vertical =
        resizesHeight ? triangleFilter(image.size.height, target.height) : ResizeFilter{};
    HorizontalPass horizontal(image, target.width, std::max(vertical.perOutput, 1));
    std::vector<std::int32_t> sums(rowBytes);
    for (int y = 0; y < target.height; ++y) {
        if (!resizesHeight) {
            std::memcpy(result.row(y), horizontal.row(y), rowBytes);
            continue;
        }
        std::ranges::fill(sums, roundingHalf);
        const int first = vertical.first[static_cast<std::size_t>(y)];
        for (int k = 0; k < vertical.count[static_cast<std::size_t>(y)]; ++k)
            addWeighted(horizontal.row(first + k), vertical.of(y)[k], sums);
        roundToBytes(sums, result.row(y));
    }
    return result;
}

Image resizeLongestSide(ImageView image, int longSide)
{
    return resizeBilinear(image, longestSideSize(image.size, longSide));
}

} // namespace core
