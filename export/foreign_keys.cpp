// SPDX-License-Identifier: Apache-2.0
#include "export/foreign_keys.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace exporters
{

core::ForeignKeys foreignKeysOf(const nlohmann::json &element,
                                std::initializer_list<std::string_view> known)
{
    nlohmann::ordered_json kept = nlohmann::ordered_json::object();
    for (const auto &[key, value] : element.items()) {
        if (std::ranges::find(known, std::string_view(key)) == known.end())
            kept[key] = value;
    }
    return kept.empty() ? core::ForeignKeys() : kept.dump();
}

nlohmann::ordered_json foreignKeys(const core::ForeignKeys &text)
{
    if (text.empty())
        return nlohmann::ordered_json::object();
    auto keys = nlohmann::ordered_json::parse(text, nullptr, false);
    return keys.is_object() ? keys : nlohmann::ordered_json::object();
}

void setForeignKey(core::ForeignKeys &keys, std::string_view key,
                   const nlohmann::ordered_json &value)
{
    nlohmann::ordered_json all = foreignKeys(keys);
    all[std::string(key)] = value;
    keys = all.dump();
}

void addForeignKeys(nlohmann::ordered_json &element, const core::ForeignKeys &keys)
{
    if (keys.empty())
        return;
    const nlohmann::ordered_json all = foreignKeys(keys);
    for (const auto &[key, value] : all.items()) {
        if (!element.contains(key))
            element[key] = value;
    }
}

core::ForeignKeys joinedForeignKeys(const core::ForeignKeys &ours, const core::ForeignKeys &theirs)
{
    if (ours.empty() || theirs.empty())
        return ours.empty() ? theirs : ours;
    nlohmann::ordered_json all = foreignKeys(ours);
    const std::size_t before = all.size();
    addForeignKeys(all, theirs);
    return all.size() == before ? ours : all.dump();
}

} // namespace exporters
