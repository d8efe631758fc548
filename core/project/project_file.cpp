// SPDX-License-Identifier: Apache-2.0
#include "core/project/project_file.h"

#include "core/project/backup.h"
#include "core/project/schema.h"
#include "core/project/sql_connection.h"
#include "core/project/tables.h"

#include <QFileInfo>
#include <QLockFile>

namespace project
{
namespace
{

namespace fs = std::filesystem;
using core::Error;
using core::ErrorKind;
using Access = SqlConnection::Access;

const QString imageRootKey = QStringLiteral("image_root");

std::string quoted(const fs::path &file)
{
    return std::string(1, '"').append(utf8(file)).append(1, '"');
}

/// Read-only access to a WAL database needs to make its -shm file; where the folder forbids even
/// that, nobody can be writing, so SQLite may take the file as unchanging.
std::unique_ptr<SqlConnection> connectReadOnly(const fs::path &file)
{
    auto connection = std::make_unique<SqlConnection>(file, Access::ReadOnly);
    try {
        connection->value(QStringLiteral("PRAGMA schema_version"));
    } catch (const Error &error) {
        if (error.kind() == ErrorKind::BadProject || error.kind() == ErrorKind::ProjectLocked)
            throw;
        connection = std::make_unique<SqlConnection>(file, Access::Immutable);
    }
    return connection;
}

void refuseUnlessReadable(const fs::path &file)
{
    const QFileInfo info(toQString(file));
    if (!info.exists())
        throw Error(ErrorKind::FileNotFound, "There is no project " + quoted(file) + ".");
    if (!info.isFile() || !info.isReadable())
        throw Error(ErrorKind::FileUnreadable,
                    "The project " + quoted(file) + " may not be read; check its permissions.");
    if (info.size() == 0)
        throw Error(
            ErrorKind::BadProject,
            "The project " + quoted(file) +
                " is empty; open the copy that ends in \".backup-1\", or delete it to start anew.");
}

void check(const SqlConnection &connection)
{
    const std::string name = "The project " + quoted(connection.file());
    if (connection.value(QStringLiteral("PRAGMA application_id")).toInt() != applicationId)
        throw Error(ErrorKind::BadProject, name + " is a database of another program.");
    if (connection.value(QStringLiteral("PRAGMA user_version")).toInt() > schemaVersion())
        throw Error(
            ErrorKind::ProjectTooNew,
            name + " was written by a later version of Maskwright; update Maskwright to open it.");
    const QString found = connection.value(QStringLiteral("PRAGMA quick_check(1)")).toString();
    if (found != QStringLiteral("ok") ||
        connection.run(QStringLiteral("PRAGMA foreign_key_check")).next())
        throw Error(
            ErrorKind::BadProject,
            name + " is damaged and was left as it is; open the copy that ends in \".backup-1\" (" +
                found.toStdString() + ").");
}

std::unique_ptr<QLockFile> lock(const fs::path &file)
{
    auto lockFile = std::make_unique<QLockFile>(toQString(file) + QStringLiteral(".lock"));
    lockFile->setStaleLockTime(0); // stale only when its program is gone
    if (lockFile->tryLock(0))
        return lockFile;
    if (lockFile->error() == QLockFile::LockFailedError) {
        qint64 process = 0;
        QString host, program;
        lockFile->getLockInfo(&process, &host, &program);
        throw Error(
            ErrorKind::ProjectLocked,
            "The project " + quoted(file) + " is open in " + program.toStdString() + " (process " +
                std::to_string(process) + " on " + host.toStdString() +
                "). Close it there, or open it read-only; if that program is gone, delete \"" +
                lockFile->fileName().toStdString() + "\".");
    }
    throw Error(
        ErrorKind::FileUnwritable,
        "The project " + quoted(file) +
            " is in a folder that may not be written to; open it read-only, or copy it elsewhere.");
}

void setUpForWriting(const SqlConnection &connection)
{
    connection.run(QStringLiteral("PRAGMA journal_mode = WAL"));
    // FULL: a commit is on the disk when it returns. NORMAL would lose the last actions with the
    // power; the time it costs is the project thread's, not the window's.
    connection.run(QStringLiteral("PRAGMA synchronous = FULL"));
    connection.run(QStringLiteral("PRAGMA foreign_keys = ON"));
}

} // namespace

struct ProjectFile::Private {
    fs::path path;
    OpenMode mode;
    std::unique_ptr<QLockFile> lockFile; // outlives the connection
    std::unique_ptr<SqlConnection> connection;
};

void ProjectFile::create(const fs::path &file, const fs::path &imageRoot)
{
    if (fs::exists(file))
        throw Error(ErrorKind::FileUnwritable, "The project " + quoted(file) + " exists already.");
    if (!QFileInfo(toQString(fs::absolute(file).parent_path())).isWritable())
        throw Error(ErrorKind::FileUnwritable,
                    "The project " + quoted(file) +
                        " cannot be made: its folder may not be written to.");
    fs::path temporary = file;
    temporary += ".new";
    std::error_code error;
    fs::remove(temporary, error);
    try {
        const bool beside =
            fs::equivalent(fs::absolute(file).parent_path(), imageRoot, error) && !error;
        SqlConnection connection(temporary, Access::ReadWrite);
        migrate(connection);
        connection.run(
            QStringLiteral("INSERT INTO setting VALUES (?, ?)"),
            {imageRootKey, beside ? QStringLiteral(".") : toQString(fs::absolute(imageRoot))});
    } catch (...) {
        fs::remove(temporary, error);
        throw;
    }
    fs::rename(temporary, file, error);
    if (error)
        throw Error(ErrorKind::FileUnwritable,
                    "The project " + quoted(file) + " cannot be made: " + error.message() + ".");
}

ProjectFile::ProjectFile(const fs::path &file, OpenMode mode) : d(std::make_unique<Private>())
{
    d->path = file;
    d->mode = mode;
    refuseUnlessReadable(file);
    if (mode == OpenMode::ReadOnly) {
        d->connection = connectReadOnly(file);
        check(*d->connection);
        return;
    }
    if (!QFileInfo(toQString(file)).isWritable())
        throw Error(ErrorKind::FileUnwritable,
                    "The project " + quoted(file) +
                        " may not be written to; open it read-only, or change its permissions.");
    d->lockFile = lock(file);
    check(*connectReadOnly(file));
    d->connection = std::make_unique<SqlConnection>(file, Access::ReadWrite);
    setUpForWriting(*d->connection);
    keepBackup(*d->connection);
    migrate(*d->connection);
}

ProjectFile::~ProjectFile() = default;

const fs::path &ProjectFile::path() const
{
    return d->path;
}

OpenMode ProjectFile::mode() const
{
    return d->mode;
}

Contents ProjectFile::load() const
{
    const SqlConnection &connection = *d->connection;
    Contents contents;
    try {
        const fs::path root(
            connection.value(QStringLiteral("SELECT value FROM setting WHERE key = 'image_root'"))
                .toString()
                .toStdU16String());
        contents.imageRoot = (fs::absolute(d->path).parent_path() / root).lexically_normal();
        contents.images = readImages(connection);
        contents.categories = readCategories(connection);
        contents.annotations = readAnnotations(connection);
    } catch (const Error &error) {
        if (error.kind() != ErrorKind::BadDataset && error.kind() != ErrorKind::BadProject)
            throw;
        throw Error(ErrorKind::BadProject,
                    "The project " + quoted(d->path) + " is damaged: " + error.what());
    }
    contents.nextImageId = nextId(connection, "image");
    contents.nextCategoryId = nextId(connection, "category");
    contents.nextAnnotationId = nextId(connection, "annotation");
    return contents;
}

void ProjectFile::apply(const ChangeSet &changes)
{
    if (d->mode == OpenMode::ReadOnly)
        throw Error(ErrorKind::FileUnwritable,
                    "The project " + quoted(d->path) + " is open read-only.");
    const SqlConnection &connection = *d->connection;
    SqlTransaction transaction(connection);
    write(connection, changes);
    transaction.commit();
}

} // namespace project
