// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_iou.h"

#include "core/mask/rle_merge.h"
#include "core/mask/rle_spans.h"

#include <cassert>

namespace core
{

std::vector<double> iouMatrix(std::span<const Rle> detections, std::span<const Rle> truths,
                              std::span<const std::uint8_t> isCrowd)
{
    assert(isCrowd.empty() || isCrowd.size() == truths.size());
    const std::vector<RleSpans> rows(detections.begin(), detections.end());
    const std::vector<RleSpans> columns(truths.begin(), truths.end());
    std::vector<double> values(rows.size() * columns.size());
    for (const RleSpans &row : rows) {
        if (!columns.empty())
            requireSameSize(row.size, columns[0].size);
    }
    for (const RleSpans &column : columns) {
        if (!rows.empty())
            requireSameSize(rows[0].size, column.size);
    }

    // As many truths at a time as stay in a core's own cache while all detections go by.
    constexpr std::size_t cache = std::size_t{256} << 10;
    for (std::size_t begin = 0, end = 0; begin < columns.size(); begin = end) {
        for (std::size_t bytes = 0; end < columns.size() && bytes < cache; ++end)
            bytes += columns[end].spans.size() * sizeof(PixelSpan);
        for (std::size_t d = 0; d < rows.size(); ++d) {
            for (std::size_t t = begin; t < end; ++t) {
                if (!disjoint(rows[d].box, columns[t].box))
                    values[d * columns.size() + t] =
                        iou(rows[d], columns[t], !isCrowd.empty() && isCrowd[t] != 0);
            }
        }
    }
    return values;
}

} // namespace core
