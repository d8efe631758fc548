// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "core/error.h"
#include "core/segmentation/segmenter.h"
#include "ui/editing/candidate.h"
#include "ui/editing/embedding_ahead.h"
#include "ui/editing/embedding_disk.h"
#include "ui/editing/embedding_options.h"
#include "ui/editing/question.h"
#include "ui/editing/request_numbers.h"
#include "ui/editing/segmenter_factory.h"
#include "ui/editing/service_status.h"

#include <QImage>
#include <QObject>
#include <QThread>

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace ui
{

class ImageLoader;
class InferenceWorker;
struct LoadedImage;

/// A piece of long work on the inference thread, short enough for a click to wait for it; run again
/// where memory was short. The embedding is the one clicks are asked of, or null. May throw Error.
using InferenceJob =
    std::function<void(core::Segmenter &, const std::shared_ptr<const core::ImageEmbedding> &)>;

/// The window's way to the model. Lives on the GUI thread, never blocks it: pictures are read on
/// one thread, weights, embeddings and masks are made on another, answers come as signals.
///
///     SegmentationService service([] { return core::loadDefaultSegmenter(); });
///     service.openImage(id, path);    // imageRead, then embeddingReady
///     auto n = service.ask(question); // decoded(n, ...) or failed(n, ...)
///
/// Every question has a number. A later one overtakes the earlier ones: those are skipped before
/// the work and dropped after it, so fifty hovers cost one or two decodes. Questions asked before
/// the embedding is there wait for it. Opening another picture stops what was under way for the
/// last.
class SegmentationService : public QObject
{
    Q_OBJECT

public:
    explicit SegmentationService(SegmenterFactory factory, QObject *parent = nullptr,
                                 const EmbeddingOptions &options = {});
    /// Asks the threads to stop and waits for them.
    ~SegmentationService() override;

    /// Changes the model; the open picture is embedded anew. Logits of the last model are void
    /// (modelChanged).
    void setSegmenter(SegmenterFactory factory);

    void openImage(core::Id image, const std::filesystem::path &file);
    void closeImage();
    /// Stops embedding the open picture, which can be looked at and drawn on without it
    /// (Phase::NotPrepared). What was asked fails with Cancelled.
    void cancelPreparing();
    /// Begins it again; so does ask(), but no hover: a pointer that only passes asks for nothing.
    void prepare();
    core::Id image() const { return m_image; } ///< 0: none

    /// Overtakes earlier questions and hovers. The answer comes as decoded() or failed().
    quint64 ask(Question question);
    /// Nothing asked before will be answered.
    void forgetQuestions();

    /// A question that only the pointer asks: dropped when the embedding is not there yet. One is
    /// answered at a time and then the newest of those that came meanwhile, so that the preview
    /// keeps up with a pointer that does not rest. The answer comes as hovered().
    quint64 askHover(Question question);
    void forgetHover();

    /// Pictures that will probably be opened next, nearest first: embedded while nothing is asked.
    void setAhead(const QList<PictureFile> &pictures) { m_ahead->setPictures(pictures); }
    void setPrefetch(bool on) { m_ahead->setOn(on); }
    void setBudgets(const CacheBudgets &budgets);
    /// The embeddings kept on disk.
    EmbeddingDisk &disk() const { return *m_disk; }

    /// Runs `job` after what was asked before it; jobFinished() or jobFailed() tells of its number.
    /// Long work comes in pieces, each posted when the last one is done, so that questions asked
    /// meanwhile go first.
    quint64 runJob(InferenceJob job);
    /// Of the open picture; null until it is read.
    const std::shared_ptr<const core::Image> &pixels() const { return m_pixels; }

    /// Encodes a part of the open picture by itself, in the background; what was in focus until
    /// then stays until it is ready (focusChanged). Questions say which window they mean.
    void focus(const core::PixelRect &window);
    /// Back to the whole picture, whose embedding was never away.
    void endFocus();
    const std::optional<core::PixelRect> &focused() const { return m_focus; }
    bool isFocusing() const { return m_status.isFocusing; }

    const ServiceStatus &status() const { return m_status; }
    bool isReady() const { return m_status.phase == ServiceStatus::Phase::Ready; }
    /// Of the open picture's pixels (core::imageDigest), when it was read.
    const std::string &imageDigest() const { return m_digest; }

Q_SIGNALS:
    void statusChanged(const ui::ServiceStatus &status);
    void modelChanged();
    /// The picture, upright, RGB32.
    void imageRead(core::Id image, const QImage &picture);
    /// After imageRead: parts of the picture may be wrong, as `detail` says.
    void imageDoubted(core::Id image, const QString &detail);
    void imageFailed(core::Id image, core::ErrorKind kind, const QString &detail);
    void modelFailed(core::ErrorKind kind, const QString &detail);
    void embeddingReady(core::Id image);
    /// One of those of setAhead() would be ready at once now.
    void embeddedAhead(core::Id image);
    /// Nothing is kept on disk from now on.
    void diskFailed(core::ErrorKind kind, const QString &detail);
    void focusChanged();
    void focusFailed(core::ErrorKind kind, const QString &detail); ///< it stays as it was
    void decoded(quint64 request, const std::vector<ui::Candidate> &candidates);
    void failed(quint64 request, core::ErrorKind kind, const QString &detail);
    void hovered(quint64 request, const ui::MaskShape &shape); ///< empty: nothing there, or failed
    void jobFinished(quint64 number);
    void jobFailed(quint64 number, core::ErrorKind kind, const QString &detail);

private:
    struct Waiting {
        quint64 request;
        Question question;
    };
    void connectWorkers();
    void takeDevice(const core::SegmenterInfo &info);
    void takeModel(const core::SegmenterInfo &info);
    void failModel(core::ErrorKind kind, const QString &detail);
    void loseModel(core::ErrorKind kind, const QString &detail);
    void takePicture(quint64 number, const LoadedImage &loaded);
    void failPicture(quint64 number, core::ErrorKind kind, const QString &detail);
    void overtakeEmbedding();
    void startEmbedding();
    void takeEmbedding(quint64 number, double seconds);
    void failEmbedding(quint64 number, core::ErrorKind kind, const QString &detail);
    void post(Waiting question);
    void postHover(Waiting question);
    void refuse(core::ErrorKind kind, const QString &detail);
    void setFocusing(bool focusing);
    void setPhase(ServiceStatus::Phase phase, double progress = 0, double seconds = 0,
                  const QString &detail = {});

    ServiceStatus m_status;
    bool m_hasModel = false;
    int m_modelsOnTheWay = 0;
    core::Id m_image = 0;
    std::shared_ptr<const core::Image> m_pixels; ///< of the open picture, null until it is read
    std::string m_digest;                        ///< of m_pixels
    QString m_pictureProblem;                    ///< why it could not be read
    std::stop_source m_stop;                     ///< of the embedding under way
    std::optional<core::PixelRect> m_focus;
    std::stop_source m_focusStop;
    std::optional<Waiting> m_waiting; ///< asked before the embedding was there
    quint64 m_hoverNumber = 0;
    bool m_isHovering = false;                              ///< one is with the worker
    std::optional<Waiting> m_nextHover;                     ///< follows it
    core::ErrorKind m_failure = core::ErrorKind::Cancelled; ///< while nothing can be answered: why

    std::shared_ptr<RequestNumbers> m_numbers; ///< shared with the workers
    std::shared_ptr<EmbeddingDisk> m_disk;     ///< shared with the worker
    QThread m_readThread;
    QThread m_inferenceThread;
    ImageLoader *m_loader = nullptr;     ///< lives on m_readThread
    InferenceWorker *m_worker = nullptr; ///< lives on m_inferenceThread
    std::unique_ptr<EmbeddingAhead> m_ahead;
    quint64 m_jobs = 0; ///< the number of the last one
};

} // namespace ui
