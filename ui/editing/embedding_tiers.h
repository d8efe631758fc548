// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cache/lru_cache.h"
#include "ui/editing/embedding_disk.h"
#include "ui/editing/embedding_options.h"

#include <cstddef>
#include <memory>

namespace ui
{

/// Embeddings where they are quickest to have: ready for the model on its device, as bytes in
/// memory (for a model on a GPU; on the CPU both are the same memory), as files. What falls out of
/// one tier lies in the next. Lives on the inference thread; the disk writes on a thread of its
/// own.
class EmbeddingTiers
{
public:
    using Embedding = std::shared_ptr<const core::ImageEmbedding>;

    EmbeddingTiers(const CacheBudgets &budgets, std::shared_ptr<EmbeddingDisk> disk);

    /// Null when it is nowhere. `model` takes up what was kept as bytes.
    Embedding find(const core::EmbeddingKey &key, core::Segmenter &model);
    /// Whether find() would probably find it; quick.
    bool contains(const core::EmbeddingKey &key);
    void insert(const core::EmbeddingKey &key, const Embedding &embedding);

    /// To be called before a model on another device, or another model, is loaded.
    void freeDevice();
    void setDevice(core::Device device);
    void setBudgets(const CacheBudgets &budgets);
    std::size_t readyBytes() const { return m_ready.byteSize(); }
    std::size_t keptBytes() const { return m_kept.byteSize(); }

private:
    using Ready = core::LruCache<Embedding>;
    void keep(const std::vector<Ready::Entry> &fallen);
    void applyBudgets();

    CacheBudgets m_budgets;
    core::Device m_device = core::Device::Cpu;
    Ready m_ready;                               ///< on the model's device
    core::LruCache<core::EmbeddingBytes> m_kept; ///< in memory, for a model on a GPU
    std::shared_ptr<EmbeddingDisk> m_disk;
};

} // namespace ui
