// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/embedding_cache.h"

#include <algorithm>

namespace ui
{

EmbeddingCache::Embedding EmbeddingCache::find(const std::string &key)
{
    const auto place = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const Entry &entry) { return entry.key == key; });
    if (place == m_entries.end())
        return nullptr;
    m_entries.splice(m_entries.begin(), m_entries, place);
    return m_entries.front().embedding;
}

void EmbeddingCache::insert(const std::string &key, Embedding embedding)
{
    if (find(key)) {
        m_bytes -= m_entries.front().embedding->byteSize();
        m_entries.pop_front();
    }
    m_bytes += embedding->byteSize();
    m_entries.push_front({key, std::move(embedding)});
    while (m_bytes > m_budget && m_entries.size() > 1) {
        m_bytes -= m_entries.back().embedding->byteSize();
        m_entries.pop_back();
    }
}

} // namespace ui
