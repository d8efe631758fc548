// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/answer_maker.h"
#include "ui/editing/embedding_source.h"
#include "ui/editing/embedding_tiers.h"
#include "ui/editing/segmentation_service.h"
#include "ui/editing/user_requests.h"

namespace ui
{

/// SegmentationService's other half: owns the model and the embeddings, lives on the inference
/// thread. Talked to by queued calls only.
class InferenceWorker : public QObject
{
    Q_OBJECT

public:
    InferenceWorker(std::shared_ptr<RequestNumbers> numbers, EmbeddingTiers cache,
                    std::chrono::milliseconds quiet)
        : m_numbers(std::move(numbers)), m_requests(quiet), m_cache(std::move(cache))
    {
    }

    /// What the user asks while a picture is ready comes in here, and goes before what is embedded
    /// ahead. Of this, add() and hurry() may be called from the GUI thread.
    UserRequests &requests() { return m_requests; }
    void runRequests() { m_requests.runAll(); }

    void load(const SegmenterFactory &factory);
    void embed(quint64 number, const EmbeddingSource &source, const std::stop_token &stop);
    /// Only into the cache; the open picture stays what it is. Lets requests() go first, does not
    /// fight for memory.
    void embedAhead(quint64 number, const EmbeddingSource &source, const std::stop_token &stop);
    /// Of a part of the open picture, beside the embedding of the whole.
    void focus(quint64 number, const EmbeddingSource &source, const std::stop_token &stop);
    void decode(quint64 request, const Question &question);
    void decodeHover(quint64 request, const Question &question);
    void run(quint64 number, const InferenceJob &job);
    void setBudgets(const CacheBudgets &budgets) { m_cache.setBudgets(budgets); }

Q_SIGNALS:
    void modelLoaded(const core::SegmenterInfo &info);
    void modelFailed(core::ErrorKind kind, const QString &detail);
    /// Memory ran out; the model computes with `limits` from now on.
    void modelLimited(const core::SegmenterInfo &info, const core::ComputeLimits &limits);
    /// It did not load again; there is none now.
    void modelLost(core::ErrorKind kind, const QString &detail);
    void embedding(quint64 number, double progress);
    void embedded(quint64 number, double seconds);
    void embeddingFailed(quint64 number, core::ErrorKind kind, const QString &detail);
    void embeddingAhead(quint64 number, double progress);
    void embeddedAhead(quint64 number, bool done); ///< not done: stopped, or failed
    void focused(quint64 number, const core::PixelRect &window);
    void focusFailed(quint64 number, core::ErrorKind kind, const QString &detail);
    void decoded(quint64 request, const std::vector<ui::Candidate> &candidates);
    void decodeFailed(quint64 request, core::ErrorKind kind, const QString &detail);
    /// Comes for every hover, so that the next one can follow; empty when it was forgotten or
    /// failed.
    void hovered(quint64 request, const ui::MaskShape &shape);
    void jobFinished(quint64 number);
    void jobFailed(quint64 number, core::ErrorKind kind, const QString &detail);

private:
    /// From the cache, or made and put there; `seconds` is what making it took. Throws core::Error.
    EmbeddingTiers::Embedding embeddingOf(const EmbeddingSource &source,
                                          const std::stop_token &stop,
                                          const core::EncodeProgress &progress, double &seconds);
    /// Runs `work`, again and again with less memory used elsewhere, until it has enough.
    template <typename Work>
    auto withEnoughMemory(Work work);
    bool relieveMemory();
    void loadModel(const core::ComputeLimits &limits);
    void loadAsItFits();
    /// What the question is about, a part or the whole of the open picture. Made anew when the
    /// model had to change since.
    core::FocusedEmbedding viewOf(const Question &question);
    void prepareFor(const core::ImageEmbedding &embedding);
    EmbeddingTiers::Embedding &closerView(const core::PixelRect &window);

    std::shared_ptr<RequestNumbers> m_numbers;
    UserRequests m_requests;
    std::unique_ptr<core::Segmenter> m_segmenter;
    std::optional<SegmenterFactory> m_factory;
    core::MemoryRelief m_relief;
    EmbeddingTiers m_cache;
    EmbeddingSource m_source;              ///< of the open picture, once it is embedded
    EmbeddingTiers::Embedding m_embedding; ///< null while there is none
    EmbeddingSource m_focusSource;         ///< the part of it looked at last; no crop: none
    EmbeddingTiers::Embedding m_focus;     ///< of that part, null while there is none
    core::PixelRect m_closerWindow;        ///< looked at closer last, in the open picture
    EmbeddingTiers::Embedding m_closer;    ///< of that part, null while there is none
    AnswerMaker m_answers;
};

} // namespace ui
