// SPDX-License-Identifier: Apache-2.0
#include "export/json/foreign_keys.h"

#include "export/json/json_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace exporters
{
namespace
{

/// A key may be written with escapes where it needs none: they must not hide it.
std::string plainKey(const JsonMember &member)
{
    std::string key(member.key);
    if (key.find('\\') != key.npos) {
        const auto parsed = nlohmann::json::parse("\"" + key + "\"", nullptr, false);
        if (parsed.is_string())
            key = parsed.get<std::string>();
    }
    return key;
}

void appendMember(std::string &object, const JsonMember &member)
{
    object += '"';
    object.append(member.key).append("\":").append(member.value);
}

} // namespace

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

core::ForeignKeys foreignKeysIn(std::string_view object,
                                std::initializer_list<std::string_view> known)
{
    core::ForeignKeys kept;
    for (const JsonMember &member : jsonMembers(object)) {
        if (std::ranges::find(known, plainKey(member)) != known.end())
            continue;
        kept += kept.empty() ? "{" : ",";
        appendMember(kept, member);
    }
    return kept.empty() ? kept : kept + "}";
}

std::string withForeignKeys(const nlohmann::ordered_json &element, const core::ForeignKeys &keys)
{
    std::string text = element.dump();
    if (keys.empty() || !nlohmann::json::accept(keys))
        return text;
    text.pop_back();
    for (const JsonMember &member : jsonMembers(keys)) {
        if (element.contains(plainKey(member)))
            continue;
        if (text.size() > 1)
            text += ',';
        appendMember(text, member);
    }
    return text + "}";
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
    // A folder's name may be of any bytes.
    keys = all.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
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
