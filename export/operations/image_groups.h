// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <span>
#include <string>
#include <vector>

namespace exporters
{

/// Which images belong together (of one patient, one video, one place), so that a split must not
/// tear them apart: a name for each, equal for those of one group.
///
/// `rule` is empty: every image is a group of its own. "folder": the folder in its name. A number
/// from 1 on: that part of its path, as 1 of "site/day/a.jpg" is "site". Anything else is a regular
/// expression (ECMAScript) that is searched in the name; what its first parentheses hold, or all
/// that was found, is the group. An image in which the rule finds nothing is on its own.
///
/// Throws core::Error(BadDataset) for a regular expression that is none or too costly.
std::vector<std::string> imageGroups(std::span<const core::ImageRecord> images,
                                     const std::string &rule);

} // namespace exporters
