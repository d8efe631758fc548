// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/records.h"

#include <vector>

namespace ui
{

/// What one action does to the proposals. Swapped, it does the opposite.
struct ProposalEdit {
    std::vector<project::ProposalPointer> put;
    std::vector<project::ProposalPointer> taken; ///< that are there

    bool isEmpty() const { return put.empty() && taken.empty(); }
};

/// A project's proposals in the order in which they are looked at: the worst score first, then by
/// id. A change costs a pass over all of them, about a millisecond per hundred thousand.
class ProposalTable
{
public:
    ProposalTable() = default;
    explicit ProposalTable(const std::vector<project::ProposalPointer> &proposals);

    std::size_t count() const { return m_entries.size(); }
    const project::ProposalPointer &at(std::size_t rank) const { return m_entries[rank].record; }
    /// Where it is, or where it would be.
    std::size_t rankOf(const project::ProposalRecord &record) const;
    bool contains(const project::ProposalRecord &record) const;
    std::vector<project::ProposalPointer> ofImage(core::Id image) const;

    void apply(const ProposalEdit &edit);

private:
    /// The record's own values beside it: passes over all stay in the cache.
    struct Entry {
        double score;
        core::Id id;
        core::Id image;
        project::ProposalPointer record;
    };
    static Entry entryOf(const project::ProposalPointer &record);
    static bool isBefore(const Entry &a, const Entry &b);
    void put(const std::vector<project::ProposalPointer> &records);
    void take(const std::vector<project::ProposalPointer> &records);

    std::vector<Entry> m_entries;
};

} // namespace ui
