// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"
#include "export/maps/index_map.h"

#include <limits>
#include <span>
#include <unordered_map>

namespace exporters
{

/// Gives every pixel to one of the masks, or to none: the value i + 1 stands for masks[i]. All are
/// of the size `size`. SmallestOnTop goes by the number of pixels; equals lie in their order.
IndexMap assignPixels(core::Size size, std::span<const core::Rle *const> masks, Overlap overlap);

/// The objects of one picture as formats without overlaps hold them.
struct DrawnObjects {
    std::vector<core::Annotation> objects; ///< with a mask and a pixel left, in their order
    IndexMap map;                          ///< value i + 1: a pixel of objects[i]
    std::vector<core::Annotation> boxes;   ///< boxes alone, and masks beyond the most
};

/// Sorts `annotations` out. Counts in `summary` the objects without a pixel, those that lost pixels
/// to others and those that lost all of them; what becomes of the boxes is for the caller to say.
/// No more than `most` masks are drawn, the first ones.
/// Throws core::Error(BadDataset) for a mask of another size than its image.
DrawnObjects drawObjects(const core::ImageRecord &image, std::vector<core::Annotation> annotations,
                         Overlap overlap, WriteSummary &summary,
                         std::size_t most = std::numeric_limits<std::size_t>::max());

/// The map with the value v replaced by table[v]. `table` has an entry for each value.
IndexMap recoded(const IndexMap &map, std::span<const std::uint32_t> table);

/// The pixels of one value of a map.
struct ValueMask {
    std::uint32_t value = 0;
    core::Rle mask;
};

/// One mask for each value but 0, lowest first, made in one pass from runs of columns: no mask
/// exists as a picture. Throws core::Error(BadDataset) for more than 65536 values, which no map of
/// objects has.
std::vector<ValueMask> masksOfValues(const IndexMap &map);

/// For each value of `objects` but 0: the value that most of its pixels have in `classes`, those of
/// `ignored` and 0 left aside; 0 when there is none. Of equals the lowest. The sizes are the same.
std::unordered_map<std::uint32_t, std::uint32_t>
mostFrequentValues(const IndexMap &objects, const IndexMap &classes, std::uint32_t ignored);

} // namespace exporters
