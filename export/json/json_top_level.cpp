// SPDX-License-Identifier: Apache-2.0
#include "export/json/json_top_level.h"

#include "export/json/foreign_keys.h"
#include "export/json/json_glimpse.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

namespace exporters
{

core::ForeignKeys topLevelKeys(const std::filesystem::path &file,
                               std::initializer_list<std::string_view> known)
{
    using Json = nlohmann::ordered_json;
    constexpr int deepest = 100;
    const auto isKnown = [&](std::string_view key) {
        return std::ranges::find(known, key) != known.end();
    };
    // Most files have none: a look at the beginning saves going through them once more.
    const JsonGlimpse glimpse = glimpseJson(file);
    if (std::ranges::all_of(glimpse.keys, [&](const auto &entry) { return isKnown(entry.first); }))
        return {};
    const auto isKept = [&](int depth, Json::parse_event_t event, Json &parsed) {
        if (event == Json::parse_event_t::key && depth == 1)
            return !isKnown(parsed.get_ref<const std::string &>());
        return depth <= deepest;
    };
    std::ifstream stream(file, std::ios::binary);
    const Json keys = Json::parse(stream, isKept, false);
    return keys.is_object() && !keys.empty() ? keys.dump() : core::ForeignKeys();
}

} // namespace exporters
