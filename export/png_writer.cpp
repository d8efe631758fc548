// SPDX-License-Identifier: Apache-2.0
#include "export/png_writer.h"

#include "core/error.h"
#include "core/file/atomic_file.h"

#include <QBuffer>
#include <QImage>

#include <algorithm>

namespace exporters
{
namespace
{

void write(const QImage &image, const std::filesystem::path &target)
{
    core::AtomicFile file(target); // first, so that a bad place is told before the work
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "PNG"))
        throw core::Error(core::ErrorKind::OutOfMemory,
                          "There is not enough memory to write " + target.string() + ".");
    const QByteArray &bytes = buffer.data();
    file.write(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    file.commit();
}

} // namespace

void writePng(const core::Mask &mask, const std::filesystem::path &target)
{
    QImage image(mask.size.width, mask.size.height, QImage::Format_Grayscale8);
    for (int y = 0; y < mask.size.height && !image.isNull(); ++y)
        std::transform(mask.row(y), mask.row(y) + mask.size.width, image.scanLine(y),
                       [](std::uint8_t pixel) { return pixel != 0 ? uchar{255} : uchar{0}; });
    write(image, target);
}

void writePng(const core::Image &image, const std::filesystem::path &target)
{
    write(QImage(image.pixels.data(), image.size.width, image.size.height,
                 static_cast<qsizetype>(image.size.width) * 3, QImage::Format_RGB888),
          target);
}

} // namespace exporters
