// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/embedding_disk.h"

#include <new>

namespace ui
{
namespace
{

constexpr int mostWaiting = 16; // they hold memory that no budget counts

} // namespace

EmbeddingDisk::EmbeddingDisk(std::filesystem::path folder, quint64 budgetBytes)
    : m_folder(std::move(folder)), m_budget(budgetBytes)
{
    m_pool.setMaxThreadCount(1);
    m_pool.setObjectName(QStringLiteral("embeddings on disk"));
}

EmbeddingDisk::~EmbeddingDisk()
{
    m_pool.clear();
    m_pool.waitForDone();
}

core::EmbeddingBytes EmbeddingDisk::find(const core::EmbeddingKey &key) const
{
    return isOn() ? m_folder.find(key) : nullptr;
}

bool EmbeddingDisk::contains(const core::EmbeddingKey &key) const
{
    return isOn() && m_folder.contains(key);
}

void EmbeddingDisk::insert(const core::EmbeddingKey &key,
                           std::shared_ptr<const core::ImageEmbedding> embedding)
{
    if (!isOn() || !m_isWritable || m_waiting >= mostWaiting)
        return;
    ++m_waiting;
    m_pool.start([this, key, embedding = std::move(embedding)] {
        write(key, *embedding);
        --m_waiting;
    });
}

void EmbeddingDisk::write(const core::EmbeddingKey &key, const core::ImageEmbedding &embedding)
{
    if (!m_isWritable)
        return;
    try {
        const std::vector<std::byte> bytes = embedding.save();
        if (!bytes.empty())
            m_folder.insert(key, bytes, m_budget);
    } catch (const core::Error &error) {
        // Memory and the model's own troubles pass; a disk does not mend itself.
        if (error.kind() != core::ErrorKind::FileUnwritable &&
            error.kind() != core::ErrorKind::DiskFull)
            return;
        if (m_isWritable.exchange(false))
            Q_EMIT failed(error.kind(), QString::fromUtf8(error.what()));
    } catch (const std::bad_alloc &) {
    }
}

void EmbeddingDisk::setBudget(quint64 bytes)
{
    m_budget = bytes;
    m_isWritable = true;
    if (!isOffered())
        return;
    m_pool.start([this] {
        m_folder.trim(m_budget);
        Q_EMIT sizeKnown(m_folder.byteSize());
    });
}

void EmbeddingDisk::clear()
{
    if (!isOffered())
        return;
    m_pool.start([this] {
        m_folder.trim(0);
        Q_EMIT sizeKnown(m_folder.byteSize());
    });
}

void EmbeddingDisk::askSize()
{
    m_pool.start([this] { Q_EMIT sizeKnown(isOffered() ? m_folder.byteSize() : 0); });
}

void EmbeddingDisk::waitForWritten()
{
    m_pool.waitForDone();
}

} // namespace ui
