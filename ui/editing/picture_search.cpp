// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/picture_search.h"

#include "ui/editing/find_moved_picture.h"
#include "ui/editing/path_text.h"

#include <algorithm>
#include <utility>

namespace ui
{

namespace fs = std::filesystem;

/// Without the root of a disk, which is beside everything.
static std::vector<fs::path> foldersAround(const Document &document)
{
    std::vector<fs::path> folders;
    const auto add = [&folders](const fs::path &folder) {
        if (folder.has_relative_path() &&
            std::find(folders.begin(), folders.end(), folder) == folders.end())
            folders.push_back(folder);
    };
    const fs::path project = document.projectFile().parent_path();
    add(document.imageRoot());
    add(project);
    add(document.imageRoot().parent_path());
    add(project.parent_path());
    return folders;
}

PictureSearch::PictureSearch(const Document &document, QObject *parent)
    : QObject(parent), m_document(document)
{
    m_pool.setMaxThreadCount(1);
    for (const auto change : {&Document::projectChanged, &Document::imageRootChanged})
        connect(&document, change, this, &PictureSearch::stop);
}

PictureSearch::~PictureSearch()
{
    m_stop.request_stop();
    m_pool.waitForDone();
}

void PictureSearch::stop()
{
    m_stop.request_stop();
    setLooking(false);
}

void PictureSearch::setLooking(bool looking)
{
    if (std::exchange(m_isLooking, looking) != looking)
        Q_EMIT lookingChanged();
}

void PictureSearch::lookFor(core::Id id)
{
    stop();
    const core::ImageRecord *image = m_document.image(id);
    const std::string digest = m_document.imageDigest(id);
    if (!image || digest.empty())
        return;
    m_stop = std::stop_source();
    m_pool.start([this, image = *image, digest, folders = foldersAround(m_document),
                  stop = m_stop.get_token()] {
        const std::optional<fs::path> file = findMovedPicture(image, digest, folders, stop);
        QMetaObject::invokeMethod(this, [this, file, stop, id = image.id] {
            if (stop.stop_requested())
                return;
            setLooking(false);
            if (file)
                Q_EMIT found(id, pathText(*file));
            else
                Q_EMIT notFound(id);
        });
    });
    setLooking(true);
}

} // namespace ui
