// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/image_loader.h"

#include "core/geometry/image_digest.h"
#include "core/image/image_reader.h"
#include "ui/editing/path_text.h"

#include <new>

namespace ui
{

void ImageLoader::read(quint64 number, const std::filesystem::path &file)
{
    if (number != m_numbers->picture.load())
        return; // overtaken while it waited
    const QString name = pathText(file);
    try {
        LoadedImage image;
        auto pixels = std::make_shared<core::Image>(
            core::readImage(file, [&image](const std::string &sentence) {
                image.doubt = QString::fromStdString(sentence);
            }));
        image.picture = QImage(pixels->pixels.data(), pixels->size.width, pixels->size.height,
                               qsizetype(pixels->size.width) * 3, QImage::Format_RGB888)
                            .convertToFormat(QImage::Format_RGB32);
        if (image.picture.isNull())
            throw std::bad_alloc();
        image.digest = core::imageDigest(pixels->view());
        image.pixels = std::move(pixels);
        Q_EMIT loaded(number, image);
    } catch (const core::Error &error) {
        Q_EMIT failed(number, error.kind(), QString::fromUtf8(error.what()));
    } catch (const std::bad_alloc &) {
        Q_EMIT failed(
            number, core::ErrorKind::OutOfMemory,
            QStringLiteral("There is not enough memory for the picture \"%1\".").arg(name));
    } catch (const std::exception &error) {
        Q_EMIT failed(number, core::ErrorKind::BadImage,
                      QStringLiteral("The picture \"%1\" cannot be read: %2.")
                          .arg(name, QString::fromUtf8(error.what())));
    }
}

} // namespace ui
