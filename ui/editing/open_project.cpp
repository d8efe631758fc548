// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/open_project.h"

#include "core/image/natural_order.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace ui
{
namespace
{

namespace fs = std::filesystem;
using core::Error;
using core::ErrorKind;
using namespace std::chrono_literals;

QString toQString(const fs::path &path)
{
    return QString::fromStdU16String(path.generic_u16string());
}

std::string utf8(const fs::path &path)
{
    return toQString(path).toStdString();
}

fs::path normal(const fs::path &path)
{
    fs::path result = fs::absolute(path).lexically_normal();
    return result.has_filename() ? result : result.parent_path();
}

/// Where the project of a folder goes that may not be written to.
fs::path placeInDataDirectory(const fs::path &folder)
{
    const QByteArray hash =
        QCryptographicHash::hash(QByteArray::fromStdString(utf8(folder)), QCryptographicHash::Sha1)
            .toHex()
            .left(8);
    const QDir directory(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) +
                         QStringLiteral("/projects"));
    if (!directory.mkpath(QStringLiteral(".")))
        throw Error(ErrorKind::FileUnwritable,
                    "Neither \"" + utf8(folder) + "\" nor \"" + directory.path().toStdString() +
                        "\" may be written to, so there is no place for a project.");
    const QString name = toQString(folder.filename()) + QLatin1Char('-') +
                         QString::fromLatin1(hash) + QStringLiteral(".mwproj");
    return fs::path(directory.filePath(name).toStdU16String());
}

/// The project file to open; made when it is not there.
fs::path findOrMake(const OpenRequest &request, const fs::path &folder, QString &notice)
{
    if (!request.projectFile.empty()) {
        if (!fs::exists(request.projectFile) && request.mode == project::OpenMode::ReadWrite)
            project::ProjectFile::create(request.projectFile, folder);
        return normal(request.projectFile);
    }
    const fs::path inside = folder / project::defaultFileName;
    if (fs::exists(inside) &&
        (QFileInfo(toQString(folder)).isWritable() || request.mode == project::OpenMode::ReadOnly))
        return inside;
    if (QFileInfo(toQString(folder)).isWritable()) {
        project::ProjectFile::create(inside, folder);
        return inside;
    }
    const fs::path outside = placeInDataDirectory(folder);
    if (!fs::exists(outside) && fs::exists(inside))
        project::copyProject(inside, outside, folder);
    else if (!fs::exists(outside))
        project::ProjectFile::create(outside, folder);
    notice =
        QCoreApplication::translate("OpenProject", "The folder \u201c%1\u201d may not be written "
                                                   "to; its project is kept as \u201c%2\u201d.")
            .arg(toQString(folder), toQString(outside));
    return outside;
}

std::string prefixOf(const fs::path &root, const fs::path &folder)
{
    const std::string name = imageNameOf(root, normal(folder));
    return name == "." ? std::string() : name + '/';
}

fs::path folderOf(const OpenRequest &request)
{
    if (!request.folder.empty())
        return normal(request.folder);
    if (!request.images.empty())
        return normal(request.images.front()).parent_path();
    return normal(request.projectFile).parent_path();
}

} // namespace

core::Id FolderListing::addTo(ProjectPictures &pictures, std::chrono::milliseconds time)
{
    constexpr std::size_t atOnce = 2000;
    const auto end = std::chrono::steady_clock::now() + time;
    std::vector<std::string> names;
    do
        lister.read(atOnce, names);
    while (!lister.atEnd() && std::chrono::steady_clock::now() < end);
    core::Id first = 0;
    const std::string *firstName = nullptr;
    for (const std::string &name : names) {
        const core::Id id = pictures.add(prefix + name);
        if (!firstName || core::naturalLess(name, *firstName)) {
            firstName = &name;
            first = id;
        }
    }
    return first;
}

Opening openProject(const OpenRequest &request, const ProjectState &present,
                    const std::stop_token &stop)
{
    const auto goOn = [&stop] {
        if (stop.stop_requested())
            throw Error(ErrorKind::Cancelled, "Opening was stopped.");
    };
    goOn();
    const fs::path folder = folderOf(request);
    for (const fs::path &picture : request.images) {
        if (!fs::exists(picture))
            throw Error(ErrorKind::FileNotFound, "There is no picture \"" + utf8(picture) + "\".");
    }
    std::optional<core::ImageLister> lister;
    if (!request.folder.empty())
        lister.emplace(folder, true);

    Opening opening{present, {}, {}};
    OpenedProject &project = opening.project;
    project.file = findOrMake(request, folder, project.notice);
    project.isSame = present.file && present.file->path() == project.file &&
                     present.file->mode() == request.mode;
    if (!project.isSame) {
        if (request.restoreBackup)
            project::restoreBackup(project.file);
        opening.state.file = std::make_shared<project::ProjectFile>(project.file, request.mode);
        goOn();
        project::Contents contents = opening.state.file->load();
        goOn();
        project.imagesAreMissing = contents.imagesAreMissing;
        project.categories = std::move(contents.categories);
        project.annotations = std::make_shared<AnnotationTable>(contents.annotations);
        project.proposals = std::make_shared<ProposalTable>(contents.proposals);
        project.foreign = std::move(contents.foreign);
        project.nextCategoryId = contents.nextCategoryId;
        project.nextAnnotationId = contents.nextAnnotationId;
        project.nextProposalId = contents.nextProposalId;
        opening.state.pictures =
            std::make_shared<ProjectPictures>(std::move(contents.images), contents.nextImageId);
        opening.state.imageRoot = contents.imageRoot;
        project.digests = std::make_shared<ImageDigests>(std::move(contents.digests));
        opening.state.digests = std::make_shared<const ImageDigests>(*project.digests);
    }
    project.mode = opening.state.file->mode();
    project.imageRoot = opening.state.imageRoot;

    ProjectPictures &pictures = *opening.state.pictures;
    for (const fs::path &picture : request.images) {
        const core::Id id = pictures.add(imageNameOf(project.imageRoot, picture));
        if (project.current == 0)
            project.current = id;
    }
    if (lister) {
        opening.listing = {std::move(*lister), prefixOf(project.imageRoot, folder)};
        // Of a project that has pictures one can be shown at once.
        const bool isEmpty = pictures.images().empty();
        const core::Id first = opening.listing->addTo(pictures, isEmpty ? request.patience : 0ms);
        if (opening.listing->lister.atEnd()) {
            opening.listing.reset();
            if (project.current == 0)
                project.current = first;
        }
    }
    project.images = std::make_shared<ImageTable>(pictures.images());
    if (project.current == 0 && !project.images->images().empty())
        project.current = project.images->images().front().id;
    return opening;
}

} // namespace ui
