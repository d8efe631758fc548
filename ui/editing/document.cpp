// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/document.h"

#include "ui/editing/image_move.h"
#include "ui/editing/path_text.h"
#include "ui/editing/project_pictures.h"

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
                Q_EMIT openFailed(kind, detail);
            });
    connect(&m_store, &ProjectStore::imagesJoined, this,
            [this](const std::shared_ptr<ImageTable> &images) {
                Q_EMIT imagesAboutToChange();
                takeImages(images);
                Q_EMIT imagesChanged();
            });
    connect(&m_store, &ProjectStore::imagesListed, this, [this] {
        if (m_opening)
            return; // something else is being opened meanwhile
        m_listing = false;
        Q_EMIT imagesListed();
    });
    connect(&m_store, &ProjectStore::imageRenamed, this,
            [this](core::Id id, const std::shared_ptr<ImageTable> &images) {
                Q_EMIT imagesAboutToChange();
                const auto noted = m_noted.find(id);
                if (const core::ImageRecord *renamed = images->find(id);
                    renamed && noted != m_noted.end())
                    noted->second.fileName = renamed->fileName;
                takeImages(images);
                if (const auto asked = m_askedNames.find(id);
                    asked != m_askedNames.end() && asked->second == image(id)->fileName)
                    m_askedNames.erase(asked);
                Q_EMIT imagesChanged();
                Q_EMIT imageMoved(id);
                if (const auto before = m_moves.extract(id); before && !m_readOnly)
                    push(new ImageMove(*this, id, before.mapped(), image(id)->fileName));
            });
    connect(&m_store, &ProjectStore::imageNotRenamed, this,
            [this](core::Id id, const QString &fileName) {
                m_moves.erase(id);
                m_askedNames.erase(id);
                const std::filesystem::path name(fileName.toStdU16String());
                Q_EMIT imageNotMoved(id, pathText((m_imageRoot / name).lexically_normal()));
            });
    connect(&m_store, &ProjectStore::imageRootNotFound, this, &Document::imagesNotFound);
    connect(&m_store, &ProjectStore::imageRootFound, this, [this](const QString &folder) {
        m_imageRoot = folder.toStdU16String();
        Q_EMIT imageRootChanged();
    });
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
    Q_EMIT opened(project.current);
    if (!project.notice.isEmpty())
        Q_EMIT notice(project.notice);
    if (project.imagesAreMissing)
        Q_EMIT imagesMissing();
}

void Document::takeImages(const std::shared_ptr<ImageTable> &images)
{
    for (const auto &[id, image] : m_noted)
        images->update(image);
    m_store.dispose(std::exchange(m_images, images));
}

const core::ImageRecord *Document::image(core::Id id) const
{
    return m_images->find(id);
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
    const core::ImageRecord *present = image(id);
    if (!present)
        return false;
    if (present->size == size)
        return true;
    for (const project::AnnotationPointer &annotation : annotations(id)) {
        if (annotation->annotation.mask.size != size)
            return false;
    }
    core::ImageRecord record = *present;
    record.size = size;
    ownImages();
    m_images->update(record);
    m_noted[id] = record;
    if (!m_readOnly) {
        project::ChangeSet changes;
        changes.putImages.push_back(std::move(record));
        m_store.save(std::move(changes));
    }
    Q_EMIT imageChanged(id);
    return true;
}

void Document::ownImages()
{
    if (m_images.use_count() > 1) // an export reads it
        m_store.dispose(std::exchange(m_images, std::make_shared<ImageTable>(*m_images)));
}

bool Document::takeIds(core::Id &next, core::Id first, core::Id last)
{
    constexpr core::Id highest = core::Id(1) << 53; // which every JSON reader can hold
    if (first < next || last > highest)
        return false;
    next = last + 1;
    return true;
}

bool Document::setImageDigest(core::Id id, const std::string &digest)
{
    std::string &known = (*m_digests)[id];
    if (known == digest || !image(id))
        return true;
    const bool isSame = known.empty() || annotationCount(id) == 0;
    known = digest;
    if (!m_readOnly) {
        project::ChangeSet changes;
        changes.putDigests.emplace_back(id, digest);
        m_store.save(std::move(changes));
    }
    return isSame;
}

std::vector<core::Category> Document::categories() const
{
    std::vector<core::Category> list;
    for (const auto &[id, category] : m_categories)
        list.push_back(category);
    return list;
}

std::string Document::imageDigest(core::Id id) const
{
    const auto place = m_digests->find(id);
    return place == m_digests->end() ? std::string() : place->second;
}

core::Id Document::imageAt(const std::filesystem::path &file) const
{
    const std::string name = imageNameOf(m_imageRoot, file);
    for (const core::ImageRecord &image : images()) {
        if (image.fileName == name)
            return image.id;
    }
    return 0;
}

bool Document::moveImage(core::Id id, const std::filesystem::path &file)
{
    if (!image(id) || imageAt(file))
        return false;
    m_moves[id] = image(id)->fileName;
    setImageName(id, imageNameOf(m_imageRoot, file));
    return true;
}

void Document::setImageName(core::Id id, const std::string &name)
{
    const core::ImageRecord *present = image(id);
    const auto asked = m_askedNames.find(id);
    if (!present || (asked == m_askedNames.end() ? present->fileName : asked->second) == name)
        return;
    m_askedNames[id] = name;
    core::ImageRecord record = *present;
    record.fileName = name;
    m_store.renameImage(std::move(record), !m_readOnly);
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

void Document::exchangeImageForeign(std::map<core::Id, core::ForeignKeys> &foreign,
                                    project::ChangeSet &changes)
{
    if (!foreign.empty())
        ownImages();
    for (auto &[id, keys] : foreign) {
        const core::ImageRecord *present = image(id);
        if (!present)
            continue;
        core::ImageRecord record = *present;
        std::swap(record.foreign, keys);
        m_images->update(record);
        m_noted[id] = record;
        changes.putImages.push_back(std::move(record));
    }
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
