// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cpu/aligned_floats.h"

#include <cstddef>

namespace core::cpu
{

/// How many floats a matrix of so many columns takes when packed.
std::ptrdiff_t packedSize(std::ptrdiff_t columns, std::ptrdiff_t depth, std::ptrdiff_t panel);

/// Packs B [columns, depth] into panels of `panel` columns: panel by panel, of each the first
/// element of all columns, then the second, and so on. Columns beyond the last are zero.
void packRows(const float *b, std::ptrdiff_t stride, std::ptrdiff_t columns, std::ptrdiff_t depth,
              std::ptrdiff_t panel, float *packed);

/// The same of a B that lies as [depth, columns].
void packColumns(const float *b, std::ptrdiff_t stride, std::ptrdiff_t columns,
                 std::ptrdiff_t depth, std::ptrdiff_t panel, float *packed);

/// A layer's weights as multiply() reads them, packed once when a model is loaded.
struct PackedMatrix {
    std::ptrdiff_t columns = 0, depth = 0;
    std::ptrdiff_t panelStride = 0;
    AlignedFloats panels;

    /// From weights [columns, depth], row after row.
    PackedMatrix(const float *b, std::ptrdiff_t columns, std::ptrdiff_t depth,
                 std::ptrdiff_t panel);
};

} // namespace core::cpu
