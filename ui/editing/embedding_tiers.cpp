// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/embedding_tiers.h"

namespace ui
{

EmbeddingTiers::EmbeddingTiers(const CacheBudgets &budgets, std::shared_ptr<EmbeddingDisk> disk)
    : m_budgets(budgets), m_ready(budgets.memory), m_kept(budgets.memory), m_disk(std::move(disk))
{
}

EmbeddingTiers::Embedding EmbeddingTiers::find(const core::EmbeddingKey &key,
                                               core::Segmenter &model)
{
    if (const Embedding *ready = m_ready.find(key))
        return *ready;
    core::EmbeddingBytes bytes;
    if (const core::EmbeddingBytes *kept = m_kept.find(key))
        bytes = *kept;
    if (!bytes)
        bytes = m_disk->find(key);
    const Embedding embedding = bytes ? model.loadEmbedding(bytes) : nullptr;
    if (embedding)
        keep(m_ready.insert(key, embedding, embedding->byteSize()));
    return embedding;
}

bool EmbeddingTiers::contains(const core::EmbeddingKey &key)
{
    return m_ready.contains(key) || m_kept.contains(key) || m_disk->contains(key);
}

void EmbeddingTiers::insert(const core::EmbeddingKey &key, const Embedding &embedding)
{
    m_disk->insert(key, embedding);
    keep(m_ready.insert(key, embedding, embedding->byteSize()));
}

/// Memory of the machine that would only hold the same again is not worth it.
void EmbeddingTiers::keep(const std::vector<Ready::Entry> &fallen)
{
    if (m_device == core::Device::Cpu)
        return;
    for (const Ready::Entry &entry : fallen) {
        if (m_kept.contains(entry.key))
            continue;
        try {
            const auto bytes = std::make_shared<const std::vector<std::byte>>(entry.value->save());
            if (!bytes->empty() && bytes->size() <= m_budgets.memory)
                m_kept.insert(entry.key, bytes, bytes->size());
        } catch (const core::Error &) { // then it is computed again
        }
    }
}

void EmbeddingTiers::freeDevice()
{
    keep(m_ready.takeAll());
}

void EmbeddingTiers::setDevice(core::Device device)
{
    if (device == m_device)
        return;
    freeDevice();
    m_device = device;
    applyBudgets();
}

void EmbeddingTiers::setBudgets(const CacheBudgets &budgets)
{
    m_budgets = budgets;
    applyBudgets();
}

void EmbeddingTiers::applyBudgets()
{
    const bool onDevice = m_device == core::Device::Cuda;
    keep(m_ready.setBudget(onDevice ? m_budgets.device : m_budgets.memory));
    m_kept.setBudget(m_budgets.memory);
    if (!onDevice || m_budgets.memory == 0)
        m_kept.takeAll();
}

} // namespace ui
