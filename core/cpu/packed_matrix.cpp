// SPDX-License-Identifier: Apache-2.0
#include "core/cpu/packed_matrix.h"

#include <algorithm>

namespace core::cpu
{

std::ptrdiff_t packedSize(std::ptrdiff_t columns, std::ptrdiff_t depth, std::ptrdiff_t panel)
{
    return (columns + panel - 1) / panel * panel * depth;
}

void packRows(const float *b, std::ptrdiff_t stride, std::ptrdiff_t columns, std::ptrdiff_t depth,
              std::ptrdiff_t panel, float *packed)
{
    for (std::ptrdiff_t first = 0; first < columns; first += panel, packed += panel * depth) {
        const std::ptrdiff_t width = std::min(panel, columns - first);
        for (std::ptrdiff_t k = 0; k < depth; ++k) {
            float *to = packed + k * panel;
            for (std::ptrdiff_t i = 0; i < width; ++i)
                to[i] = b[(first + i) * stride + k];
            std::fill(to + width, to + panel, 0.0f);
        }
    }
}

void packColumns(const float *b, std::ptrdiff_t stride, std::ptrdiff_t columns,
                 std::ptrdiff_t depth, std::ptrdiff_t panel, float *packed)
{
    for (std::ptrdiff_t first = 0; first < columns; first += panel, packed += panel * depth) {
        const std::ptrdiff_t width = std::min(panel, columns - first);
        for (std::ptrdiff_t k = 0; k < depth; ++k) {
            float *to = packed + k * panel;
            std::copy_n(b + k * stride + first, width, to);
            std::fill(to + width, to + panel, 0.0f);
        }
    }
}

PackedMatrix::PackedMatrix(const float *b, std::ptrdiff_t columnCount, std::ptrdiff_t rowDepth,
                           std::ptrdiff_t panel)
    : columns(columnCount), depth(rowDepth), panelStride(rowDepth * panel),
      panels(packedSize(columnCount, rowDepth, panel))
{
    packRows(b, rowDepth, columns, depth, panel, panels.get());
}

} // namespace core::cpu
