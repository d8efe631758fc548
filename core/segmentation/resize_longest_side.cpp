// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/resize_longest_side.h"

#include "core/segmentation/resize_passes.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <optional>
#include <vector>

namespace core
{

namespace
{

/// The picture at its new width, row by row; keeps as many rows as the vertical filter spans.
class HorizontalPass
{
public:
    HorizontalPass(ImageView image, int width, int rowsKept)
        : m_image(image), m_rowBytes(static_cast<std::size_t>(width) * 3), m_rowsKept(rowsKept),
          m_rowInSlot(static_cast<std::size_t>(rowsKept), -1),
          m_rows(m_rowBytes * static_cast<std::size_t>(rowsKept))
    {
        if (width != image.size.width)
            m_resize.emplace(image.size.width, width);
    }

    /// Valid as long as no more than rowsKept - 1 other rows behind it are asked for.
    const std::uint8_t *row(int y)
    {
        if (!m_resize)
            return m_image.row(y);
        const auto slot = static_cast<std::size_t>(y % m_rowsKept);
        std::uint8_t *out = m_rows.data() + slot * m_rowBytes;
        if (m_rowInSlot[slot] != y) {
            m_resize->apply(m_image.row(y), out);
            m_rowInSlot[slot] = y;
        }
        return out;
    }

private:
    ImageView m_image;
    std::size_t m_rowBytes;
    int m_rowsKept;
    std::optional<RowResize> m_resize;
    std::vector<int> m_rowInSlot;
    std::vector<std::uint8_t> m_rows;
};

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
    std::vector<const std::uint8_t *> rows;
    for (int y = 0; y < target.height; ++y) {
        if (!resizesHeight) {
            std::memcpy(result.row(y), horizontal.row(y), rowBytes);
            continue;
        }
        rows.clear();
        const int first = vertical.first[static_cast<std::size_t>(y)];
        assert(vertical.count[static_cast<std::size_t>(y)] <= vertical.perOutput); // all are valid
        for (int k = 0; k < vertical.count[static_cast<std::size_t>(y)]; ++k)
            rows.push_back(horizontal.row(first + k));
        weightRows(rows, vertical.of(y), {result.row(y), rowBytes});
    }
    return result;
}

Image resizeLongestSide(ImageView image, int longSide)
{
    return resizeBilinear(image, longestSideSize(image.size, longSide));
}

} // namespace core
