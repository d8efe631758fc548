// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/document.h"

#include <utility>

namespace ui
{

Document::Document(QObject *parent) : QObject(parent)
{
    connect(&m_store, &ProjectStore::opened, this, &Document::takeOpened);
    connect(&m_store, &ProjectStore::openFailed, this,
            [this](core::ErrorKind kind, const QString &detail) {
                m_opening = false;
                m_listing = false;
                Q_EMIT busyChanged();
                Q_EMIT openFailed(kind, detail);
            });
    connectPictures();
    connect(&m_store, &ProjectStore::unsavedCountChanged, this, &Document::unsavedCountChanged);
    connect(&m_store, &ProjectStore::saveFailed, this, &Document::saveFailed);
}

Document::~Document() = default;

void Document::open(const OpenRequest &request)
{
    m_opening = true;
    m_listing = true;
    m_request = request;
    m_store.open(request);
    Q_EMIT busyChanged();
    Q_EMIT openingBegan();
}

void Document::takeOpened(const OpenedProject &project)
{
    m_opening = false;
    Q_EMIT imagesAboutToChange();
    m_projectFile = project.file;
    m_imageRoot = project.imageRoot;
    m_readOnly = project.mode == project::OpenMode::ReadOnly;
    if (!project.isSame) {
        m_askedRoot = project.imageRoot;
        m_undoStack.clear();
        m_noted.clear();
        m_moves.clear();
        m_askedNames.clear();
        m_categories.clear();
        for (const core::Category &category : project.categories)
            m_categories.emplace(category.id, category);
        m_store.dispose(std::exchange(m_annotations, project.annotations));
        m_store.dispose(std::exchange(m_proposals, project.proposals));
        m_digests = project.digests;
        m_foreign = project.foreign;
        m_nextCategoryId = project.nextCategoryId;
        m_nextAnnotationId = project.nextAnnotationId;
        m_nextProposalId = project.nextProposalId;
    }
    takeImages(project.images);
    if (!project.isSame)
        Q_EMIT projectChanged();
    Q_EMIT imagesChanged();
    if (!project.isSame)
        Q_EMIT categoriesChanged();
    Q_EMIT busyChanged();
    Q_EMIT opened(project.current);
    if (!project.notice.isEmpty())
        Q_EMIT notice(project.notice);
    if (project.imagesAreMissing)
        Q_EMIT imagesMissing();
}

bool Document::takeIds(core::Id &next, core::Id first, core::Id last)
{
    constexpr core::Id highest = core::Id(1) << 53; // which every JSON reader can hold
    if (first < next || last > highest)
        return false;
    next = last + 1;
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

core::Id Document::categoryNamed(const std::string &name) const
{
    for (const auto &[id, category] : m_categories) {
        if (category.name == name)
            return id;
    }
    return 0;
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
    for (const auto &[id, record] : edit.annotations) {
        if (record)
            changes.putAnnotations.push_back(record);
        else
            changes.removedAnnotations.push_back(id);
    }
    const std::vector<core::Id> images = m_annotations->exchange(edit.annotations);
    ProposalEdit &proposals = edit.proposals;
    if (!proposals.isEmpty() && m_proposals.use_count() > 1) // an import reads it
        m_proposals = std::make_shared<ProposalTable>(*m_proposals);
    m_proposals->apply(proposals);
    changes.putProposals = proposals.put;
    for (const project::ProposalPointer &record : proposals.taken)
        changes.removedProposals.push_back(record->id);
    std::swap(proposals.put, proposals.taken);
    exchangeImageForeign(edit.imageForeign, changes);
    if (edit.foreign) {
        changes.putForeign = edit.foreign;
        std::swap(m_foreign, *edit.foreign);
    }
    const bool categoriesTouched = !edit.categories.empty();
    m_store.save(std::move(changes));
    if (categoriesTouched)
        Q_EMIT categoriesChanged();
    for (const core::Id image : images)
        Q_EMIT annotationsChanged(image);
    if (!proposals.isEmpty())
        Q_EMIT proposalsChanged(proposals.taken.size() == 1 ? proposals.taken.front() : nullptr);
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
    return {m_imageRoot, m_images, categories(), m_annotations->all(), m_foreign};
}

} // namespace ui
