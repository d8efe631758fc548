// SPDX-License-Identifier: Apache-2.0
#include "export/text/text_file.h"

#include "core/error.h"
#include "core/file/file_error.h"

#include <QString>

#include <array>
#include <cerrno>
#include <cstdint>
#include <fstream>

namespace exporters
{
namespace
{

constexpr std::size_t mostSmall = std::size_t{16} << 20;

} // namespace

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

std::optional<std::string> readSmallFile(const std::filesystem::path &file)
{
    std::error_code error;
    if (!std::filesystem::exists(file, error))
        return {};
    return readTextFile(file, mostSmall);
}

std::optional<std::string> readSmallText(const std::filesystem::path &file)
{
    std::optional<std::string> text = readSmallFile(file);
    if (text && !isUtf8(*text))
        text = QString::fromLatin1(text->data(), qsizetype(text->size())).toStdString();
    return text;
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

} // namespace exporters
