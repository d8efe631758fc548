// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/annotation_list.h"

#include <unordered_map>
#include <vector>

namespace ui
{

/// A project's annotations by id and by image. Made on the project's thread when a project is
/// opened; a change costs in proportion to what it changes, a hundred thousand some milliseconds.
class AnnotationTable
{
public:
    AnnotationTable() = default;
    explicit AnnotationTable(const std::vector<project::AnnotationPointer> &inOrderOfId);

    /// Null: no such annotation.
    project::AnnotationPointer find(core::Id id) const { return m_all.find(id); }
    /// By id; a copy shares what is in it.
    const AnnotationList &all() const { return m_all; }
    std::vector<project::AnnotationPointer> ofImage(core::Id image) const;
    int countOfImage(core::Id image) const;
    std::vector<project::AnnotationPointer> ofCategory(core::Id category) const;

    /// Puts what `edit` says in the place of what is there, which it says afterwards. Returns the
    /// images that it touches, by id.
    std::vector<core::Id> exchange(AnnotationEdit &edit);

private:
    using Entries = std::vector<AnnotationEntry>; // in order of id
    static void apply(Entries &entries, Entries &&changes);

    AnnotationList m_all;
    std::unordered_map<core::Id, Entries> m_ofImage;
};

} // namespace ui
