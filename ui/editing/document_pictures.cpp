// SPDX-License-Identifier: Apache-2.0
// The pictures of the document: what is noted about them, and where they are.
#include "ui/editing/document.h"
#include "ui/editing/image_folder_move.h"
#include "ui/editing/image_move.h"
#include "ui/editing/path_text.h"
#include "ui/editing/project_pictures.h"

#include <utility>

namespace ui
{

void Document::connectPictures()
{
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
        Q_EMIT busyChanged();
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
    connect(&m_store, &ProjectStore::imageRootNotFound, this, [this](const QString &detail) {
        --m_lookings;
        Q_EMIT busyChanged();
        Q_EMIT imagesNotFound(detail);
    });
    connect(&m_store, &ProjectStore::imageRootFound, this, [this](const QString &folder) {
        --m_lookings;
        Q_EMIT busyChanged();
        const std::filesystem::path root(folder.toStdU16String());
        if (root == m_askedRoot || m_readOnly) // the same again; of this session only
            setImageRoot(root);
        else
            push(new ImageFolderMove(*this, m_askedRoot, root));
    });
    connect(&m_store, &ProjectStore::imageRootChanged, this,
            [this](const QString &folder, bool isMissing) {
                m_imageRoot = folder.toStdU16String();
                Q_EMIT imageRootChanged();
                if (isMissing)
                    Q_EMIT imagesMissing();
            });
}

Document::Busy Document::busy() const
{
    return m_opening        ? Busy::Opening
           : m_lookings > 0 ? Busy::LookingForImages
           : m_listing      ? Busy::Listing
                            : Busy::Nothing;
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

void Document::findImages(const std::filesystem::path &folder)
{
    ++m_lookings;
    m_store.findImages(folder);
    Q_EMIT busyChanged();
}

void Document::setImageRoot(const std::filesystem::path &folder)
{
    m_askedRoot = folder;
    m_store.setImageRoot(folder, !m_readOnly);
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

} // namespace ui
