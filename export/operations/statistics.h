// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

#include <array>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace exporters
{

/// Counts by powers of two: [0] is how many are below 2, [1] 2 to 3, [2] 4 to 7, ...
class PowerHistogram
{
public:
    void add(std::int64_t value);
    const std::vector<std::size_t> &counts() const { return m_counts; }
    /// The smallest value of a class: 0, 2, 4, 8, ...
    static std::int64_t from(std::size_t index)
    {
        return index == 0 ? 0 : std::int64_t(1) << index;
    }

private:
    std::vector<std::size_t> m_counts;
};

struct CategoryStatistics {
    core::Category category;
    std::size_t annotations = 0;
    std::size_t images = 0; ///< that have one or more
    std::size_t crowds = 0;
    std::int64_t pixels = 0;
};

struct Statistics {
    std::size_t images = 0;
    std::size_t unlabelledImages = 0; ///< without annotations
    std::size_t annotations = 0;
    std::size_t crowds = 0;
    std::size_t boxesAlone = 0; ///< annotations without a mask
    std::size_t emptyMasks = 0; ///< masks without a pixel
    std::size_t scored = 0;     ///< annotations with a score
    std::size_t withHoles = 0;  ///< annotations
    std::size_t holes = 0;      ///< in all of them
    std::size_t withParts = 0;  ///< annotations of more than one part, parts touching at corners
                                ///< being one
    std::size_t parts = 0;      ///< of all masks that have a pixel
    /// As COCO's evaluation has them, by pixels: below 32 x 32, below 96 x 96, the rest. Without
    /// crowds; boxes alone by their own area.
    std::size_t small = 0, medium = 0, large = 0;
    PowerHistogram areas;                               ///< pixels of a mask
    PowerHistogram boxSides;                            ///< longer side of a mask's box, or a box
    std::map<std::size_t, std::size_t> imagesWithCount; ///< by how many annotations they have
    std::map<std::pair<int, int>, std::size_t> imageSizes; ///< images by width and height
    std::vector<CategoryStatistics> categories;            ///< in the dataset's order
};

/// Looks at everything once, one picture's masks at a time. Annotations of categories that the
/// source does not list count in everything but `categories`. Throws core::Error(Cancelled).
Statistics measure(AnnotationSource &source, const std::stop_token &stop = {},
                   const Progress &progress = {});

} // namespace exporters
