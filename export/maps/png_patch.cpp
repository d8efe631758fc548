// SPDX-License-Identifier: Apache-2.0
#include "export/maps/png_patch.h"

#include "core/error.h"
#include "core/mask/rle_encoder.h"

#include <QBuffer>
#include <QByteArray>
#include <QImage>
#include <QImageReader>

#include <algorithm>

namespace exporters
{
namespace
{

constexpr int rowsAtOnce = 64; // of what is turned into grey

[[noreturn]] void refuse(const std::string &why)
{
    throw core::Error(core::ErrorKind::BadDataset, "A mask picture " + why + ".");
}

} // namespace

std::string toPngText(const core::Mask &patch)
{
    QImage image(patch.size.width, patch.size.height, QImage::Format_Grayscale8);
    for (int y = 0; y < patch.size.height && !image.isNull(); ++y)
        std::transform(patch.row(y), patch.row(y) + patch.size.width, image.scanLine(y),
                       [](std::uint8_t pixel) { return pixel != 0 ? uchar{255} : uchar{0}; });
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "PNG"))
        throw core::Error(core::ErrorKind::OutOfMemory,
                          "There is not enough memory to write a mask as PNG.");
    return buffer.data().toBase64().toStdString();
}

core::Rle fromPngText(const std::string &text, const std::function<bool(core::Size)> &fits)
{
    // Line breaks are left out by the decoder, as Python's writers make them.
    QByteArray bytes = QByteArray::fromBase64(QByteArray::fromStdString(text));
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, "png");
    const QSize said = reader.size();
    if (!said.isValid() || said.isEmpty())
        refuse("is no PNG");
    const core::Size size{said.width(), said.height()};
    if (!fits(size))
        refuse("has " + std::to_string(size.width) + " x " + std::to_string(size.height) +
               " pixels, which is not what its corners say");
    QImage image;
    if (!reader.read(&image) || image.width() != size.width || image.height() != size.height)
        refuse("cannot be decoded");
    core::RleEncoder encoder(size);
    std::vector<std::uint8_t> row(static_cast<std::size_t>(size.width));
    for (int top = 0; top < size.height; top += rowsAtOnce) {
        const int count = std::min(rowsAtOnce, size.height - top);
        const QImage grey =
            image.copy(0, top, size.width, count).convertToFormat(QImage::Format_Grayscale8);
        if (grey.isNull())
            refuse("cannot be decoded");
        for (int y = 0; y < count; ++y) {
            const uchar *pixels = grey.constScanLine(y);
            std::transform(pixels, pixels + size.width, row.begin(),
                           [](uchar pixel) { return pixel != 0 ? 1 : 0; });
            encoder.addRow(row.data());
        }
    }
    return encoder.finish();
}

} // namespace exporters
