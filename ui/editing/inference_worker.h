// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/answer_maker.h"
#include "ui/editing/embedding_cache.h"
#include "ui/editing/segmentation_service.h"

namespace ui
{

/// SegmentationService's other half: owns the model and the embeddings, lives on the inference
/// thread. Talked to by queued calls only.
class InferenceWorker : public QObject
{
    Q_OBJECT

public:
    InferenceWorker(std::shared_ptr<RequestNumbers> numbers, std::size_t cacheBytes)
        : m_numbers(std::move(numbers)), m_cache(cacheBytes)
    {
    }

    void load(const SegmenterFactory &factory);
    void embed(quint64 number, const std::shared_ptr<const core::Image> &image,
               const std::string &digest, const std::stop_token &stop);
    void decode(quint64 request, const Question &question);
    void decodeHover(quint64 request, const Question &question);

Q_SIGNALS:
    void modelLoaded(const core::SegmenterInfo &info);
    void modelFailed(core::ErrorKind kind, const QString &detail);
    void embedding(quint64 number, double progress);
    void embedded(quint64 number, double seconds);
    void embeddingFailed(quint64 number, core::ErrorKind kind, const QString &detail);
    void decoded(quint64 request, const std::vector<ui::Candidate> &candidates);
    void decodeFailed(quint64 request, core::ErrorKind kind, const QString &detail);
    /// Comes for every hover, so that the next one can follow; empty when it was forgotten or
    /// failed.
    void hovered(quint64 request, const ui::MaskShape &shape);

private:
    std::shared_ptr<RequestNumbers> m_numbers;
    std::unique_ptr<core::Segmenter> m_segmenter;
    EmbeddingCache m_cache;
    EmbeddingCache::Embedding m_embedding; ///< of the open picture, null while there is none
    AnswerMaker m_answers;
};

} // namespace ui
