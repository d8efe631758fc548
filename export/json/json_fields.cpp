// SPDX-License-Identifier: Apache-2.0
#include "export/json/json_fields.h"

#include "core/image/image_reader.h"
#include "export/entry.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>

namespace exporters
{
namespace
{

std::string quoted(const char *key)
{
    return std::string("\"").append(key).append("\"");
}

} // namespace

JsonFields::JsonFields(const nlohmann::json &element, std::string where)
    : m_element(element), m_where(std::move(where))
{
    if (!element.is_object())
        refuse("is not an object with named values", "not-an-object");
}

void JsonFields::refuse(const std::string &why, const char *rule) const
{
    throw EntryError(rule, m_where + " " + why + ".");
}

const nlohmann::json *JsonFields::find(const char *key) const
{
    const auto found = m_element.find(key);
    return found == m_element.end() || found->is_null() ? nullptr : &*found;
}

const nlohmann::json &JsonFields::require(const char *key) const
{
    const nlohmann::json *value = find(key);
    if (value == nullptr)
        refuse("has no " + quoted(key), "key-missing");
    return *value;
}

std::int64_t JsonFields::integer(const nlohmann::json &value, const std::string &what) const
{
    constexpr double exact = 9007199254740992.0; // 2^53
    if (value.is_number_unsigned()) {
        const auto number = value.get<std::uint64_t>();
        if (number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return static_cast<std::int64_t>(number);
    } else if (value.is_number_integer()) {
        return value.get<std::int64_t>();
    } else if (value.is_number_float()) {
        const double number = value.get<double>();
        if (std::abs(number) <= exact && number == std::floor(number))
            return static_cast<std::int64_t>(number);
    }
    refuse("has no whole number as " + what, "not-a-whole-number");
}

core::Id JsonFields::id(const char *key) const
{
    const core::Id id = integer(require(key), quoted(key));
    if (id < 0)
        refuse("has a negative " + quoted(key), "id-negative");
    constexpr core::Id largest = core::Id{1} << 62; // so that others can be counted on from it
    if (id > largest)
        refuse("has the impossible " + quoted(key) + " " + std::to_string(id), "id-large");
    return id;
}

core::Size JsonFields::size(const char *width, const char *height) const
{
    const std::int64_t w = integer(require(width), quoted(width));
    const std::int64_t h = integer(require(height), quoted(height));
    constexpr std::int64_t longest = core::maxImageSide; // a polygon may cross every column
    if (w < 1 || h < 1 || w > longest || h > longest || w * h > core::maxMaskPixels)
        refuse("has the impossible size " + std::to_string(w) + " x " + std::to_string(h),
               "image-size");
    return {static_cast<int>(w), static_cast<int>(h)};
}

std::string JsonFields::text(const char *key) const
{
    const nlohmann::json &value = require(key);
    if (!value.is_string())
        refuse("has no text as " + quoted(key), "not-text");
    return value.get<std::string>();
}

std::string JsonFields::textOr(const char *key, const char *otherwise) const
{
    return find(key) == nullptr ? otherwise : text(key);
}

bool JsonFields::flag(const char *key) const
{
    const nlohmann::json *value = find(key);
    if (value == nullptr)
        return false;
    if (value->is_boolean())
        return value->get<bool>();
    const std::int64_t number = integer(*value, quoted(key));
    if (number != 0 && number != 1)
        refuse("has neither 0 nor 1 as " + quoted(key), "not-a-flag");
    return number == 1;
}

std::vector<double> JsonFields::numbers(const nlohmann::json &value, const std::string &what) const
{
    if (!value.is_array())
        refuse("has no list of numbers as " + what, "not-numbers");
    std::vector<double> numbers;
    numbers.reserve(value.size());
    for (const nlohmann::json &number : value) {
        if (!number.is_number())
            refuse("has something else than numbers in " + what, "not-numbers");
        numbers.push_back(number.get<double>());
    }
    return numbers;
}

} // namespace exporters
