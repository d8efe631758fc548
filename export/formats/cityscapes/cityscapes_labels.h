// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace exporters
{

/// A label of Cityscapes or of label_colors.txt.
struct CityscapesLabel {
    int id = 0; ///< 0: no object; -1: has none in pictures of numbers
    std::string name;
    core::Color color = 0;
    bool hasInstances = false; ///< is counted; of the original labels only
    std::string group = {};    ///< "vehicle"; of the original labels only
};

/// The 35 of the original dataset, by id from 0, the license plate (-1) last.
const std::vector<CityscapesLabel> &originalLabels();

/// Null: none of the original labels has that name.
const CityscapesLabel *originalLabel(std::string_view name);

/// label_colors.txt: lines of "red green blue name", or "name" alone, the first is 0. Lines that
/// are neither are left out but keep their number.
std::vector<CityscapesLabel> parseLabelColors(std::string_view text);
std::string labelColorsText(std::span<const CityscapesLabel> labels);

} // namespace exporters
