// SPDX-License-Identifier: Apache-2.0
#include "export/text/label_lines.h"

#include "core/error.h"
#include "core/file/file_error.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <fstream>

namespace exporters
{

std::string readTextFile(const std::filesystem::path &file, std::size_t mostBytes)
{
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::status(file, error);
    if (!std::filesystem::exists(status))
        throw core::readError(file, ENOENT);
    if (!std::filesystem::is_regular_file(status))
        throw core::Error(core::ErrorKind::FileUnreadable,
                          "\"" + file.string() + "\" is no file that can be read.");
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    if (error)
        throw core::readError(file, error.value());
    if (size > mostBytes)
        throw core::Error(core::ErrorKind::BadDataset,
                          "\"" + file.string() + "\" has " + std::to_string(size) +
                              " bytes, far more than such files have.");
    std::ifstream in(file, std::ios::binary);
    std::string text(static_cast<std::size_t>(size), '\0');
    if (!in || (size > 0 && !in.read(text.data(), static_cast<std::streamsize>(size))))
        throw core::readError(file, errno ? errno : EIO);
    if (text.starts_with("\xEF\xBB\xBF"))
        text.erase(0, 3);
    return text;
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

std::optional<double> toNumber(std::string_view word)
{
    double number = 0;
    const char *const end = word.data() + word.size();
    const auto [stop, error] = std::from_chars(word.data(), end, number);
    if (error != std::errc() || stop != end || !std::isfinite(number))
        return {};
    return number;
}

bool isUtf8(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i]);
        const std::size_t length = first < 0x80            ? 1
                                   : first >> 5 == 0b110   ? 2
                                   : first >> 4 == 0b1110  ? 3
                                   : first >> 3 == 0b11110 ? 4
                                                           : 0;
        if (length == 0 || i + length > text.size())
            return false;
        std::uint32_t code = length == 1 ? first : first & (0x7Fu >> length);
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if (next >> 6 != 0b10)
                return false;
            code = code << 6 | (next & 0x3Fu);
        }
        constexpr std::array<std::uint32_t, 5> lowest{0, 0, 0x80, 0x800, 0x10000};
        if (code < lowest[length] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
            return false;
        i += length;
    }
    return true;
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
