// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/thumbnail_store.h"

#include "core/image/image_reader.h"

namespace ui
{
namespace
{

constexpr int keptThumbnails = 600; // 96 x 96 x 4 bytes each: 22 MB

QImage readThumbnail(const std::filesystem::path &file)
{
    try {
        const core::Image image = core::readThumbnail(file, ThumbnailStore::longerSide);
        return QImage(image.pixels.data(), image.size.width, image.size.height,
                      qsizetype(image.size.width) * 3, QImage::Format_RGB888)
            .convertToFormat(QImage::Format_RGB32);
    } catch (const std::exception &) {
        return {}; // opening it will tell why
    }
}

} // namespace

ThumbnailStore::ThumbnailStore(QObject *parent) : QObject(parent), m_images(keptThumbnails)
{
    m_pool.setMaxThreadCount(1);
}

ThumbnailStore::~ThumbnailStore()
{
    ++m_generation;
    m_pool.clear();
    m_pool.waitForDone();
}

QImage ThumbnailStore::thumbnail(core::Id image, const std::filesystem::path &file)
{
    if (const QImage *known = m_images.object(image))
        return *known;
    if (m_underWay.contains(image))
        return {};
    m_underWay.insert(image);
    m_pool.start(
        [this, generation = m_generation.load(), image, file] {
            if (generation != m_generation.load())
                return;
            const QImage thumbnail = readThumbnail(file);
            QMetaObject::invokeMethod(this, [=, this] { take(generation, image, thumbnail); });
        },
        ++m_priority);
    return {};
}

void ThumbnailStore::take(int generation, core::Id image, const QImage &thumbnail)
{
    if (generation != m_generation.load())
        return;
    m_underWay.remove(image);
    m_images.insert(image, new QImage(thumbnail));
    Q_EMIT ready(image);
}

void ThumbnailStore::clear()
{
    ++m_generation;
    m_pool.clear();
    m_images.clear();
    m_underWay.clear();
}

} // namespace ui
