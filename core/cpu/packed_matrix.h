// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cpu/aligned_array.h"
#include "core/cpu/kernels.h"

#include <cstddef>

namespace core::cpu
{

/// How many elements a matrix of so many columns takes when packed. `depth` is in elements, here
/// and below.
std::ptrdiff_t packedSize(std::ptrdiff_t columns, std::ptrdiff_t depth, std::ptrdiff_t panel);

/// Packs B [columns, depth] into panels of `panel` columns: panel by panel, of each the first
/// element of all columns, then the second, and so on. Columns beyond the last are zero. Elements
/// are floats or Bf16Pair.
template <typename Element>
void packRows(const Element *b, std::ptrdiff_t stride, std::ptrdiff_t columns, std::ptrdiff_t depth,
              std::ptrdiff_t panel, Element *packed);

/// The same of a B that lies as [depth, columns].
template <typename Element>
void packColumns(const Element *b, std::ptrdiff_t stride, std::ptrdiff_t columns,
                 std::ptrdiff_t depth, std::ptrdiff_t panel, Element *packed);

/// A layer's weights as multiply() reads them, packed once when a model is loaded.
template <typename Element>
struct PackedMatrixOf {
    std::ptrdiff_t columns = 0, depth = 0;
    std::ptrdiff_t panelStride = 0;
    AlignedArray<Element> panels;

    /// From weights [columns, depth], row after row.
    PackedMatrixOf(const Element *b, std::ptrdiff_t columns, std::ptrdiff_t depth,
                   std::ptrdiff_t panel);
};
using PackedMatrix = PackedMatrixOf<float>;
using PackedPairs = PackedMatrixOf<Bf16Pair>;

} // namespace core::cpu
