// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <filesystem>
#include <initializer_list>
#include <stop_token>
#include <string_view>

namespace exporters
{

/// The keys of the top level object of a JSON file but for the lists in `known`, which are passed
/// over without being kept. Empty when there are none, or the file cannot be read to its end.
/// Throws core::Error(Cancelled).
core::ForeignKeys topLevelKeys(const std::filesystem::path &file,
                               std::initializer_list<std::string_view> known,
                               std::stop_token stop = {});

} // namespace exporters
