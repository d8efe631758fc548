// SPDX-License-Identifier: Apache-2.0
#include "export/json/json_top_level.h"

#include "core/error.h"
#include "export/json/json_glimpse.h"
#include "export/json/json_source.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <string>

namespace exporters
{

core::ForeignKeys topLevelKeys(const std::filesystem::path &file,
                               std::initializer_list<std::string_view> known, std::stop_token stop)
{
    using Json = nlohmann::ordered_json;
    const auto isKnown = [&](std::string_view key) {
        return std::ranges::find(known, key) != known.end();
    };
    // Most files have none: a look at the beginning saves going through small ones once more.
    const JsonGlimpse glimpse = glimpseJson(file);
    if (!glimpse.isCut &&
        std::ranges::all_of(glimpse.keys, [&](const auto &entry) { return isKnown(entry.first); }))
        return {};
    core::ForeignKeys keys;
    try {
        JsonSource source(file, std::move(stop));
        if (source.isList())
            return {};
        while (const std::optional<std::string> key = source.nextKey()) {
            if (isKnown(*key)) {
                source.skip();
                continue;
            }
            const JsonPiece value = source.value();
            if (value.isTooLarge || !Json::accept(value.text))
                return {};
            keys += keys.empty() ? "{" : ",";
            keys.append(Json(*key).dump()).append(":").append(value.text);
        }
    } catch (const core::Error &error) {
        if (error.kind() == core::ErrorKind::Cancelled)
            throw;
        return {};
    }
    return keys.empty() ? keys : keys + "}";
}

} // namespace exporters
