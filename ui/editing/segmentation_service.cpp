// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/segmentation_service.h"

#include "ui/editing/image_loader.h"
#include "ui/editing/inference_worker.h"

namespace ui
{

using Phase = ServiceStatus::Phase;

SegmentationService::SegmentationService(SegmenterFactory factory, QObject *parent,
                                         const EmbeddingOptions &options)
    : QObject(parent), m_numbers(std::make_shared<RequestNumbers>()),
      m_disk(std::make_shared<EmbeddingDisk>(options.diskFolder, options.budgets.disk)),
      m_loader(new ImageLoader(m_numbers)),
      m_worker(
          new InferenceWorker(m_numbers, EmbeddingTiers(options.budgets, m_disk), options.quiet)),
      m_ahead(std::make_unique<EmbeddingAhead>(m_worker, options.prefetch, options.quiet))
{
    m_readThread.setObjectName(QStringLiteral("pictures"));
    m_inferenceThread.setObjectName(QStringLiteral("inference"));
    m_loader->moveToThread(&m_readThread);
    m_worker->moveToThread(&m_inferenceThread);
    connect(&m_readThread, &QThread::finished, m_loader, &QObject::deleteLater);
    connect(&m_inferenceThread, &QThread::finished, m_worker, &QObject::deleteLater);
    connectWorkers();
    m_readThread.start();
    m_inferenceThread.start();
    setSegmenter(std::move(factory));
}

SegmentationService::~SegmentationService()
{
    m_stop.request_stop();
    m_ahead.reset();
    ++m_numbers->picture;
    m_focusStop.request_stop();
    ++m_numbers->embedding;
    ++m_numbers->focus;
    ++m_numbers->question;
    forgetHover();
    m_readThread.quit();
    m_inferenceThread.quit();
    m_readThread.wait();
    m_inferenceThread.wait();
}

void SegmentationService::connectWorkers()
{
    connect(m_loader, &ImageLoader::loaded, this, &SegmentationService::takePicture);
    connect(m_loader, &ImageLoader::failed, this, &SegmentationService::failPicture);
    connect(m_worker, &InferenceWorker::modelLoaded, this, &SegmentationService::takeModel);
    connect(m_worker, &InferenceWorker::modelFailed, this, &SegmentationService::failModel);
    connect(m_worker, &InferenceWorker::modelLost, this, &SegmentationService::loseModel);
    connect(m_worker, &InferenceWorker::modelLimited, this,
            [this](const core::SegmenterInfo &info, const core::ComputeLimits &limits) {
                takeDevice(info);
                m_status.limits = limits;
                Q_EMIT statusChanged(m_status);
            });
    connect(m_ahead.get(), &EmbeddingAhead::embedded, this, &SegmentationService::embeddedAhead);
    connect(m_ahead.get(), &EmbeddingAhead::progressed, this,
            [this](core::Id image, double progress) {
                if (image == m_image && m_status.phase == Phase::Embedding)
                    setPhase(Phase::Embedding, progress);
            });
    connect(m_disk.get(), &EmbeddingDisk::failed, this, &SegmentationService::diskFailed);
    connect(m_worker, &InferenceWorker::embedding, this, [this](quint64 number, double progress) {
        if (number == m_numbers->embedding.load())
            setPhase(Phase::Embedding, progress);
    });
    connect(m_worker, &InferenceWorker::embedded, this, &SegmentationService::takeEmbedding);
    connect(m_worker, &InferenceWorker::embeddingFailed, this, &SegmentationService::failEmbedding);
    connect(m_worker, &InferenceWorker::focused, this,
            [this](quint64 number, const core::PixelRect &window) {
                if (number != m_numbers->focus.load())
                    return;
                m_focus = window;
                setFocusing(false);
                Q_EMIT focusChanged();
            });
    connect(m_worker, &InferenceWorker::focusFailed, this,
            [this](quint64 number, core::ErrorKind kind, const QString &detail) {
                if (number != m_numbers->focus.load())
                    return;
                setFocusing(false);
                Q_EMIT focusFailed(kind, detail);
            });
    connect(m_worker, &InferenceWorker::decoded, this,
            [this](quint64 request, const std::vector<Candidate> &candidates) {
                if (request == m_numbers->question.load())
                    Q_EMIT decoded(request, candidates);
            });
    connect(m_worker, &InferenceWorker::decodeFailed, this,
            [this](quint64 request, core::ErrorKind kind, const QString &detail) {
                if (request == m_numbers->question.load())
                    Q_EMIT failed(request, kind, detail);
            });
    connect(m_worker, &InferenceWorker::jobFinished, this, &SegmentationService::jobFinished);
    connect(m_worker, &InferenceWorker::jobFailed, this, &SegmentationService::jobFailed);
    connect(m_worker, &InferenceWorker::hovered, this,
            [this](quint64 request, const MaskShape &shape) {
                m_isHovering = false;
                if (auto next = std::exchange(m_nextHover, std::nullopt))
                    postHover(std::move(*next));
                if (request > m_numbers->forgottenHovers.load())
                    Q_EMIT hovered(request, shape);
            });
}

void SegmentationService::setSegmenter(SegmenterFactory factory)
{
    overtakeEmbedding();
    m_ahead->forget();
    ++m_modelsOnTheWay;
    m_hasModel = false;
    m_status = {};
    Q_EMIT statusChanged(m_status);
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, factory = std::move(factory)] { worker->load(factory); });
}

