// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/annotation_table.h"

#include <utility>

namespace ui
{

AnnotationTable::AnnotationTable(const std::vector<project::AnnotationPointer> &inOrderOfId)
{
    for (const project::AnnotationPointer &record : inOrderOfId) {
        const core::Annotation &annotation = record->annotation;
        ById &ofImage = m_ofImage[annotation.imageId];
        m_all.emplace_hint(m_all.end(), annotation.id, record);
        ofImage.emplace_hint(ofImage.end(), annotation.id, record);
    }
}

project::AnnotationPointer AnnotationTable::find(core::Id id) const
{
    const auto place = m_all.find(id);
    return place == m_all.end() ? nullptr : place->second;
}

std::vector<project::AnnotationPointer> AnnotationTable::all() const
{
    std::vector<project::AnnotationPointer> list;
    list.reserve(m_all.size());
    for (const auto &[id, record] : m_all)
        list.push_back(record);
    return list;
}

std::vector<project::AnnotationPointer> AnnotationTable::ofImage(core::Id image) const
{
    std::vector<project::AnnotationPointer> list;
    if (const auto place = m_ofImage.find(image); place != m_ofImage.end()) {
        list.reserve(place->second.size());
        for (const auto &[id, record] : place->second)
            list.push_back(record);
    }
    return list;
}

int AnnotationTable::countOfImage(core::Id image) const
{
    const auto place = m_ofImage.find(image);
    return place == m_ofImage.end() ? 0 : int(place->second.size());
}

std::vector<project::AnnotationPointer> AnnotationTable::ofCategory(core::Id category) const
{
    std::vector<project::AnnotationPointer> list;
    for (const auto &[id, record] : m_all) {
        if (record->annotation.categoryId == category)
            list.push_back(record);
    }
    return list;
}

void AnnotationTable::exchange(core::Id id, project::AnnotationPointer &value)
{
    if (value && (m_all.empty() || m_all.rbegin()->first < id)) { // new, like all of an import's
        ById &ofImage = m_ofImage[value->annotation.imageId];
        ofImage.emplace_hint(ofImage.end(), id, value);
        m_all.emplace_hint(m_all.end(), id, std::exchange(value, nullptr));
        return;
    }
    project::AnnotationPointer old = find(id);
    if (old)
        m_ofImage[old->annotation.imageId].erase(id);
    if (value) {
        m_all[id] = value;
        m_ofImage[value->annotation.imageId][id] = value;
    } else if (old) {
        m_all.erase(id);
    }
    value = std::move(old);
}

} // namespace ui
