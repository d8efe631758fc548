// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <filesystem>

namespace exporters
{

/// All of a JSON file, for formats with one small file a picture. Larger ones are read by
/// readJsonLists(), which takes the memory of one element.
///
/// Throws core::Error(FileNotFound, FileUnreadable), and BadDataset with file and place for what is
/// no JSON, breaks off, is not UTF-8, is nested deeper than 100, or has more than 2^22 values.
nlohmann::json readJsonFile(const std::filesystem::path &file);

} // namespace exporters
