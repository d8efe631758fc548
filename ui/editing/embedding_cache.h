// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/segmenter.h"

#include <cstddef>
#include <list>
#include <memory>
#include <string>

namespace ui
{

/// The embeddings used last, up to a number of bytes. The newest is kept even when it alone is
/// more.
class EmbeddingCache
{
public:
    using Embedding = std::shared_ptr<const core::ImageEmbedding>;

    explicit EmbeddingCache(std::size_t budgetBytes) : m_budget(budgetBytes) {}

    /// Null when it is not here. Counts as a use.
    Embedding find(const std::string &key);
    void insert(const std::string &key, Embedding embedding);
    std::size_t byteSize() const { return m_bytes; }

private:
    struct Entry {
        std::string key;
        Embedding embedding;
    };
    std::list<Entry> m_entries; ///< last used first; few, so that a search is quick
    std::size_t m_budget;
    std::size_t m_bytes = 0;
};

} // namespace ui
