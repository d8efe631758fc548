// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/annotation_table.h"

#include <algorithm>
#include <utility>

namespace ui
{
namespace
{

using Entries = std::vector<AnnotationEntry>;

/// Changes in the order in which they come, by image. Those of an image mostly follow each other.
class ChangesByImage
{
public:
    void add(core::Id image, core::Id annotation, const project::AnnotationPointer &record)
    {
        if (!m_last || image != m_lastImage) {
            m_last = &m_changes[image];
            m_lastImage = image;
        }
        m_last->push_back({annotation, record});
    }
    std::unordered_map<core::Id, Entries> &all() { return m_changes; }

private:
    std::unordered_map<core::Id, Entries> m_changes;
    core::Id m_lastImage = 0;
    Entries *m_last = nullptr; // stays where it is
};

} // namespace

AnnotationTable::AnnotationTable(const std::vector<project::AnnotationPointer> &inOrderOfId)
    : m_all(inOrderOfId)
{
    for (const project::AnnotationPointer &record : inOrderOfId)
        m_ofImage[record->annotation.imageId].push_back({record->annotation.id, record});
}

std::vector<project::AnnotationPointer> AnnotationTable::ofImage(core::Id image) const
{
    std::vector<project::AnnotationPointer> list;
    if (const auto place = m_ofImage.find(image); place != m_ofImage.end()) {
        list.reserve(place->second.size());
        for (const AnnotationEntry &entry : place->second)
            list.push_back(entry.record);
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
    for (const project::AnnotationPointer &record : m_all) {
        if (record->annotation.categoryId == category)
            list.push_back(record);
    }
    return list;
}

/// A null record takes the entry away.
void AnnotationTable::apply(Entries &entries, Entries &&changes)
{
    Entries merged;
    merged.reserve(entries.size() + changes.size());
    auto old = entries.begin();
    for (AnnotationEntry &change : changes) {
        for (; old != entries.end() && old->id < change.id; ++old)
            merged.push_back(std::move(*old));
        if (old != entries.end() && old->id == change.id)
            ++old;
        if (change.record)
            merged.push_back(std::move(change));
    }
    std::move(old, entries.end(), std::back_inserter(merged));
    entries = std::move(merged);
}

std::vector<core::Id> AnnotationTable::exchange(AnnotationEdit &edit)
{
    const std::vector<AnnotationEntry> coming(edit.begin(), edit.end());
    m_all.exchange(edit);
    ChangesByImage changes;
    auto gone = edit.begin();
    for (const auto &[id, record] : coming) {
        const core::Id image = record ? record->annotation.imageId : 0;
        if (record)
            changes.add(image, id, record);
        const project::AnnotationPointer &before = (gone++)->record;
        if (before && (!record || before->annotation.imageId != image))
            changes.add(before->annotation.imageId, id, nullptr);
    }
    std::vector<core::Id> images;
    for (auto &[image, ofImage] : changes.all()) {
        images.push_back(image);
        Entries &entries = m_ofImage[image];
        apply(entries, std::move(ofImage));
        if (entries.empty())
            m_ofImage.erase(image);
    }
    std::ranges::sort(images);
    return images;
}

} // namespace ui
