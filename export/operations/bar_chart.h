// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/operations/drawing.h"

#include <string>
#include <vector>

namespace exporters
{

struct Bar {
    std::string label;
    std::size_t value = 0;
};

struct BarChart {
    std::string title;
    std::string subtitle; ///< what is counted; may be empty
    std::vector<Bar> bars;
};

/// Bars from left to right, one a line, labels before them and values behind them: for names. More
/// than `most` are not drawn; a line says how many they are.
Drawing lyingBars(const BarChart &chart, std::size_t most = 40);

/// Bars that stand on a line with a scale beside them: for histograms, whose classes have an order.
/// Values stand over the bars if there is room for all.
Drawing standingBars(const BarChart &chart);

} // namespace exporters