void SegmentationService::takeDevice(const core::SegmenterInfo &info)
{
    m_status.device = info.device;
    m_status.isGpuUnusable = !info.gpuProblem.empty();
    m_status.looksCloser = info.gainsByLookingCloser;
}

void SegmentationService::takeModel(const core::SegmenterInfo &info)
{
    if (--m_modelsOnTheWay > 0)
        return; // another one follows
    m_hasModel = true;
    m_status.modelName = QString::fromStdString(info.modelName);
    takeDevice(info);
    if (m_image == 0)
        setPhase(Phase::Idle);
    else if (m_pictureProblem.isEmpty())
        setPhase(Phase::ReadingPicture);
    else
        setPhase(Phase::Failed, 0, 0, m_pictureProblem);
    Q_EMIT modelChanged();
    if (m_pixels)
        startEmbedding();
}

void SegmentationService::failModel(core::ErrorKind kind, const QString &detail)
{
    if (--m_modelsOnTheWay > 0)
        return;
    setPhase(Phase::NoModel, 0, 0, detail);
    refuse(kind, detail);
    Q_EMIT modelFailed(kind, detail);
}

/// Memory ran out, and the model that was to take less of it did not load.
void SegmentationService::loseModel(core::ErrorKind kind, const QString &detail)
{
    if (m_modelsOnTheWay > 0)
        return; // another one follows
    m_hasModel = false;
    setPhase(Phase::NoModel, 0, 0, detail);
    refuse(kind, detail);
    Q_EMIT modelFailed(kind, detail);
}

void SegmentationService::setBudgets(const CacheBudgets &budgets)
{
    m_disk->setBudget(budgets.disk);
    QMetaObject::invokeMethod(m_worker,
                              [worker = m_worker, budgets] { worker->setBudgets(budgets); });
}

/// What is under way for the open picture is of no use any more.
void SegmentationService::overtakeEmbedding()
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    ++m_numbers->embedding;
    forgetHover();
    endFocus();
}

void SegmentationService::openImage(core::Id image, const std::filesystem::path &file)
{
    ++m_numbers->picture;
    overtakeEmbedding();
    forgetQuestions();
    m_ahead->letFinish({image, file});
    m_image = image;
    m_pixels = nullptr;
    m_pictureProblem.clear();
    if (m_hasModel)
        setPhase(Phase::ReadingPicture);
    QMetaObject::invokeMethod(m_loader, [loader = m_loader, number = m_numbers->picture.load(),
                                         file] { loader->read(number, file); });
}

void SegmentationService::closeImage()
{
    ++m_numbers->picture;
    overtakeEmbedding();
    forgetQuestions();
    m_image = 0;
    m_pixels = nullptr;
    m_pictureProblem.clear();
    if (m_hasModel)
        setPhase(Phase::Idle);
}

void SegmentationService::takePicture(quint64 number, const LoadedImage &loaded)
{
    if (number != m_numbers->picture.load())
        return;
    m_pixels = loaded.pixels;
    m_digest = loaded.digest;
    Q_EMIT imageRead(m_image, loaded.picture);
    if (!loaded.doubt.isEmpty())
        Q_EMIT imageDoubted(m_image, loaded.doubt);
    if (m_hasModel)
        startEmbedding();
}

void SegmentationService::failPicture(quint64 number, core::ErrorKind kind, const QString &detail)
{
    if (number != m_numbers->picture.load())
        return;
    if (m_hasModel)
        setPhase(Phase::Failed, 0, 0, detail);
    m_pictureProblem = detail;
    refuse(kind, detail);
    Q_EMIT imageFailed(m_image, kind, detail);
}

void SegmentationService::startEmbedding()
{
    setPhase(Phase::Embedding);
    QMetaObject::invokeMethod(m_worker,
                              [worker = m_worker, number = m_numbers->embedding.load(),
                               source = EmbeddingSource{m_pixels, m_digest, {}},
                               stop = m_stop.get_token()] { worker->embed(number, source, stop); });
}

void SegmentationService::cancelPreparing()
{
    if (m_status.phase != Phase::Embedding)
        return;
    overtakeEmbedding();
    m_ahead->giveUp(m_image);
    setPhase(Phase::NotPrepared);
    refuse(core::ErrorKind::Cancelled, {});
}

void SegmentationService::prepare()
{
    if (m_status.phase == Phase::NotPrepared)
        startEmbedding();
}

void SegmentationService::takeEmbedding(quint64 number, double seconds)
{
    if (number != m_numbers->embedding.load())
        return;
    setPhase(Phase::Ready, 1, seconds);
    Q_EMIT embeddingReady(m_image);
    if (m_waiting)
        post(*std::exchange(m_waiting, std::nullopt));
}

void SegmentationService::failEmbedding(quint64 number, core::ErrorKind kind, const QString &detail)
{
    if (number != m_numbers->embedding.load())
        return; // Cancelled ends here too: only overtaking cancels
    setPhase(Phase::Failed, 0, 0, detail);
    refuse(kind, detail);
}

void SegmentationService::setPhase(Phase phase, double progress, double seconds,
                                   const QString &detail)
{
    m_status.phase = phase;
    m_status.progress = progress;
    m_status.seconds = seconds;
    m_status.detail = detail;
    m_ahead->setAllowed(m_hasModel &&
                        (phase == Phase::Ready || phase == Phase::Idle || phase == Phase::Failed));
    Q_EMIT statusChanged(m_status);
}

} // namespace ui
