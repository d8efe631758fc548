// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cache/embedding_folder.h"
#include "core/error.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <memory>

namespace ui
{

/// The disk's share of the embedding cache: looked into at once, written in the background. Every
/// function may be called from any thread. When the disk cannot be written any more (full,
/// read-only), nothing more is kept there until setBudget() is called; nothing else suffers.
class EmbeddingDisk : public QObject
{
    Q_OBJECT

public:
    /// An empty folder, or a budget of 0: nothing is kept on disk.
    EmbeddingDisk(std::filesystem::path folder, quint64 budgetBytes);
    /// Waits for the file that is being written, not for those that wait.
    ~EmbeddingDisk() override;

    bool isOffered() const { return !m_folder.path().empty(); } ///< whatever the budget
    core::EmbeddingBytes find(const core::EmbeddingKey &key) const;
    bool contains(const core::EmbeddingKey &key) const;
    /// Embeddings that cannot be saved are left out; so are some when the disk is much too slow.
    void insert(const core::EmbeddingKey &key,
                std::shared_ptr<const core::ImageEmbedding> embedding);

    void setBudget(quint64 bytes);
    void clear();
    /// Answered by sizeKnown(); also after clear() and setBudget().
    void askSize();
    void waitForWritten();

Q_SIGNALS:
    /// Once; nothing more is written until setBudget().
    void failed(core::ErrorKind kind, const QString &detail);
    void sizeKnown(quint64 bytes);

private:
    bool isOn() const { return isOffered() && m_budget > 0; }
    void write(const core::EmbeddingKey &key, const core::ImageEmbedding &embedding);

    const core::EmbeddingFolder m_folder;
    std::atomic<quint64> m_budget;
    std::atomic<bool> m_isWritable = true;
    std::atomic<int> m_waiting = 0; ///< embeddings to be written
    QThreadPool m_pool;             ///< one thread
};

} // namespace ui
