// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cache/embedding_key.h"

#include <algorithm>
#include <cstddef>
#include <list>
#include <vector>

namespace core
{

/// The values used last, up to a number of bytes. The newest is kept even when it alone is more.
template <typename Value>
class LruCache
{
public:
    struct Entry {
        EmbeddingKey key;
        Value value;
        std::size_t bytes;
    };

    explicit LruCache(std::size_t budgetBytes) : m_budget(budgetBytes) {}

    /// Null when it is not here. Counts as a use.
    const Value *find(const EmbeddingKey &key)
    {
        const auto place = placeOf(key);
        if (place == m_entries.end())
            return nullptr;
        m_entries.splice(m_entries.begin(), m_entries, place);
        return &m_entries.front().value;
    }

    bool contains(const EmbeddingKey &key) { return placeOf(key) != m_entries.end(); }

    /// Replaces a value of the same key. Gives back what had to go for it.
    std::vector<Entry> insert(const EmbeddingKey &key, Value value, std::size_t bytes)
    {
        if (const auto place = placeOf(key); place != m_entries.end()) {
            m_bytes -= place->bytes;
            m_entries.erase(place);
        }
        m_bytes += bytes;
        m_entries.push_front({key, std::move(value), bytes});
        return removeDownTo(m_budget, 1);
    }

    /// Gives back what has no room any more.
    std::vector<Entry> setBudget(std::size_t bytes)
    {
        m_budget = bytes;
        return removeDownTo(m_budget, 1);
    }

    std::vector<Entry> takeAll() { return removeDownTo(0, 0); }

    std::size_t byteSize() const { return m_bytes; }

private:
    typename std::list<Entry>::iterator placeOf(const EmbeddingKey &key)
    {
        return std::find_if(m_entries.begin(), m_entries.end(),
                            [&](const Entry &entry) { return entry.key == key; });
    }

    std::vector<Entry> removeDownTo(std::size_t bytes, std::size_t keep)
    {
        std::vector<Entry> removed;
        while (m_bytes > bytes && m_entries.size() > keep) {
            m_bytes -= m_entries.back().bytes;
            removed.push_back(std::move(m_entries.back()));
            m_entries.pop_back();
        }
        return removed;
    }

    std::list<Entry> m_entries; ///< last used first; few, so that a search is quick
    std::size_t m_budget;
    std::size_t m_bytes = 0;
};

} // namespace core
