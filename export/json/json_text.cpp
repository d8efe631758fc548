// SPDX-License-Identifier: Apache-2.0
#include "export/json/json_text.h"

#include <array>
#include <bitset>
#include <cstdint>
#include <cstring>

namespace exporters
{
namespace
{

using Table = std::array<bool, 256>;

constexpr Table tableOf(std::string_view characters)
{
    Table table{};
    for (const char c : characters)
        table[static_cast<std::uint8_t>(c)] = true;
    return table;
}

constexpr Table structural = tableOf("\"[]{}");
constexpr Table endsScalar = tableOf(",]} \t\n\r:[{\"");
constexpr Table space = tableOf(" \t\n\r");

bool isIn(const Table &table, char c)
{
    return table[static_cast<std::uint8_t>(c)];
}

/// `at`: behind the opening quote. Behind the closing one; npos: it breaks off.
std::size_t stringEnd(std::string_view text, std::size_t at)
{
    std::size_t quote = at;
    bool isKnown = false; // so that a text of backslashes is not searched anew for each
    for (;;) {
        if (!isKnown || quote < at) {
            quote = text.find('"', at);
            isKnown = true;
        }
        const std::size_t limit = quote == text.npos ? text.size() : quote;
        const void *backslash =
            limit > at ? std::memchr(text.data() + at, '\\', limit - at) : nullptr;
        if (backslash == nullptr)
            return quote == text.npos ? text.npos : quote + 1;
        at = static_cast<std::size_t>(static_cast<const char *>(backslash) - text.data()) + 2;
        if (at > text.size())
            return text.npos;
    }
}

JsonExtent containerEnd(std::string_view text, std::size_t at, std::size_t around)
{
    std::bitset<deepestJson> isObject;
    std::size_t depth = 0;
    for (;;) {
        while (at < text.size() && !isIn(structural, text[at]))
            ++at;
        if (at == text.size())
            return {JsonExtent::Kind::BreaksOff, at};
        const char c = text[at];
        if (c == '"') {
            at = stringEnd(text, at + 1);
            if (at == text.npos)
                return {JsonExtent::Kind::BreaksOff, text.size()};
            continue;
        }
        if (c == '{' || c == '[') {
            if (around + depth >= deepestJson)
                return {JsonExtent::Kind::NestsTooDeep, at};
            isObject[depth++] = c == '{';
        } else if (isObject[--depth] != (c == '}')) {
            return {JsonExtent::Kind::Mismatch, at};
        }
        ++at;
        if (depth == 0)
            return {JsonExtent::Kind::Found, at};
    }
}

} // namespace

std::size_t skipJsonSpace(std::string_view text, std::size_t at)
{
    while (at < text.size() && isIn(space, text[at]))
        ++at;
    return at;
}

JsonExtent jsonValueEnd(std::string_view text, std::size_t begin, std::size_t depth)
{
    if (begin >= text.size())
        return {JsonExtent::Kind::BreaksOff, text.size()};
    const char c = text[begin];
    if (c == '{' || c == '[')
        return containerEnd(text, begin, depth);
    if (c == '"') {
        const std::size_t end = stringEnd(text, begin + 1);
        if (end == text.npos)
            return {JsonExtent::Kind::BreaksOff, text.size()};
        return {JsonExtent::Kind::Found, end};
    }
    std::size_t end = begin;
    while (end < text.size() && !isIn(endsScalar, text[end]))
        ++end;
    if (end == text.size())
        return {JsonExtent::Kind::BreaksOff, end};
    return {end == begin ? JsonExtent::Kind::Mismatch : JsonExtent::Kind::Found, end};
}

std::vector<JsonMember> jsonMembers(std::string_view object)
{
    std::vector<JsonMember> members;
    std::size_t at = skipJsonSpace(object, 0);
    if (at == object.size() || object[at] != '{')
        return {};
    at = skipJsonSpace(object, at + 1);
    while (at < object.size() && object[at] == '"') {
        const std::size_t keyEnd = stringEnd(object, at + 1);
        if (keyEnd == object.npos)
            return {};
        const std::string_view key = object.substr(at + 1, keyEnd - at - 2);
        at = skipJsonSpace(object, keyEnd);
        if (at == object.size() || object[at] != ':')
            return {};
        at = skipJsonSpace(object, at + 1);
        const JsonExtent value = jsonValueEnd(object, at, 0);
        if (value.kind != JsonExtent::Kind::Found)
            return {};
        members.push_back({key, object.substr(at, value.end - at)});
        at = skipJsonSpace(object, value.end);
        if (at == object.size() || (object[at] != ',' && object[at] != '}'))
            return {};
        if (object[at] == '}')
            return members;
        at = skipJsonSpace(object, at + 1);
    }
    return {}; // nothing in it, or no key behind a comma
}

} // namespace exporters
