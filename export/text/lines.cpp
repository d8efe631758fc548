// SPDX-License-Identifier: Apache-2.0
#include "export/text/lines.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace exporters
{

std::string_view trimmed(std::string_view line)
{
    constexpr std::string_view blanks = " \t\r";
    const std::size_t first = line.find_first_not_of(blanks);
    if (first == line.npos)
        return {};
    return line.substr(first, line.find_last_not_of(blanks) + 1 - first);
}

void forEachLine(std::string_view text,
                 const std::function<void(std::size_t, std::string_view)> &visit)
{
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        visit(number, line);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
    }
}

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    forEachLine(text, [&](std::size_t, std::string_view line) { lines.push_back(trimmed(line)); });
    return lines;
}

std::vector<std::string_view> wordsOf(std::string_view line)
{
    std::vector<std::string_view> words;
    constexpr std::string_view blank = " \t";
    for (std::size_t begin = line.find_first_not_of(blank); begin != line.npos;) {
        const std::size_t end = line.find_first_of(blank, begin);
        words.push_back(line.substr(begin, end - begin));
        begin = line.find_first_not_of(blank, end);
    }
    return words;
}

std::string onOneLine(std::string name)
{
    std::ranges::replace_if(
        name, [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return name;
}

std::optional<double> toNumber(std::string_view word)
{
    double number = 0;
    const char *const end = word.data() + word.size();
    const auto [stop, error] = std::from_chars(word.data(), end, number);
    if (error != std::errc() || stop != end || !std::isfinite(number))
        return {};
    return number;
}

std::string toText(double number, int decimals)
{
    std::array<char, 400> buffer; // the largest double has 309 digits
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                            std::chars_format::fixed, decimals);
    std::string text(buffer.data(), end);
    if (text.find('.') != text.npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.ends_with('.'))
            text.pop_back();
    }
    return text == "-0" ? "0" : text;
}

} // namespace exporters
