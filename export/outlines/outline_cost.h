// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

#include <cstddef>

namespace exporters
{

/// What simplified outlines cost, over all objects of an export.
class OutlineCost
{
public:
    /// `iou`: of what an object's outlines fill with its mask; 1 is no change.
    void add(double iou);
    /// Adds it to the losses, if there is any.
    void tell(WriteSummary &summary) const;

private:
    std::size_t m_count = 0;
    double m_sum = 0;
    double m_worst = 1;
};

} // namespace exporters
