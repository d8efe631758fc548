// SPDX-License-Identifier: Apache-2.0
#include "export/text/colors.h"

#include "export/text/lines.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace exporters
{

std::string hexColor(core::Color color)
{
    std::string text = "#";
    for (int shift = 20; shift >= 0; shift -= 4)
        text += "0123456789abcdef"[color >> shift & 15];
    return text;
}

std::optional<core::Color> colorFrom(const nlohmann::json &value)
{
    core::Color color = 0;
    if (value.is_string()) {
        const auto &text = value.get_ref<const std::string &>();
        if (text.size() != 7 || text[0] != '#')
            return {};
        const auto [end, error] = std::from_chars(&text[1], text.data() + 7, color, 16);
        return error == std::errc() && end == text.data() + 7 ? std::optional(color) : std::nullopt;
    }
    if (!value.is_array() || value.size() != 3)
        return {};
    for (const nlohmann::json &channel : value) {
        if (!channel.is_number_unsigned() || channel.get<std::uint64_t>() > 255)
            return {};
        color = color << 8 | channel.get<core::Color>();
    }
    return color;
}

std::optional<core::Color> parseColor(std::string_view text, char separator)
{
    core::Color color = 0;
    for (int channel = 0; channel < 3; ++channel) {
        const std::size_t end = std::min(text.find(separator), text.size());
        const std::string_view digits = trimmed(text.substr(0, end));
        core::Color value = 0;
        const auto [stop, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (error != std::errc() || stop != digits.data() + digits.size() || value > 255 ||
            (channel == 2) != (end == text.size()))
            return {};
        color = color << 8 | value;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return color;
}

std::string colorText(core::Color color, char separator)
{
    std::string text = std::to_string(color >> 16 & 255);
    for (const int shift : {8, 0})
        text.append(1, separator).append(std::to_string(color >> shift & 255));
    return text;
}

} // namespace exporters
