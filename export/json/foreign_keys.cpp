// SPDX-License-Identifier: Apache-2.0
#include "export/json/foreign_keys.h"

#include "export/json/json_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <unordered_set>

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

/// nlohmann's objects that keep the order of their keys look for each among all before it.
constexpr std::ptrdiff_t mostOrdered = 1000;

/// The same with the keys in alphabetical order; no search for any.
nlohmann::ordered_json sorted(const nlohmann::json &value)
{
    nlohmann::ordered_json result;
    if (value.is_object()) {
        result = nlohmann::ordered_json::object();
        auto &members = result.get_ref<nlohmann::ordered_json::object_t &>();
        for (const auto &[key, inner] : value.items())
            members.emplace_back(key, sorted(inner));
    } else if (value.is_array()) {
        result = nlohmann::ordered_json::array();
        for (const nlohmann::json &inner : value)
            result.push_back(sorted(inner));
    } else {
        result = value;
    }
    return result;
}

} // namespace

core::ForeignKeys foreignKeysOf(const nlohmann::json &element,
                                std::initializer_list<std::string_view> known)
{
    core::ForeignKeys kept;
    for (const auto &[key, value] : element.items()) {
        if (std::ranges::find(known, std::string_view(key)) != known.end())
            continue;
        kept += kept.empty() ? "{" : ",";
        kept.append(nlohmann::json(key).dump()).append(":").append(value.dump());
    }
    return kept.empty() ? kept : kept + "}";
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
    const bool isLarge = std::ranges::count(text, ':') > mostOrdered;
    auto keys = isLarge ? sorted(nlohmann::json::parse(text, nullptr, false))
                        : nlohmann::ordered_json::parse(text, nullptr, false);
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
    if (!element.is_object())
        element = nlohmann::ordered_json::object();
    auto &members = element.get_ref<nlohmann::ordered_json::object_t &>();
    std::unordered_set<std::string> taken;
    for (const auto &[key, value] : members)
        taken.insert(key);
    for (const auto &[key, value] : all.items()) {
        if (taken.insert(key).second)
            members.emplace_back(key, value);
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
