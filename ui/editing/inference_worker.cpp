// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/inference_worker.h"

#include <chrono>
#include <new>

namespace ui
{
namespace
{

using core::ErrorKind;

/// Runs `work`; what it throws becomes a call of `fail`: exceptions do not cross threads. Those
/// that are not ours (a library's) count as `otherwise`.
template <typename Work, typename Fail>
void guarded(ErrorKind otherwise, Work work, Fail fail)
{
    try {
        work();
    } catch (const core::Error &error) {
        fail(error.kind(), QString::fromUtf8(error.what()));
    } catch (const std::bad_alloc &) {
        fail(ErrorKind::OutOfMemory,
             QStringLiteral(
                 "There is not enough memory for this model and picture; close other programs or "
                 "choose a smaller model."));
    } catch (const std::exception &error) {
        fail(otherwise, QString::fromUtf8(error.what()));
    }
}

} // namespace

template <typename Work>
auto InferenceWorker::withEnoughMemory(Work work)
{
    for (;;) {
        try {
            auto result = work();
            m_relief.succeeded();
            return result;
        } catch (const core::Error &error) {
            if (error.kind() != ErrorKind::OutOfMemory || !relieveMemory())
                throw;
        } catch (const std::bad_alloc &) {
            if (!relieveMemory())
                throw;
        }
    }
}

/// One thing less. False: there is nothing left to give up.
bool InferenceWorker::relieveMemory()
{
    if (m_requests.isAmidst())
        throw UserRequests::NotNow(); // the model is in the middle of a picture
    ErrorKind kind = ErrorKind::OutOfMemory;
    QString detail;
    while (const auto step = m_relief.next()) {
        if (*step == core::MemoryRelief::Step::FreeCaches) {
            m_cache.freeDevice();
            return true;
        }
        guarded(
            ErrorKind::BadCheckpoint, [&] { loadModel(m_relief.limits()); },
            [&](ErrorKind k, const QString &d) { kind = k, detail = d; });
        if (m_segmenter) {
            Q_EMIT modelLimited(m_segmenter->info(), m_relief.limits());
            return true;
        }
        if (kind != ErrorKind::OutOfMemory)
            break;
    }
    if (!m_segmenter) {
        m_source = {};
        Q_EMIT modelLost(kind, detail);
    }
    return false;
}

void InferenceWorker::loadModel(const core::ComputeLimits &limits)
{
    m_embedding = nullptr;
    m_focus = nullptr;
    m_closer = nullptr;
    m_answers.forget();
    m_segmenter = nullptr; // two models may not fit
    m_cache.freeDevice();
    m_segmenter = (*m_factory)(limits);
    m_cache.setDevice(m_segmenter->info().device);
}

/// A model that a full GPU has no room for is loaded with less.
void InferenceWorker::loadAsItFits()
{
    // Where it computes is only known once it is loaded; half precision is what a GPU begins with.
    m_relief.start(core::Device::Cuda, "fp16");
    for (;;) {
        try {
            loadModel(m_relief.limits());
            break;
        } catch (const core::Error &error) {
            if (error.kind() != ErrorKind::OutOfMemory || !m_relief.next())
                throw;
        } catch (const std::bad_alloc &) {
            if (!m_relief.next())
                throw;
        }
    }
    if (m_relief.limits() == core::ComputeLimits{})
        m_relief.start(m_segmenter->info().device, m_segmenter->info().precision);
    else
        m_relief.succeeded();
}

void InferenceWorker::load(const SegmenterFactory &factory)
{
    m_source = {};
    guarded(
        ErrorKind::BadCheckpoint,
        [&] {
            m_factory = factory;
            loadAsItFits();
            Q_EMIT modelLoaded(m_segmenter->info());
            if (m_relief.limits() != core::ComputeLimits{})
                Q_EMIT modelLimited(m_segmenter->info(), m_relief.limits());
        },
        [this](ErrorKind kind, const QString &detail) { Q_EMIT modelFailed(kind, detail); });
}

EmbeddingTiers::Embedding InferenceWorker::embeddingOf(const EmbeddingSource &source,
                                                       const std::stop_token &stop,
                                                       const core::EncodeProgress &progress,
                                                       double &seconds)
{
    const core::EmbeddingKey key =
        core::embeddingKey(source.digest, source.crop, m_segmenter->info());
    seconds = 0;
    EmbeddingTiers::Embedding embedding = m_cache.find(key, *m_segmenter);
    if (!embedding) {
        progress(0);
        const auto begin = std::chrono::steady_clock::now();
        embedding = m_segmenter->encode(source.view(), stop, progress);
        seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        m_cache.insert(key, embedding);
    }
    return embedding;
}

/// Parts that the model looks at for a moment are worth no place in the cache.
EmbeddingTiers::Embedding &InferenceWorker::closerView(const core::PixelRect &window)
{
    if (!m_closer || m_closerWindow != window) {
        m_closer = nullptr;
        m_closer = m_segmenter->encode(m_source.image->view().part(window));
        m_closerWindow = window;
    }
    return m_closer;
}

core::FocusedEmbedding InferenceWorker::viewOf(const Question &question)
{
    const core::Size picture = m_source.image ? m_source.image->size : core::Size();
    if (question.window && question.window != m_focusSource.crop &&
        question.window != core::wholeWindow(picture) && m_segmenter->info().gainsByLookingCloser)
        return {closerView(*question.window), *question.window, picture};
    const bool isFocused = question.window && question.window == m_focusSource.crop;
    EmbeddingTiers::Embedding &embedding = isFocused ? m_focus : m_embedding;
    double seconds = 0;
    if (!embedding)
        embedding = embeddingOf(
            isFocused ? m_focusSource : m_source, {}, [](double) {}, seconds);
    return isFocused ? core::FocusedEmbedding{embedding, *question.window, picture}
                     : core::wholeView(embedding);
}

/// While the pointer is on its way. What fails here the first question tells.
void InferenceWorker::prepareFor(const core::ImageEmbedding &embedding)
{
    guarded(
        ErrorKind::ComputationFailed, [&] { m_segmenter->prepare(embedding); },
        [](ErrorKind, const QString &) {});
}

void InferenceWorker::embed(quint64 number, const EmbeddingSource &source,
                            const std::stop_token &stop)
{
    m_embedding = nullptr;
    m_focus = nullptr;
    m_closer = nullptr;
    m_focusSource = {};
    m_answers.forget();
    m_source = {};
    if (number != m_numbers->embedding.load() || !m_segmenter)
        return;
    guarded(
        ErrorKind::BadImage,
        [&] {
            double seconds = 0;
            m_embedding = withEnoughMemory([&] {
                return embeddingOf(
                    source, stop, [&](double progress) { Q_EMIT embedding(number, progress); },
                    seconds);
            });
            m_source = source;
            Q_EMIT embedded(number, seconds);
            prepareFor(*m_embedding);
        },
        [&](ErrorKind kind, const QString &detail) {
            Q_EMIT embeddingFailed(number, kind, detail);
        });
}

void InferenceWorker::embedAhead(quint64 number, const EmbeddingSource &source,
                                 const std::stop_token &stop)
{
    if (stop.stop_requested())
        return;
    bool done = true;
    guarded(
        ErrorKind::BadImage,
        [&] {
            if (!m_segmenter)
                throw core::Error(ErrorKind::Cancelled, {});
            const core::EmbeddingKey key =
                core::embeddingKey(source.digest, source.crop, m_segmenter->info());
            if (m_cache.contains(key))
                return;
            m_cache.insert(key, m_segmenter->encode(source.view(), stop, [&](double progress) {
                Q_EMIT embeddingAhead(number, progress);
                m_requests.goFirst(stop);
            }));
        },
        [&](ErrorKind, const QString &) { done = false; });
    Q_EMIT embeddedAhead(number, done);
}

void InferenceWorker::focus(quint64 number, const EmbeddingSource &source,
                            const std::stop_token &stop)
{
    if (number != m_numbers->focus.load() || !m_segmenter)
        return;
    guarded(
        ErrorKind::BadImage,
        [&] {
            double seconds = 0;
            m_focus = withEnoughMemory([&] {
                return embeddingOf(
                    source, stop, [](double) {}, seconds);
            });
            m_focusSource = source;
            Q_EMIT focused(number, *source.crop);
            prepareFor(*m_focus);
        },
        [&](ErrorKind kind, const QString &detail) { Q_EMIT focusFailed(number, kind, detail); });
}

void InferenceWorker::decode(quint64 request, const Question &question)
{
    if (request != m_numbers->question.load() || !m_source.image)
        return; // overtaken while it waited in the queue
    guarded(
        ErrorKind::BadPrompt,
        [&] {
            const auto answer = [&] {
                return m_answers.answer(*m_segmenter, viewOf(question), question);
            };
            Q_EMIT decoded(request, question.isOptional ? answer() : withEnoughMemory(answer));
        },
        [&](ErrorKind kind, const QString &detail) { Q_EMIT decodeFailed(request, kind, detail); });
}

void InferenceWorker::decodeHover(quint64 request, const Question &question)
{
    MaskShape shape;
    if (request > m_numbers->forgottenHovers.load() && m_embedding) {
        guarded(
            ErrorKind::BadPrompt,
            [&] { shape = m_answers.preview(*m_segmenter, viewOf(question), question); },
            [](ErrorKind, const QString &) {}); // a click at the same place will tell
    }
    Q_EMIT hovered(request, shape);
}

void InferenceWorker::run(quint64 number, const InferenceJob &job)
{
    guarded(
        ErrorKind::ComputationFailed,
        [&] {
            if (!m_segmenter)
                throw core::Error(ErrorKind::Cancelled, "There is no model.");
            withEnoughMemory([&] {
                job(*m_segmenter, m_source.image ? viewOf({}).embedding : nullptr);
                return true;
            });
            Q_EMIT jobFinished(number);
        },
        [&](ErrorKind kind, const QString &detail) { Q_EMIT jobFailed(number, kind, detail); });
}

} // namespace ui
