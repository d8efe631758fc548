// SPDX-License-Identifier: Apache-2.0
#include "export/operations/run_description.h"

#include "export/json/foreign_keys.h"

#include <nlohmann/json.hpp>

#include <set>

namespace exporters
{

std::string differences(const core::ForeignKeys &a, const core::ForeignKeys &b)
{
    const nlohmann::ordered_json ours = foreignKeys(a), theirs = foreignKeys(b);
    std::set<std::string> names;
    for (const auto *keys : {&ours, &theirs}) {
        for (const auto &[key, value] : keys->items()) {
            if (!ours.contains(key) || !theirs.contains(key) || ours[key] != theirs[key])
                names.insert('"' + key + '"');
        }
    }
    std::string words;
    for (const std::string &name : names)
        words += (words.empty() ? "" : name == *names.rbegin() ? " and " : ", ") + name;
    return words;
}

} // namespace exporters
