// SPDX-License-Identifier: Apache-2.0
#include "core/cpu/packed_matrix.h"

#include <algorithm>

namespace core::cpu
{

std::ptrdiff_t packedSize(std::ptrdiff_t columns, std::ptrdiff_t depth, std::ptrdiff_t panel)
{
    return (columns + panel - 1) / panel * panel * depth;
}

template <typename Element>
void packRows(const Element *b, std::ptrdiff_t stride, std::ptrdiff_t columns, std::ptrdiff_t depth,
              std::ptrdiff_t panel, Element *packed)
{
    for (std::ptrdiff_t first = 0; first < columns; first += panel, packed += panel * depth) {
        const std::ptrdiff_t width = std::min(panel, columns - first);
        for (std::ptrdiff_t k = 0; k < depth; ++k) {
            Element *to = packed + k * panel;
            for (std::ptrdiff_t i = 0; i < width; ++i)
                to[i] = b[(first + i) * stride + k];
            std::fill(to + width, to + panel, Element{});
        }
    }
}

template <typename Element>
void packColumns(const Element *b, std::ptrdiff_t stride, std::ptrdiff_t columns,
                 std::ptrdiff_t depth, std::ptrdiff_t panel, Element *packed)
{
    for (std::ptrdiff_t first = 0; first < columns; first += panel, packed += panel * depth) {
        const std::ptrdiff_t width = std::min(panel, columns - first);
        for (std::ptrdiff_t k = 0; k < depth; ++k) {
            Element *to = packed + k * panel;
            std::copy_n(b + k * stride + first, width, to);
            std::fill(to + width, to + panel, Element{});
        }
    }
}

template <typename Element>
PackedMatrixOf<Element>::PackedMatrixOf(const Element *b, std::ptrdiff_t columnCount,
                                        std::ptrdiff_t rowDepth, std::ptrdiff_t panel)
    : columns(columnCount), depth(rowDepth), panelStride(rowDepth * panel),
      panels(packedSize(columnCount, rowDepth, panel))
{
    packRows(b, rowDepth, columns, depth, panel, panels.get());
}

template void packRows(const float *, std::ptrdiff_t, std::ptrdiff_t, std::ptrdiff_t,
                       std::ptrdiff_t, float *);
template void packRows(const Bf16Pair *, std::ptrdiff_t, std::ptrdiff_t, std::ptrdiff_t,
                       std::ptrdiff_t, Bf16Pair *);
template void packColumns(const float *, std::ptrdiff_t, std::ptrdiff_t, std::ptrdiff_t,
                          std::ptrdiff_t, float *);
template void packColumns(const Bf16Pair *, std::ptrdiff_t, std::ptrdiff_t, std::ptrdiff_t,
                          std::ptrdiff_t, Bf16Pair *);
template struct PackedMatrixOf<float>;
template struct PackedMatrixOf<Bf16Pair>;

} // namespace core::cpu
