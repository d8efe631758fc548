// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/open_project.h"

#include "core/image/list_images.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <map>

namespace ui
{
namespace
{

namespace fs = std::filesystem;
using core::Error;
using core::ErrorKind;

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
    if (!fs::exists(outside))
        project::ProjectFile::create(outside, folder);
    notice =
        QCoreApplication::translate("OpenProject", "The folder \u201c%1\u201d may not be written "
                                                   "to; its project is kept as \u201c%2\u201d.")
            .arg(toQString(folder), toQString(outside));
    return outside;
}

std::string nameInside(const fs::path &root, const fs::path &image)
{
    const fs::path relative = normal(image).lexically_relative(root);
    return utf8(relative.empty() ? normal(image) : relative); // empty: on another drive
}

/// Adds the pictures that are not there yet, and says which one to show.
core::Id bringIn(const std::vector<fs::path> &pictures, project::Contents &contents,
                 project::ProjectFile &file)
{
    std::map<std::string, core::Id> known;
    for (const core::ImageRecord &image : contents.images)
        known.emplace(image.fileName, image.id);
    project::ChangeSet changes;
    core::Id first = 0;
    for (const fs::path &picture : pictures) {
        const std::string name = nameInside(contents.imageRoot, picture);
        const auto [place, isNew] = known.emplace(name, contents.nextImageId);
        if (isNew)
            changes.putImages.push_back({contents.nextImageId++, name, {}});
        if (first == 0)
            first = place->second;
    }
    if (!changes.isEmpty() && file.mode() == project::OpenMode::ReadWrite)
        file.apply(changes);
    contents.images.insert(contents.images.end(), changes.putImages.begin(),
                           changes.putImages.end());
    return first;
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

OpenedProject openProject(const OpenRequest &request, std::shared_ptr<project::ProjectFile> &file)
{
    const fs::path folder = folderOf(request);
    std::vector<fs::path> pictures = request.images;
    for (const fs::path &picture : pictures) {
        if (!fs::exists(picture))
            throw Error(ErrorKind::FileNotFound, "There is no picture \"" + utf8(picture) + "\".");
    }
    if (!request.folder.empty()) {
        const std::vector<fs::path> found = core::listImages(folder);
        pictures.insert(pictures.end(), found.begin(), found.end());
    }

    OpenedProject opened;
    opened.file = findOrMake(request, folder, opened.notice);
    opened.isSame = file && file->path() == opened.file && file->mode() == request.mode;
    std::shared_ptr<project::ProjectFile> fresh;
    if (!opened.isSame)
        fresh = std::make_shared<project::ProjectFile>(opened.file, request.mode);
    project::ProjectFile &current = opened.isSame ? *file : *fresh;
    opened.mode = current.mode();
    opened.contents = current.load();
    opened.current = bringIn(pictures, opened.contents, current);
    std::sort(opened.contents.images.begin(), opened.contents.images.end(),
              [](const core::ImageRecord &a, const core::ImageRecord &b) {
                  return core::naturalLess(a.fileName, b.fileName);
              });
    if (opened.current == 0 && !opened.contents.images.empty())
        opened.current = opened.contents.images.front().id;
    if (fresh)
        file = std::move(fresh);
    return opened;
}

} // namespace ui
