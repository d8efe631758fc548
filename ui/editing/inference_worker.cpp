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

void InferenceWorker::load(const SegmenterFactory &factory)
{
    m_embedding = nullptr;
    m_answers.forget();
    guarded(
        ErrorKind::BadCheckpoint,
        [&] {
            m_segmenter = nullptr; // two models may not fit
            m_segmenter = factory();
            Q_EMIT modelLoaded(m_segmenter->info());
        },
        [this](ErrorKind kind, const QString &detail) { Q_EMIT modelFailed(kind, detail); });
}

void InferenceWorker::embed(quint64 number, const std::shared_ptr<const core::Image> &image,
                            const std::string &digest, const std::stop_token &stop)
{
    m_embedding = nullptr;
    m_answers.forget();
    if (number != m_numbers->embedding.load() || !m_segmenter)
        return;
    guarded(
        ErrorKind::BadImage,
        [&] {
            const std::string key =
                m_segmenter->info().weightsDigest + m_segmenter->info().precision + digest;
            m_embedding = m_cache.find(key);
            double seconds = 0;
            if (!m_embedding) {
                Q_EMIT embedding(number, 0);
                const auto begin = std::chrono::steady_clock::now();
                m_embedding = m_segmenter->encode(image->view(), stop, [&](double progress) {
                    Q_EMIT embedding(number, progress);
                });
                seconds =
                    std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
                m_cache.insert(key, m_embedding);
            }
            Q_EMIT embedded(number, seconds);
        },
        [&](ErrorKind kind, const QString &detail) {
            Q_EMIT embeddingFailed(number, kind, detail);
        });
}

void InferenceWorker::decode(quint64 request, const Question &question)
{
    if (request != m_numbers->question.load() || !m_embedding)
        return; // overtaken while it waited in the queue
    guarded(
        ErrorKind::BadPrompt,
        [&] { Q_EMIT decoded(request, m_answers.answer(*m_segmenter, *m_embedding, question)); },
        [&](ErrorKind kind, const QString &detail) { Q_EMIT decodeFailed(request, kind, detail); });
}

void InferenceWorker::decodeHover(quint64 request, const Question &question)
{
    MaskShape shape;
    if (request > m_numbers->forgottenHovers.load() && m_embedding) {
        guarded(
            ErrorKind::BadPrompt,
            [&] { shape = m_answers.preview(*m_segmenter, *m_embedding, question); },
            [](ErrorKind, const QString &) {}); // a click at the same place will tell
    }
    Q_EMIT hovered(request, shape);
}

} // namespace ui
