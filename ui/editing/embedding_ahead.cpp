// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/embedding_ahead.h"

#include "core/geometry/image_digest.h"
#include "core/image/image_reader.h"
#include "ui/editing/inference_worker.h"

#include <algorithm>

namespace ui
{
namespace
{

constexpr std::size_t rememberedPictures = 32;

/// Without an image when it cannot be read: opening it will tell why.
EmbeddingSource readSource(const std::filesystem::path &file)
{
    try {
        EmbeddingSource source{std::make_shared<core::Image>(core::readImage(file)), {}, {}};
        source.digest = core::imageDigest(source.image->view());
        return source;
    } catch (const std::exception &) {
        return {};
    }
}

void remember(std::deque<PictureFile> &pictures, const PictureFile &picture)
{
    pictures.push_back(picture);
    if (pictures.size() > rememberedPictures)
        pictures.pop_front();
}

} // namespace

EmbeddingAhead::EmbeddingAhead(InferenceWorker *worker, bool on, std::chrono::milliseconds quiet)
    : m_worker(worker), m_isOn(on)
{
    m_pool.setMaxThreadCount(1);
    m_pool.setThreadPriority(QThread::LowestPriority);
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quiet);
    connect(&m_quiet, &QTimer::timeout, this, &EmbeddingAhead::work);
    connect(worker, &InferenceWorker::embeddingAhead, this,
            [this](quint64 number, double progress) {
                if (number == m_number && m_isEmbedding)
                    Q_EMIT progressed(m_pictures.front().image, progress);
            });
    connect(worker, &InferenceWorker::embeddedAhead, this, &EmbeddingAhead::takeEmbedded);
}

EmbeddingAhead::~EmbeddingAhead()
{
    m_stop.request_stop();
    m_pool.clear();
    m_pool.waitForDone();
}

void EmbeddingAhead::setOn(bool on)
{
    m_isOn = on;
    if (on)
        m_quiet.start();
    else
        stop();
}

void EmbeddingAhead::setPictures(const QList<PictureFile> &pictures)
{
    std::deque<PictureFile> wanted;
    for (const PictureFile &picture : pictures) {
        if (std::find(m_done.begin(), m_done.end(), picture) == m_done.end())
            wanted.push_back(picture);
    }
    // What is under way and still wanted goes on, as the front.
    const bool busy = m_isReading || m_isEmbedding || m_source.image;
    if (busy && !m_pictures.empty()) {
        const PictureFile front = m_pictures.front();
        const auto place = std::find(wanted.begin(), wanted.end(), front);
        if (place != wanted.end()) {
            wanted.erase(place);
            wanted.push_front(front);
        } else if (m_isLetFinish) {
            wanted.push_front(front);
        } else {
            stop();
            m_source = {};
            ++m_number; // the picture that is being read is not the front any more
        }
    }
    m_pictures = std::move(wanted);
    m_quiet.start();
}

void EmbeddingAhead::setAllowed(bool allowed)
{
    m_isAllowed = allowed;
    if (allowed)
        m_quiet.start();
}

void EmbeddingAhead::interrupt()
{
    if (!m_isEmbedding)
        m_quiet.start();
}

bool EmbeddingAhead::letFinish(const PictureFile &opened)
{
    remember(m_done, opened); // it is embedded for itself
    m_isLetFinish = m_isEmbedding && m_pictures.front() == opened;
    if (m_isLetFinish)
        m_worker->requests().hurry();
    else
        stop();
    return m_isLetFinish;
}

void EmbeddingAhead::giveUp(core::Id image)
{
    if (!m_isEmbedding || m_pictures.front().image != image)
        return;
    stop();
    finishFront();
}

void EmbeddingAhead::forget()
{
    stop();
    m_done.clear();
    m_source = {};
}

/// A picture that is just being read may be read to its end.
void EmbeddingAhead::stop()
{
    m_quiet.stop();
    if (!m_isEmbedding)
        return;
    m_stop.request_stop();
    m_stop = std::stop_source();
    m_isEmbedding = m_isLetFinish = false;
    ++m_number;
}

void EmbeddingAhead::work()
{
    if (!m_isOn || !m_isAllowed || m_isReading || m_isEmbedding || m_pictures.empty())
        return;
    if (m_source.image)
        embed();
    else
        read(m_pictures.front());
}

void EmbeddingAhead::read(const PictureFile &picture)
{
    m_isReading = true;
    m_pool.start([this, number = ++m_number, file = picture.file] {
        const EmbeddingSource source = readSource(file);
        QMetaObject::invokeMethod(this, [=, this] { takePixels(number, source); });
    });
}

void EmbeddingAhead::takePixels(quint64 number, const EmbeddingSource &source)
{
    m_isReading = false;
    if (number == m_number && !m_pictures.empty()) {
        if (source.image)
            m_source = source;
        else
            finishFront();
    }
    if (!m_quiet.isActive())
        work();
}

void EmbeddingAhead::embed()
{
    m_isEmbedding = true;
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, number = ++m_number, source = m_source,
                   stop = m_stop.get_token()] { worker->embedAhead(number, source, stop); });
}

void EmbeddingAhead::takeEmbedded(quint64 number, bool done)
{
    if (number != m_number || !m_isEmbedding)
        return;
    m_isEmbedding = m_isLetFinish = false;
    const core::Id image = m_pictures.front().image;
    finishFront();
    if (done)
        Q_EMIT embedded(image);
    work();
}

/// Also what failed: trying again would fail again.
void EmbeddingAhead::finishFront()
{
    remember(m_done, m_pictures.front());
    m_pictures.pop_front();
    m_source = {};
}

} // namespace ui
