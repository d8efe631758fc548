// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/input_geometry.h"
#include "core/segmentation/line_resize.h"

#include <array>
#include <span>
#include <vector>

namespace core
{

/// Full-size logits row by row, without ever holding a full-size float image: the low-res logits
/// are enlarged to the padded picture, the padding is cropped and the rest is resized to the
/// original picture, both times bilinearly with pixel centres at half (align_corners=false) in
/// float32, as LibTorch does it.
///
///     LogitRows rows(values, logitsSize, embedding.geometry());
///     for (int y = 0; y < rows.size().height; ++y)
///         use(rows.row(y));
///
/// Rows are cheapest in ascending order. Borrows `values` (row-major, logitsSize.area() floats).
class LogitRows
{
public:
    LogitRows(std::span<const float> values, Size logitsSize, const InputGeometry &geometry);

    Size size() const { return m_geometry.original; }

    /// Logits of one row of the original picture, of the columns wanted; valid until the next call.
    std::span<const float> row(int y);

    /// From now on rows have these columns only.
    void narrow(int x, int width);

    /// Low-res rows, or columns, from the first to the last one.
    struct Samples {
        int first = 0;
        int last = 0;
    };
    /// What a row or a column of the original is interpolated from.
    Samples samplesOfRow(int y) const { return samples(m_resizeY, m_enlargeY, y); }
    Samples samplesOfColumn(int x) const { return samples(m_resizeX, m_enlargeX, x); }

private:
    /// The last two rows of a stage; an output row between them needs no others.
    struct RowPair {
        std::array<std::vector<float>, 2> rows;
        std::array<int, 2> indices = {-1, -1};
    };

    /// Columns of a stage, end not included.
    struct Columns {
        int begin = 0;
        int end = 0;

        std::span<const float> of(const float *row) const
        {
            return {row + begin, static_cast<std::size_t>(end - begin)};
        }
    };

    static Samples samples(const LineResize &resize, const LineResize &enlarge, int index);
    template <typename Compute>
    static const float *cached(RowPair &pair, int index, int keep, const Compute &compute);
    const float *enlargedRow(int y, int keep);
    const float *resizedRow(int y, int keep);

    std::span<const float> m_values;
    Size m_logitsSize;
    InputGeometry m_geometry;
    LineResize m_enlargeX, m_enlargeY; ///< low-res -> padded, only the part that is not padding
    LineResize m_resizeX, m_resizeY;   ///< resized -> original
    RowPair m_enlarged;                ///< low-res rows at the resized picture's width
    RowPair m_resized;                 ///< rows of the resized picture at the original's width
    Columns m_resizedColumns;          ///< wanted of the resized picture
    Columns m_columns;                 ///< wanted of the original
    std::vector<float> m_between;
    std::vector<float> m_row;
};

} // namespace core
