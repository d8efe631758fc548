// SPDX-License-Identifier: Apache-2.0
#include "export/text/small_text.h"

#include "export/text/label_lines.h"

#include <QString>

#include <algorithm>
#include <charconv>

namespace exporters
{
namespace
{

constexpr std::size_t mostText = std::size_t{16} << 20;

std::string_view trimmed(std::string_view line)
{
    constexpr std::string_view blanks = " \t\r";
    const std::size_t first = line.find_first_not_of(blanks);
    if (first == line.npos)
        return {};
    return line.substr(first, line.find_last_not_of(blanks) + 1 - first);
}

} // namespace

std::optional<std::string> readSmallFile(const std::filesystem::path &file)
{
    std::error_code error;
    if (!std::filesystem::exists(file, error))
        return {};
    return readTextFile(file, mostText);
}

std::optional<std::string> readSmallText(const std::filesystem::path &file)
{
    std::optional<std::string> text = readSmallFile(file);
    if (text && !isUtf8(*text))
        text = QString::fromLatin1(text->data(), qsizetype(text->size())).toStdString();
    return text;
}

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    forEachLine(text, [&](std::size_t, std::string_view line) { lines.push_back(trimmed(line)); });
    return lines;
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

std::string onOneLine(std::string name)
{
    std::ranges::replace_if(
        name, [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return name;
}

} // namespace exporters
