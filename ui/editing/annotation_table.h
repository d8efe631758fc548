// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/records.h"

#include <map>
#include <unordered_map>
#include <vector>

namespace ui
{

/// A project's annotations by id and by image. Made on the project's thread when a project is
/// opened; one step of a map from then on.
class AnnotationTable
{
public:
    AnnotationTable() = default;
    explicit AnnotationTable(const std::vector<project::AnnotationPointer> &inOrderOfId);

    /// Null: no such annotation.
    project::AnnotationPointer find(core::Id id) const;
    /// By id.
    std::vector<project::AnnotationPointer> all() const;
    std::vector<project::AnnotationPointer> ofImage(core::Id image) const;
    int countOfImage(core::Id image) const;
    std::vector<project::AnnotationPointer> ofCategory(core::Id category) const;

    /// Puts `value` (null: nothing) in the place of what is there, which it becomes.
    void exchange(core::Id id, project::AnnotationPointer &value);

private:
    using ById = std::map<core::Id, project::AnnotationPointer>;
    ById m_all;
    std::unordered_map<core::Id, ById> m_ofImage;
};

} // namespace ui
