// SPDX-License-Identifier: Apache-2.0
#include "export/text_lines.h"

#include "core/error.h"
#include "core/file/file_error.h"

#include <QString>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <iterator>

namespace exporters
{
namespace
{

constexpr std::uintmax_t mostText = std::uintmax_t{16} << 20;

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
    if (!std::filesystem::is_regular_file(file, error))
        throw core::readError(file, EISDIR);
    if (std::filesystem::file_size(file, error) > mostText)
        throw core::Error(core::ErrorKind::BadDataset,
                          file.string() + " is larger than 16 MiB; it is no such text file.");
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        throw core::readError(file, errno);
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

std::optional<std::string> readSmallText(const std::filesystem::path &file)
{
    std::optional<std::string> text = readSmallFile(file);
    if (text && !QUtf8StringView(text->data(), qsizetype(text->size())).isValidUtf8())
        text = QString::fromLatin1(text->data(), qsizetype(text->size())).toStdString();
    return text;
}

std::vector<std::string_view> linesOf(std::string_view text)
{
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(trimmed(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
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
