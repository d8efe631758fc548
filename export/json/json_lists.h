// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/entry.h"
#include "export/json/json_source.h"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace exporters
{

/// One of the lists in the top level object of an annotation file, and who takes its elements.
/// Without a taker the list is only looked at, which is quicker.
struct JsonList {
    std::string name; ///< empty: the file itself is the list
    std::function<void(std::size_t index, const nlohmann::json &element)> onElement;
    /// An element that is no JSON in itself; without one who takes it, it ends the reading.
    std::function<void(std::size_t index, const EntryError &error)> onBroken = {};
};

/// Goes through {"images": [...], "annotations": [...], ...} and hands over the elements of `lists`
/// one by one, so that a file of any size is read in the memory of its largest element. Other keys
/// are skipped: their brackets are matched, and what lies between is not looked at. A file that is
/// a list itself is refused unless `lists` has one without a name.
/// Returns the names of the lists that were there, in the file's order.
///
/// Throws core::Error as JsonSource and parseJson() do. What `onElement` throws passes through.
std::vector<std::string> readJsonLists(const std::filesystem::path &file,
                                       std::span<const JsonList> lists, std::stop_token stop,
                                       const ReadProgress &progress = {});

} // namespace exporters
