// SPDX-License-Identifier: Apache-2.0
// The part of SegmentationService that asks the model: questions, hovers, the focus, long work.
#include "ui/editing/inference_worker.h"
#include "ui/editing/segmentation_service.h"

namespace ui
{

using Phase = ServiceStatus::Phase;

/// Asks something of a ready picture, before what is embedded ahead.
static void postRequest(EmbeddingAhead &ahead, InferenceWorker *worker,
                        UserRequests::Request request)
{
    ahead.interrupt();
    worker->requests().add(std::move(request));
    QMetaObject::invokeMethod(worker, &InferenceWorker::runRequests, Qt::QueuedConnection);
}

quint64 SegmentationService::runJob(InferenceJob job)
{
    const quint64 number = ++m_jobs;
    postRequest(*m_ahead, m_worker,
                [worker = m_worker, number, job = std::move(job)] { worker->run(number, job); });
    return number;
}

quint64 SegmentationService::ask(Question question)
{
    forgetHover();
    m_waiting = std::nullopt;
    const quint64 request = ++m_numbers->question;
    if (isReady()) {
        post({request, std::move(question)});
    } else {
        m_waiting = {request, std::move(question)};
        prepare();
        if (m_status.phase == Phase::NoModel || m_status.phase == Phase::Failed) {
            // Later, so that the caller knows the number first.
            QMetaObject::invokeMethod(
                this, [this] { refuse(m_failure, m_status.detail); }, Qt::QueuedConnection);
        }
    }
    return request;
}

void SegmentationService::post(Waiting waiting)
{
    postRequest(*m_ahead, m_worker, [worker = m_worker, waiting = std::move(waiting)] {
        worker->decode(waiting.request, waiting.question);
    });
}

/// Nothing can be answered, now or later, until a model or a picture comes.
void SegmentationService::refuse(core::ErrorKind kind, const QString &detail)
{
    m_failure = kind;
    if (const auto waiting = std::exchange(m_waiting, std::nullopt))
        Q_EMIT failed(waiting->request, kind, detail);
}

void SegmentationService::forgetQuestions()
{
    ++m_numbers->question;
    m_waiting = std::nullopt;
}

quint64 SegmentationService::askHover(Question question)
{
    const quint64 request = ++m_hoverNumber;
    if (!isReady())
        return request;
    if (m_isHovering)
        m_nextHover = {request, std::move(question)};
    else
        postHover({request, std::move(question)});
    return request;
}

void SegmentationService::focus(const core::PixelRect &window)
{
    if (!isReady() || window.isEmpty() || window == m_focus)
        return;
    m_focusStop.request_stop();
    m_focusStop = std::stop_source();
    ++m_numbers->focus;
    setFocusing(true);
    postRequest(*m_ahead, m_worker,
                [worker = m_worker, number = m_numbers->focus.load(),
                 source = EmbeddingSource{m_pixels, m_digest, window},
                 stop = m_focusStop.get_token()] { worker->focus(number, source, stop); });
}

void SegmentationService::endFocus()
{
    m_focusStop.request_stop();
    ++m_numbers->focus;
    setFocusing(false);
    if (std::exchange(m_focus, std::nullopt))
        Q_EMIT focusChanged();
}

void SegmentationService::setFocusing(bool focusing)
{
    if (m_status.isFocusing == focusing)
        return;
    m_status.isFocusing = focusing;
    Q_EMIT statusChanged(m_status);
}

void SegmentationService::postHover(Waiting waiting)
{
    m_isHovering = true;
    postRequest(*m_ahead, m_worker, [worker = m_worker, waiting = std::move(waiting)] {
        worker->decodeHover(waiting.request, waiting.question);
    });
}

void SegmentationService::forgetHover()
{
    m_nextHover = std::nullopt;
    m_numbers->forgottenHovers = m_hoverNumber;
}

} // namespace ui
