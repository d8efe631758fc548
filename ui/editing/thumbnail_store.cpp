// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/thumbnail_store.h"

#include "core/image/image_reader.h"

#include <algorithm>

namespace ui
{
namespace
{

constexpr int keptThumbnails = 600;   // 96 x 96 x 4 bytes each: 22 MB
constexpr std::size_t maxWanted = 60; // more than a screen has room for

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
    m_pool.waitForDone();
}

QImage ThumbnailStore::thumbnail(core::Id image, const std::filesystem::path &file)
{
    if (const QImage *known = m_images.object(image))
        return *known;
    const auto isWanted = [image](const Wanted &wanted) { return wanted.image == image; };
    if (image == m_reading || std::any_of(m_wanted.begin(), m_wanted.end(), isWanted))
        return {};
    m_wanted.push_back({image, file});
    if (m_wanted.size() > maxWanted)
        m_wanted.pop_front();
    if (m_reading == 0)
        readNext();
    return {};
}

void ThumbnailStore::readNext()
{
    if (m_wanted.empty())
        return;
    const Wanted next = std::move(m_wanted.back());
    m_wanted.pop_back();
    m_reading = next.image;
    m_pool.start([this, generation = m_generation, next] {
        const QImage thumbnail = readThumbnail(next.file);
        QMetaObject::invokeMethod(this, [=, this] { take(generation, next.image, thumbnail); });
    });
}

void ThumbnailStore::take(int generation, core::Id image, const QImage &thumbnail)
{
    m_reading = 0;
    if (generation == m_generation)
        m_images.insert(image, new QImage(thumbnail));
    Q_EMIT ready(image); // of another project: who shows this id now asks again
    readNext();
}

void ThumbnailStore::clear()
{
    ++m_generation;
    m_images.clear();
    m_wanted.clear();
}

} // namespace ui
