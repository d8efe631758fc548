// SPDX-License-Identifier: Apache-2.0
#include "core/project/project_file.h"

#include "core/mask/rle_string.h"
#include "core/project/backup.h"
#include "core/project/prompt_json.h"
#include "core/project/schema.h"
#include "core/project/sql_connection.h"

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
    return "\"" + utf8(file) + "\"";
}

QString text(const std::string &string)
{
    return QString::fromStdString(string);
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

AnnotationPointer readAnnotation(const QSqlQuery &row)
{
    AnnotationRecord record;
    record.annotation.id = row.value(0).toLongLong();
    record.annotation.imageId = row.value(1).toLongLong();
    record.annotation.categoryId = row.value(2).toLongLong();
    record.annotation.isCrowd = row.value(3).toBool();
    const core::Size size{row.value(4).toInt(), row.value(5).toInt()};
    record.annotation.mask = core::rleFromString(row.value(6).toString().toStdString(), size);
    record.prompt = promptFromJson(row.value(7).toString().toStdString());
    return std::make_shared<const AnnotationRecord>(std::move(record));
}

/// The id after the highest that the table ever had.
core::Id nextId(const SqlConnection &connection, const char *table)
{
    QSqlQuery query =
        connection.run(QStringLiteral("SELECT seq FROM sqlite_sequence WHERE name = ?"),
                       {QString::fromLatin1(table)});
    return query.next() ? query.value(0).toLongLong() + 1 : 1;
}

void upsertAnnotations(const SqlConnection &connection,
                       const std::vector<AnnotationPointer> &annotations)
{
    QSqlQuery query = connection.prepare(
        QStringLiteral("INSERT INTO annotation VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO "
                       "UPDATE SET image_id = excluded.image_id, "
                       "category_id = excluded.category_id, is_crowd = excluded.is_crowd, width = "
                       "excluded.width, height = excluded.height, "
                       "counts = excluded.counts, prompt = excluded.prompt"));
    for (const AnnotationPointer &record : annotations) {
        const core::Annotation &annotation = record->annotation;
        query.bindValue(0, qlonglong(annotation.id));
        query.bindValue(1, qlonglong(annotation.imageId));
        query.bindValue(2, qlonglong(annotation.categoryId));
        query.bindValue(3, annotation.isCrowd ? 1 : 0);
        query.bindValue(4, annotation.mask.size.width);
        query.bindValue(5, annotation.mask.size.height);
        query.bindValue(6, text(core::toString(annotation.mask)));
        query.bindValue(7, text(toJson(record->prompt)));
        connection.execute(query);
    }
}

void upsertImages(const SqlConnection &connection, const std::vector<core::ImageRecord> &images)
{
    QSqlQuery query =
        connection.prepare(QStringLiteral("INSERT INTO image VALUES (?, ?, ?, ?) ON CONFLICT(id) "
                                          "DO UPDATE SET file_name = excluded.file_name, "
                                          "width = excluded.width, height = excluded.height"));
    for (const core::ImageRecord &image : images) {
        query.bindValue(0, qlonglong(image.id));
        query.bindValue(1, text(image.fileName));
        query.bindValue(2, image.size.width);
        query.bindValue(3, image.size.height);
        connection.execute(query);
    }
}

void upsertCategories(const SqlConnection &connection,
                      const std::vector<core::Category> &categories)
{
    QSqlQuery query = connection.prepare(
        QStringLiteral("INSERT INTO category VALUES (?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET "
                       "name = excluded.name, "
                       "supercategory = excluded.supercategory, color = excluded.color"));
    for (const core::Category &category : categories) {
        query.bindValue(0, qlonglong(category.id));
        query.bindValue(1, text(category.name));
        query.bindValue(2, text(category.supercategory));
        query.bindValue(3, category.color);
        connection.execute(query);
    }
}

void remove(const SqlConnection &connection, const char *table, const std::vector<core::Id> &ids)
{
    QSqlQuery query =
        connection.prepare(QStringLiteral("DELETE FROM %1 WHERE id = ?").arg(QLatin1String(table)));
    for (const core::Id id : ids) {
        query.bindValue(0, qlonglong(id));
        connection.execute(query);
    }
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
        QSqlQuery row = connection.run(
            QStringLiteral("SELECT id, file_name, width, height FROM image ORDER BY id"));
        while (row.next())
            contents.images.push_back({row.value(0).toLongLong(),
                                       row.value(1).toString().toStdString(),
                                       {row.value(2).toInt(), row.value(3).toInt()}});
        row = connection.run(
            QStringLiteral("SELECT id, name, supercategory, color FROM category ORDER BY id"));
        while (row.next())
            contents.categories.push_back(
                {row.value(0).toLongLong(), row.value(1).toString().toStdString(),
                 row.value(2).toString().toStdString(), row.value(3).toUInt()});
        row = connection.run(QStringLiteral("SELECT id, image_id, category_id, is_crowd, width, "
                                            "height, counts, prompt FROM annotation ORDER BY id"));
        while (row.next())
            contents.annotations.push_back(readAnnotation(row));
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
    upsertImages(connection, changes.putImages);
    upsertCategories(connection, changes.putCategories);
    upsertAnnotations(connection, changes.putAnnotations);
    remove(connection, "annotation", changes.removedAnnotations);
    remove(connection, "category", changes.removedCategories);
    remove(connection, "image", changes.removedImages);
    transaction.commit();
}

} // namespace project
