// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/document.h"

#include <set>

namespace ui
{

Document::Document(QObject *parent) : QObject(parent)
{
    connect(&m_store, &ProjectStore::opened, this, &Document::takeOpened);
    connect(&m_store, &ProjectStore::openFailed, this,
            [this](core::ErrorKind kind, const QString &detail) {
                m_opening = false;
                Q_EMIT openFailed(kind, detail);
            });
    connect(&m_store, &ProjectStore::unsavedCountChanged, this, &Document::unsavedCountChanged);
    connect(&m_store, &ProjectStore::saveFailed, this, &Document::saveFailed);
}

Document::~Document() = default;

void Document::open(const OpenRequest &request)
{
    m_opening = true;
    m_store.open(request);
}

void Document::takeOpened(const OpenedProject &project)
{
    m_opening = false;
    m_projectFile = project.file;
    m_imageRoot = project.contents.imageRoot;
    m_readOnly = project.mode == project::OpenMode::ReadOnly;
    takeImages(project.contents.images);
    if (!project.isSame)
        takeContents(project.contents);
    Q_EMIT imagesChanged();
    if (!project.isSame)
        Q_EMIT categoriesChanged();
    Q_EMIT opened(project.current);
    if (!project.notice.isEmpty())
        Q_EMIT notice(project.notice);
}

void Document::takeImages(const std::vector<core::ImageRecord> &images)
{
    m_images = images;
    m_imageIndex.clear();
    for (std::size_t i = 0; i < m_images.size(); ++i)
        m_imageIndex.emplace(m_images[i].id, i);
}

void Document::takeContents(const project::Contents &contents)
{
    m_undoStack.clear();
    m_categories.clear();
    for (const core::Category &category : contents.categories)
        m_categories.emplace(category.id, category);
    m_annotations.clear();
    m_annotationsByImage.clear();
    for (const project::AnnotationPointer &record : contents.annotations) {
        const core::Annotation &annotation = record->annotation;
        auto &ofImage = m_annotationsByImage[annotation.imageId];
        m_annotations.emplace_hint(m_annotations.end(), annotation.id, record);
        ofImage.emplace_hint(ofImage.end(), annotation.id, record);
    }
    m_nextCategoryId = contents.nextCategoryId;
    m_nextAnnotationId = contents.nextAnnotationId;
}

const core::ImageRecord *Document::image(core::Id id) const
{
    const auto place = m_imageIndex.find(id);
    return place == m_imageIndex.end() ? nullptr : &m_images[place->second];
}

std::filesystem::path Document::imagePath(core::Id id) const
{
    const core::ImageRecord *record = image(id);
    if (!record)
        return {};
    const auto *name = reinterpret_cast<const char8_t *>(record->fileName.c_str());
    return (m_imageRoot / std::filesystem::path(name)).lexically_normal();
}

bool Document::setImageSize(core::Id id, core::Size size)
{
    const auto place = m_imageIndex.find(id);
    if (place == m_imageIndex.end())
        return false;
    core::ImageRecord &record = m_images[place->second];
    if (record.size == size)
        return true;
    for (const project::AnnotationPointer &annotation : annotations(id)) {
        if (annotation->annotation.mask.size != size)
            return false;
    }
    record.size = size;
    if (!m_readOnly) {
        project::ChangeSet changes;
        changes.putImages.push_back(record);
        m_store.save(std::move(changes));
    }
    Q_EMIT imageChanged(id);
    return true;
}

std::vector<core::Category> Document::categories() const
{
    std::vector<core::Category> list;
    for (const auto &[id, category] : m_categories)
        list.push_back(category);
    return list;
}

const core::Category *Document::category(core::Id id) const
{
    const auto place = m_categories.find(id);
    return place == m_categories.end() ? nullptr : &place->second;
}

std::vector<project::AnnotationPointer> Document::annotations(core::Id image) const
{
    std::vector<project::AnnotationPointer> list;
    if (const auto place = m_annotationsByImage.find(image); place != m_annotationsByImage.end()) {
        for (const auto &[id, record] : place->second)
            list.push_back(record);
    }
    return list;
}

int Document::annotationCount(core::Id image) const
{
    const auto place = m_annotationsByImage.find(image);
    return place == m_annotationsByImage.end() ? 0 : int(place->second.size());
}

project::AnnotationPointer Document::annotation(core::Id id) const
{
    const auto place = m_annotations.find(id);
    return place == m_annotations.end() ? nullptr : place->second;
}

std::vector<project::AnnotationPointer> Document::annotationsOfCategory(core::Id category) const
{
    std::vector<project::AnnotationPointer> list;
    for (const auto &[id, record] : m_annotations) {
        if (record->annotation.categoryId == category)
            list.push_back(record);
    }
    return list;
}

void Document::putAnnotation(core::Id id, project::AnnotationPointer &value)
{
    const auto place = m_annotations.find(id);
    const project::AnnotationPointer old = place == m_annotations.end() ? nullptr : place->second;
    if (old)
        m_annotationsByImage[old->annotation.imageId].erase(id);
    if (value) {
        m_annotations[id] = value;
        m_annotationsByImage[value->annotation.imageId][id] = value;
    } else if (old) {
        m_annotations.erase(place);
    }
    value = old;
}

DocumentEdit Document::exchange(DocumentEdit edit)
{
    Q_ASSERT(!m_readOnly);
    project::ChangeSet changes;
    for (auto &[id, category] : edit.categories) {
        if (category)
            changes.putCategories.push_back(*category);
        else
            changes.removedCategories.push_back(id);
        std::optional<core::Category> old;
        if (const auto place = m_categories.find(id); place != m_categories.end())
            old = std::move(m_categories.extract(place).mapped());
        if (category)
            m_categories.emplace(id, std::move(*category));
        category = std::move(old);
    }
    std::set<core::Id> images;
    for (auto &[id, record] : edit.annotations) {
        if (record) {
            changes.putAnnotations.push_back(record);
            images.insert(record->annotation.imageId);
        } else {
            changes.removedAnnotations.push_back(id);
        }
        putAnnotation(id, record);
        if (record)
            images.insert(record->annotation.imageId);
    }
    const bool categoriesTouched = !edit.categories.empty();
    m_store.save(std::move(changes));
    if (categoriesTouched)
        Q_EMIT categoriesChanged();
    for (const core::Id image : images)
        Q_EMIT annotationsChanged(image);
    return edit;
}

bool Document::push(QUndoCommand *command)
{
    if (m_readOnly || !isOpen()) {
        delete command;
        Q_EMIT editRefused();
        return false;
    }
    m_undoStack.push(command);
    return true;
}

DatasetSnapshot Document::snapshot() const
{
    DatasetSnapshot snapshot{m_imageRoot, m_images, categories(), {}};
    snapshot.annotations.reserve(m_annotations.size());
    for (const auto &[id, record] : m_annotations)
        snapshot.annotations.push_back(record);
    return snapshot;
}

} // namespace ui
