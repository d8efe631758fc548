// SPDX-License-Identifier: Apache-2.0
#include "export/maps/png_writer.h"

#include "export/maps/png_file.h"

#include <algorithm>

namespace exporters
{

void writePng(const core::Mask &mask, const std::filesystem::path &target)
{
    QImage image(mask.size.width, mask.size.height, QImage::Format_Grayscale8);
    for (int y = 0; y < mask.size.height && !image.isNull(); ++y)
        std::transform(mask.row(y), mask.row(y) + mask.size.width, image.scanLine(y),
                       [](std::uint8_t pixel) { return pixel != 0 ? uchar{255} : uchar{0}; });
    writePngFile(image, target);
}

void writePng(const core::Image &image, const std::filesystem::path &target)
{
    writePngFile(QImage(image.pixels.data(), image.size.width, image.size.height,
                        static_cast<qsizetype>(image.size.width) * 3, QImage::Format_RGB888),
                 target);
}

} // namespace exporters
