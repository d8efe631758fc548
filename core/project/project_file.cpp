// SPDX-License-Identifier: Apache-2.0
#include "core/project/project_file.h"

#include "core/project/backup.h"
#include "core/project/file_identity.h"
#include "core/project/image_root.h"
#include "core/project/project_lock.h"
#include "core/project/schema.h"
#include "core/project/sql_connection.h"
#include "core/project/tables.h"

#include <QFileInfo>
#include <QLockFile>

#include <utility>

namespace project
{
namespace
{

namespace fs = std::filesystem;
using core::Error;
using core::ErrorKind;
using Access = SqlConnection::Access;

std::string quoted(const fs::path &file)
{
    return std::string(1, '"').append(utf8(file)).append(1, '"');
}

fs::path withSuffix(const fs::path &file, const char *suffix)
{
    fs::path result = file;
    result += suffix;
    return result;
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
    std::optional<FileIdentity> identity; // of the file that is written to
    bool isCopied = false;                // as it was opened

    /// Making the copy takes as long as the disk takes, so it is made when it is needed: before the
    /// first change, however small.
    void keepCopy()
    {
        if (!std::exchange(isCopied, true))
            keepBackup(*connection);
    }
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
        SqlConnection connection(temporary, Access::ReadWrite);
        migrate(connection);
        writeImageRoot(connection, file, imageRoot);
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
    d->lockFile = lockProject(file);
    check(*connectReadOnly(file));
    connectForWriting();
    if (isOutdated(*d->connection)) {
        d->keepCopy();
        migrate(*d->connection);
    }
}

void ProjectFile::connectForWriting()
{
    d->connection = std::make_unique<SqlConnection>(d->path, Access::ReadWrite);
    setUpForWriting(*d->connection);
    d->identity = identityOf(d->path);
}

/// Without this, what is written to a file that has lost its name would be gone with the program.
void ProjectFile::keepHoldOfFile()
{
    const std::optional<FileIdentity> present = identityOf(d->path);
    if (present == d->identity)
        return;
    if (present)
        throw Error(
            ErrorKind::FileUnwritable,
            "The project " + quoted(d->path) +
                " was replaced by another file while it was open; move that file away, then "
                "save again.");
    const fs::path temporary = withSuffix(d->path, ".new");
    std::error_code error;
    fs::remove(temporary, error);
    d->connection->run(QStringLiteral("VACUUM INTO ?"), {toQString(temporary)});
    fs::rename(temporary, d->path, error);
    if (error)
        throw Error(ErrorKind::FileUnwritable, "The project " + quoted(d->path) +
                                                   " was deleted while it was open and cannot be "
                                                   "written anew: " +
                                                   error.message() + ".");
    d->connection.reset();
    for (const char *suffix : {"-wal", "-shm"}) // the old file's would be taken for the new one's
        fs::remove(withSuffix(d->path, suffix), error);
    connectForWriting();
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
        contents.images = readImages(connection);
        const ImageRoot root = findImageRoot(connection, d->path, contents.images);
        contents.imageRoot = root.path;
        contents.imagesAreMissing = root.isMissing;
        contents.digests = readDigests(connection);
        contents.categories = readCategories(connection);
        contents.annotations = readAnnotations(connection);
        contents.proposals = readProposals(connection);
        contents.foreign = readForeign(connection);
    } catch (const Error &error) {
        if (error.kind() != ErrorKind::BadDataset && error.kind() != ErrorKind::BadProject)
            throw;
        throw Error(ErrorKind::BadProject,
                    "The project " + quoted(d->path) + " is damaged: " + error.what());
    }
    contents.nextImageId = nextId(connection, "image");
    contents.nextCategoryId = nextId(connection, "category");
    contents.nextAnnotationId = nextId(connection, "annotation");
    contents.nextProposalId = nextId(connection, "proposal");
    return contents;
}

void ProjectFile::apply(const ChangeSet &changes)
{
    if (d->mode == OpenMode::ReadOnly)
        throw Error(ErrorKind::FileUnwritable,
                    "The project " + quoted(d->path) + " is open read-only.");
    d->keepCopy();
    keepHoldOfFile();
    const SqlConnection &connection = *d->connection;
    SqlTransaction transaction(connection);
    write(connection, changes);
    if (changes.putImageRoot)
        writeImageRoot(connection, d->path, *changes.putImageRoot);
    transaction.commit();
}

void copyProject(const fs::path &from, const fs::path &to, const fs::path &imageRoot)
{
    refuseUnlessReadable(from);
    const fs::path temporary = withSuffix(to, ".new");
    std::error_code error;
    fs::remove(temporary, error);
    {
        const std::unique_ptr<SqlConnection> connection = connectReadOnly(from);
        check(*connection);
        connection->run(QStringLiteral("VACUUM INTO ?"), {toQString(temporary)});
        writeImageRoot(SqlConnection(temporary, Access::ReadWrite), to, imageRoot);
    }
    fs::rename(temporary, to, error);
    if (error)
        throw Error(ErrorKind::FileUnwritable,
                    "The project " + quoted(to) + " cannot be made: " + error.message() + ".");
}

void restoreBackup(const fs::path &file)
{
    for (const char *suffix : {".backup-1", ".backup-2"}) {
        const fs::path backup = withSuffix(file, suffix);
        try {
            ProjectFile(backup, OpenMode::ReadOnly).load();
        } catch (const Error &) {
            continue; // missing, or damaged too
        }
        try {
            const fs::path temporary = withSuffix(file, ".new");
            fs::copy_file(backup, temporary, fs::copy_options::overwrite_existing);
            for (const char *part : {"", "-wal", "-shm"}) {
                if (fs::exists(withSuffix(file, part)))
                    fs::rename(withSuffix(file, part),
                               withSuffix(file, (std::string(".damaged") + part).c_str()));
            }
            fs::rename(temporary, file);
        } catch (const fs::filesystem_error &error) {
            throw Error(ErrorKind::FileUnwritable,
                        "The project " + quoted(file) +
                            " cannot be put back from its copy: " + error.code().message() + ".");
        }
        return;
    }
    throw Error(ErrorKind::BadProject,
                "Of the project " + quoted(file) + " there is no copy that could be put back.");
}

} // namespace project
