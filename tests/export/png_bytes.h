// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <cstdint>
#include <string>
#include <string_view>

namespace sample
{

inline void appendNumber(std::string &bytes, std::uint32_t value)
{
    for (const int shift : {24, 16, 8, 0})
        bytes += char(value >> shift & 0xff);
}

inline std::string pngChunk(std::string_view name, std::string_view content)
{
    std::string body = std::string(name).append(content);
    std::uint32_t sum = 0xffffffff;
    for (const char c : body) {
        sum ^= std::uint8_t(c);
        for (int bit = 0; bit < 8; ++bit)
            sum = (sum & 1) != 0 ? sum >> 1 ^ 0xedb88320 : sum >> 1;
    }
    std::string chunk;
    appendNumber(chunk, std::uint32_t(content.size()));
    chunk += body;
    appendNumber(chunk, sum ^ 0xffffffff);
    return chunk;
}

/// `rows`: each begins with its filter byte, as PNG packs them. `extra`: chunks before the pixels.
inline std::string png(std::uint32_t width, std::uint32_t height, int depth, int color,
                       std::string_view rows, std::string_view extra = {})
{
    std::string header;
    appendNumber(header, width);
    appendNumber(header, height);
    header += {char(depth), char(color), 0, 0, 0};
    const QByteArray packed =
        qCompress(reinterpret_cast<const uchar *>(rows.data()), qsizetype(rows.size()));
    std::string bytes = "\x89PNG\r\n\x1a\n";
    bytes += pngChunk("IHDR", header);
    bytes += extra;
    // qCompress() puts four bytes of its own before.
    bytes +=
        pngChunk("IDAT", std::string_view(packed.constData() + 4, std::size_t(packed.size() - 4)));
    return bytes + pngChunk("IEND", "");
}

} // namespace sample
