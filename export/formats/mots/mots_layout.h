// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace exporters
{

// What MOTS looks like on disk. None of these throws.

/// Whether the first line is one of MOTS text.
bool isMotsText(const std::filesystem::path &file);

/// Whether there is a folder "instances" in it with labels.txt or a PNG.
bool holdsMotsMaps(const std::filesystem::path &folder);

/// The folders in `folder` that have maps, as CVAT lays out the splits of a dataset.
std::vector<std::string> motsSubsets(const std::filesystem::path &folder);

bool looksLikeMots(const std::filesystem::path &input);

} // namespace exporters
