// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cuda/host_device.h"

#include <cstddef>

namespace core::cuda
{

/// SAM's attention with decomposed relative positions as plain attention, which fused kernels do
/// without ever holding a score map. The score of query q at (row, column) and key k at (r, c) is
///
///     scale q.k + q.rows[row - r] + q.columns[column - c]
///
/// The last two terms are products as well, of vectors that have `side` more elements each:
///
///     query' = [ q | q.rows[row - 0] .. q.rows[row - (side-1)] | the same for columns ] / scale
///     key'   = [ k | 1 at r, else 0                            | 1 at c, else 0 ]
///
/// so query'.key' x scale is the score. Values get zeros there, because fused kernels want all
/// three as long. The division goes into the tables of relative positions, once.
struct AttentionLayout {
    int grid; ///< side of the picture's grid of tokens
    int side; ///< of a window; the grid's own where attention is global
    int heads;
    int headDim;   ///< channels of a head
    int paddedDim; ///< headDim + 2 side, rounded up
    int positions; ///< elements a token and head has in `products`, see below

    MASKWRIGHT_HOST_DEVICE int windowsAcross() const { return (grid + side - 1) / side; }
    MASKWRIGHT_HOST_DEVICE int windows() const { return windowsAcross() * windowsAcross(); }
    MASKWRIGHT_HOST_DEVICE int tokens() const { return grid * grid; }
    MASKWRIGHT_HOST_DEVICE int windowTokens() const { return side * side; }
    MASKWRIGHT_HOST_DEVICE int channels() const { return heads * headDim; }
    /// Rows of a table of relative positions.
    MASKWRIGHT_HOST_DEVICE int tableRows() const { return 2 * side - 1; }

    /// The token of the picture at this place of a window, or -1 in the padding at the right and
    /// bottom.
    MASKWRIGHT_HOST_DEVICE int tokenAt(int window, int place) const
    {
        const int y = window / windowsAcross() * side + place / side;
        const int x = window % windowsAcross() * side + place % side;
        return x < grid && y < grid ? y * grid + x : -1;
    }
};

enum class AttentionPart { Query = 0, Key = 1, Value = 2 };

/// What is packed.
template <typename T>
struct AttentionSource {
    const T *qkv;  ///< [tokens, 3, heads, headDim]
    const T *bias; ///< [3, heads, headDim]: what padding becomes, as SAM pads before the layer
    /// [heads, tokens, positions]: the query times each row of the table for rows, then of that for
    /// columns; both tables backwards, so that what one query needs lies side by side
    const T *products;
    T one; ///< 1 in the elements' own format
};

/// Element `element` of headDim and more, of a token and head.
template <typename T>
MASKWRIGHT_HOST_DEVICE inline T
positionElement(const AttentionLayout &layout, const AttentionSource<T> &source, AttentionPart part,
                int token, int place, int head, int element)
{
    const int extra = element - layout.headDim;
    if (part == AttentionPart::Value || extra >= 2 * layout.side)
        return T(0);
    const bool ofRow = extra < layout.side;
    const int other = ofRow ? extra : extra - layout.side; // the key's row or column
    const int own = ofRow ? place / layout.side : place % layout.side;
    if (part == AttentionPart::Key)
        return other == own ? source.one : T(0);
    if (token < 0)
        return T(0); // nobody reads what padding asks for
    const T *products =
        source.products +
        (static_cast<std::ptrdiff_t>(head) * layout.tokens() + token) * layout.positions;
    return products[(ofRow ? 0 : layout.tableRows()) + layout.side - 1 - own + other];
}

/// Where the first headDim elements of a token and head are copied from.
template <typename T>
MASKWRIGHT_HOST_DEVICE inline const T *headElements(const AttentionLayout &layout,
                                                    const AttentionSource<T> &source,
                                                    AttentionPart part, int token, int head)
{
    const T *ofToken =
        token < 0 ? source.bias
                  : source.qkv + static_cast<std::ptrdiff_t>(token) * 3 * layout.channels();
    return ofToken + (static_cast<int>(part) * layout.heads + head) * layout.headDim;
}

} // namespace core::cuda
