// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <algorithm>
#include <unordered_set>
#include <vector>

namespace exporters
{

/// Every record keeps its id if that is 1 or more and none before it has it; the others get the
/// ids after the largest one, in their order. How many were changed.
template <typename Record>
std::size_t giveFreeIds(std::vector<Record> &records)
{
    core::Id largest = 0;
    for (const Record &record : records)
        largest = std::max(largest, record.id);
    std::size_t changed = 0;
    std::unordered_set<core::Id> seen;
    for (Record &record : records) {
        if (record.id >= 1 && seen.insert(record.id).second)
            continue;
        record.id = ++largest;
        ++changed;
    }
    return changed;
}

} // namespace exporters
