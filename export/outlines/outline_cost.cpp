// SPDX-License-Identifier: Apache-2.0
#include "export/outlines/outline_cost.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace exporters
{

void OutlineCost::add(double iou)
{
    m_count += iou < 1;
    m_sum += iou < 1 ? iou : 0;
    m_worst = std::min(m_worst, iou);
}

void OutlineCost::tell(WriteSummary &summary) const
{
    if (m_count == 0)
        return;
    std::array<char, 100> words{};
    std::snprintf(words.data(), words.size(),
                  "outlines were simplified (IoU %.4f on average, %.4f at the worst)",
                  m_sum / double(m_count), m_worst);
    summary.lose(words.data(), m_count);
}

} // namespace exporters
