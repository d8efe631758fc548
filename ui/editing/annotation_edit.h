// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/records.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace ui
{

/// An annotation of a list that is in order of id; the id beside the record, so that looking for
/// one does not touch all records on the way.
struct AnnotationEntry {
    core::Id id = 0;
    project::AnnotationPointer record;
};

/// What is put in the place of annotations, by id; null takes one away. Like a map, but in one
/// piece of memory: a hundred thousand that come in order of id cost a millisecond.
class AnnotationEdit
{
public:
    /// What is put in this one's place; null when it was not touched before.
    project::AnnotationPointer &operator[](core::Id id)
    {
        if (m_entries.empty() || m_entries.back().id < id)
            return m_entries.emplace_back(AnnotationEntry{id, nullptr}).record;
        const auto place = std::ranges::lower_bound(m_entries, id, {}, &AnnotationEntry::id);
        if (place->id == id)
            return place->record;
        return m_entries.insert(place, {id, nullptr})->record;
    }

    bool contains(core::Id id) const
    {
        const auto place = std::ranges::lower_bound(m_entries, id, {}, &AnnotationEntry::id);
        return place != m_entries.end() && place->id == id;
    }
    bool empty() const { return m_entries.empty(); }
    std::size_t size() const { return m_entries.size(); }
    void reserve(std::size_t count) { m_entries.reserve(count); }
    auto begin() { return m_entries.begin(); }
    auto end() { return m_entries.end(); }
    auto begin() const { return m_entries.begin(); }
    auto end() const { return m_entries.end(); }

private:
    std::vector<AnnotationEntry> m_entries; ///< in order of id
};

} // namespace ui
