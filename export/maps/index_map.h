// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace exporters
{

/// A picture whose pixels are numbers of objects or classes, row by row from the top.
struct IndexMap {
    core::Size size;
    std::vector<std::uint32_t> values;

    IndexMap() = default;
    explicit IndexMap(core::Size s) : size(s), values(static_cast<std::size_t>(s.area()), 0) {}

    std::uint32_t *row(int y)
    {
        return values.data() + static_cast<std::ptrdiff_t>(y) * size.width;
    }
    const std::uint32_t *row(int y) const
    {
        return values.data() + static_cast<std::ptrdiff_t>(y) * size.width;
    }
    bool operator==(const IndexMap &) const = default;
};

} // namespace exporters
