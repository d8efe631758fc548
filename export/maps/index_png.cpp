// SPDX-License-Identifier: Apache-2.0
#include "export/maps/index_png.h"

#include "core/image/image_file.h"
#include "export/maps/png_chunks.h"
#include "export/maps/png_file.h"

#include <QBuffer>
#include <QImageReader>

#include <algorithm>
#include <cassert>
#include <new>

namespace exporters
{
namespace
{

using Kind = PngChunks::Color;

/// Deflate makes no more than this of one byte.
constexpr std::uint64_t bestDeflate = 1032;

int channels(Kind color)
{
    return color == Kind::Rgb ? 3 : color == Kind::Rgba ? 4 : 1;
}

void check(const PngChunks &png, const core::ImageFile &file)
{
    const int depth = png.bitDepth;
    const bool isGrey = png.color == Kind::Grey || png.color == Kind::Palette;
    const bool isKnown = isGrey ? depth == 1 || depth == 2 || depth == 4 || depth == 8 ||
                                      (depth == 16 && png.color == Kind::Grey)
                                : depth == 8 && (png.color == Kind::Rgb || png.color == Kind::Rgba);
    if (!isKnown)
        file.fail(core::ErrorKind::BadImage,
                  "is no map of numbers: its pixels are neither indexed, nor grey, nor RGB of 8 "
                  "bits.");
    const std::uint64_t rowBits = static_cast<std::uint64_t>(png.size.width) *
                                  static_cast<std::uint64_t>(channels(png.color) * depth);
    const std::uint64_t bytes = (rowBits + 7) / 8 * static_cast<std::uint64_t>(png.size.height);
    if (bytes / bestDeflate > png.dataBytes())
        file.fail(core::ErrorKind::BadImage,
                  "says it has " + std::to_string(png.size.width) + " x " +
                      std::to_string(png.size.height) +
                      " pixels, but is far too short for them; it is damaged.");
}

QImage::Format decodedFormat(const PngChunks &png)
{
    switch (png.color) {
    case Kind::Rgb:
        return QImage::Format_RGB32;
    case Kind::Rgba:
        return QImage::Format_ARGB32;
    default:
        return png.bitDepth == 16  ? QImage::Format_Grayscale16
               : png.bitDepth == 8 ? QImage::Format_Grayscale8
               : png.bitDepth == 1 ? QImage::Format_Mono
                                   : QImage::Format_Indexed8;
    }
}

QImage decode(const PngChunks &png, const core::ImageFile &file)
{
    QByteArray bytes = plainPng(png);
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, "png");
    reader.setAutoTransform(false);
    // QImageReader has a limit for what it allocates, one for the whole program; a picture that is
    // there already is filled whatever the limit.
    QImage image(png.size.width, png.size.height, decodedFormat(png));
    if (image.isNull())
        throw std::bad_alloc();
    if (!reader.read(&image) || image.size() != QSize(png.size.width, png.size.height))
        file.fail(core::ErrorKind::BadImage, "is damaged; copy it again from its source.");
    return image;
}

template <typename Pixel, typename Value>
void fill(IndexMap &map, const QImage &image, Value value)
{
    for (int y = 0; y < map.size.height; ++y) {
        const auto *pixels = reinterpret_cast<const Pixel *>(image.constScanLine(y));
        std::transform(pixels, pixels + map.size.width, map.row(y), value);
    }
}

IndexMap toMap(QImage &&image, const PngChunks &png)
{
    IndexMap map(png.size);
    if (channels(png.color) > 1) {
        image.convertTo(QImage::Format_RGB32);
        fill<QRgb>(map, image, [](QRgb pixel) { return toValue(pixel & 0xffffff); });
    } else if (png.bitDepth == 16) {
        image.convertTo(QImage::Format_Grayscale16);
        fill<quint16>(map, image, [](quint16 pixel) { return std::uint32_t{pixel}; });
    } else {
        // Shades of few bits come spread over 0 to 255.
        const std::uint32_t step = 255u / ((1u << png.bitDepth) - 1);
        image.convertTo(QImage::Format_Grayscale8);
        fill<uchar>(map, image, [step](uchar pixel) { return pixel / step; });
    }
    return map;
}

template <typename Pixel, typename Convert>
void copyRows(const IndexMap &map, QImage &image, Convert convert)
{
    for (int y = 0; y < map.size.height && !image.isNull(); ++y)
        std::transform(map.row(y), map.row(y) + map.size.width,
                       reinterpret_cast<Pixel *>(image.scanLine(y)), convert);
}

QImage toImage(const IndexMap &map, IndexDepth depth, std::span<const core::Color> palette)
{
    const int width = map.size.width;
    const int height = map.size.height;
    if (depth == IndexDepth::Rgb) {
        QImage image(width, height, QImage::Format_RGB32);
        copyRows<QRgb>(map, image, [](std::uint32_t v) {
            return qRgb(int(v & 255), int(v >> 8 & 255), int(v >> 16 & 255));
        });
        return image;
    }
    if (depth == IndexDepth::Grey16) {
        QImage image(width, height, QImage::Format_Grayscale16);
        copyRows<quint16>(map, image, [](std::uint32_t v) { return static_cast<quint16>(v); });
        return image;
    }
    const bool isIndexed = depth == IndexDepth::Palette;
    QImage image(width, height, isIndexed ? QImage::Format_Indexed8 : QImage::Format_Grayscale8);
    if (isIndexed && !image.isNull()) {
        QList<QRgb> colors;
        for (const core::Color color : palette)
            colors.append(0xff000000u | color);
        image.setColorTable(colors);
    }
    copyRows<uchar>(map, image, [](std::uint32_t v) { return static_cast<uchar>(v); });
    return image;
}

} // namespace

std::uint32_t toValue(core::Color color)
{
    return (color >> 16 & 255) | (color & 0xff00) | (color & 255) << 16;
}

IndexPng readIndexPng(const std::filesystem::path &path)
{
    core::ImageFile file(path);
    if (file.header().format != core::ImageFormat::Png)
        file.fail(core::ErrorKind::BadImage, "is no PNG.");
    try {
        const std::vector<std::uint8_t> bytes = file.bytes();
        const std::optional<PngChunks> png = readPngChunks(bytes);
        if (!png)
            file.fail(core::ErrorKind::BadImage,
                      "breaks off or is damaged; copy it again from its source.");
        check(*png, file);
        return {toMap(decode(*png, file), *png), channels(png->color) > 1, png->palette,
                png->pictureName};
    } catch (const std::bad_alloc &) {
        file.fail(core::ErrorKind::OutOfMemory, "needs more memory than there is.");
    }
}

void writeIndexPng(const IndexMap &map, IndexDepth depth, const std::filesystem::path &target,
                   std::span<const core::Color> palette, std::string_view pictureName)
{
    assert(palette.size() <= 256);
    writePngFile(toImage(map, depth, palette), target, [&](QByteArray &png) {
        if (!pictureName.empty())
            addPictureName(png, pictureName);
    });
}

} // namespace exporters
