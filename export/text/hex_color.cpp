// SPDX-License-Identifier: Apache-2.0
#include "export/text/hex_color.h"

#include <nlohmann/json.hpp>

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

} // namespace exporters
