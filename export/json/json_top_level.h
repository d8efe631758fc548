// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <filesystem>
#include <initializer_list>
#include <string_view>

namespace exporters
{

/// The keys of the top level object of a JSON file but for the lists in `known`, which are passed
/// over without being kept. Empty when there are none, or the file cannot be read to its end.
core::ForeignKeys topLevelKeys(const std::filesystem::path &file,
                               std::initializer_list<std::string_view> known);

} // namespace exporters
