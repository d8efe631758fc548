// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/proposal_table.h"

#include <algorithm>
#include <tuple>

namespace ui
{

ProposalTable::ProposalTable(const std::vector<project::ProposalPointer> &proposals)
{
    put(proposals);
}

ProposalTable::Entry ProposalTable::entryOf(const project::ProposalPointer &record)
{
    return {record->score, record->id, record->imageId, record};
}

bool ProposalTable::isBefore(const Entry &a, const Entry &b)
{
    return std::tie(a.score, a.id) < std::tie(b.score, b.id);
}

std::size_t ProposalTable::rankOf(const project::ProposalRecord &record) const
{
    const Entry key{record.score, record.id, 0, nullptr};
    return std::size_t(std::lower_bound(m_entries.begin(), m_entries.end(), key, isBefore) -
                       m_entries.begin());
}

bool ProposalTable::contains(const project::ProposalRecord &record) const
{
    const std::size_t rank = rankOf(record);
    return rank < count() && m_entries[rank].id == record.id;
}

std::vector<project::ProposalPointer> ProposalTable::ofImage(core::Id image) const
{
    std::vector<project::ProposalPointer> list;
    for (const Entry &entry : m_entries) {
        if (entry.image == image)
            list.push_back(entry.record);
    }
    return list;
}

void ProposalTable::put(const std::vector<project::ProposalPointer> &records)
{
    const auto old = std::ptrdiff_t(m_entries.size());
    m_entries.reserve(m_entries.size() + records.size());
    for (const project::ProposalPointer &record : records)
        m_entries.push_back(entryOf(record));
    const auto added = m_entries.begin() + old;
    if (!std::is_sorted(added, m_entries.end(), isBefore)) // imports come in order
        std::sort(added, m_entries.end(), isBefore);
    std::inplace_merge(m_entries.begin(), added, m_entries.end(), isBefore);
}

void ProposalTable::take(const std::vector<project::ProposalPointer> &records)
{
    std::vector<core::Id> ids;
    for (const project::ProposalPointer &record : records)
        ids.push_back(record->id);
    std::sort(ids.begin(), ids.end());
    std::erase_if(m_entries, [&](const Entry &entry) {
        return std::binary_search(ids.begin(), ids.end(), entry.id);
    });
}

void ProposalTable::apply(const ProposalEdit &edit)
{
    if (!edit.taken.empty())
        take(edit.taken);
    if (!edit.put.empty())
        put(edit.put);
}

} // namespace ui
