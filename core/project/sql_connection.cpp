// SPDX-License-Identifier: Apache-2.0
#include "core/project/sql_connection.h"

#include <QFile>
#include <QSqlError>
#include <QUrl>
#include <QUuid>

namespace project
{
namespace
{

using core::Error;
using core::ErrorKind;

/// SQLite's primary result codes, from sqlite.org/rescode.html.
enum SqliteCode {
    Busy = 5,
    Locked = 6,
    ReadOnly = 8,
    IoError = 10,
    Corrupt = 11,
    Full = 13,
    CantOpen = 14,
    NotADatabase = 26
};

Error errorOf(const QSqlError &error, const std::filesystem::path &file)
{
    const std::string name = "The project \"" + utf8(file) + "\"";
    const std::string reason = " (" + error.text().simplified().toStdString() + ").";
    switch (error.nativeErrorCode().toInt() & 0xff) {
    case Busy:
    case Locked:
        return {ErrorKind::ProjectLocked,
                name + " is being written to by another program; close it there first."};
    case CantOpen:
    case ReadOnly:
        return {ErrorKind::FileUnwritable,
                name + " may not be written to; check its permissions" + reason};
    case Full:
        return {ErrorKind::DiskFull,
                name + " cannot grow: the disk is full. Free some space, then save again."};
    case IoError:
        return {ErrorKind::FileUnwritable,
                name + " could not be read or written: the disk reports a failure" + reason};
    case Corrupt:
    case NotADatabase:
        return {ErrorKind::BadProject,
                name +
                    " is damaged and was left as it is; open the copy that ends in \".backup-1\"" +
                    reason};
    default:
        return {ErrorKind::FileUnreadable, name + " could not be used" + reason};
    }
}

QString databaseName(const std::filesystem::path &file, SqlConnection::Access access)
{
    if (access != SqlConnection::Access::Immutable)
        return toQString(file);
    QUrl url = QUrl::fromLocalFile(toQString(std::filesystem::absolute(file)));
    return QString::fromUtf8(url.toEncoded(QUrl::FullyEncoded)) + QStringLiteral("?immutable=1");
}

QString options(SqlConnection::Access access)
{
    // Other programs (backups, viewers) may hold the file for a moment.
    QString text = QStringLiteral("QSQLITE_BUSY_TIMEOUT=2000");
    if (access != SqlConnection::Access::ReadWrite)
        text += QStringLiteral(";QSQLITE_OPEN_READONLY");
    if (access == SqlConnection::Access::Immutable)
        text += QStringLiteral(";QSQLITE_OPEN_URI");
    return text;
}

} // namespace

QString toQString(const std::filesystem::path &path)
{
    return QString::fromStdU16String(path.generic_u16string());
}

std::string utf8(const std::filesystem::path &path)
{
    return toQString(path).toStdString();
}

SqlConnection::SqlConnection(const std::filesystem::path &file, Access access)
    : m_file(file),
      m_name(QStringLiteral("maskwright-") + QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    QString problem;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
        database.setConnectOptions(options(access));
        database.setDatabaseName(databaseName(file, access));
        if (!database.open())
            problem = database.lastError().text().simplified();
    }
    if (!problem.isNull()) {
        QSqlDatabase::removeDatabase(m_name);
        throw Error(ErrorKind::FileUnreadable, "The project \"" + utf8(file) +
                                                   "\" could not be opened (" +
                                                   problem.toStdString() + ").");
    }
}

SqlConnection::~SqlConnection()
{
    QSqlDatabase::database(m_name, false).close();
    QSqlDatabase::removeDatabase(m_name);
}

QSqlQuery SqlConnection::prepare(const QString &sql) const
{
    QSqlQuery query(QSqlDatabase::database(m_name, false));
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        throw errorOf(query.lastError(), m_file);
    return query;
}

void SqlConnection::execute(QSqlQuery &query) const
{
    if (!query.exec())
        throw errorOf(query.lastError(), m_file);
}

QSqlQuery SqlConnection::run(const QString &sql, const QVariantList &values) const
{
    QSqlQuery query = prepare(sql);
    for (const QVariant &value : values)
        query.addBindValue(value);
    execute(query);
    return query;
}

QVariant SqlConnection::value(const QString &sql) const
{
    QSqlQuery query = run(sql);
    return query.next() ? query.value(0) : QVariant();
}

SqlTransaction::SqlTransaction(const SqlConnection &connection) : m_connection(connection)
{
    m_connection.run(QStringLiteral("BEGIN IMMEDIATE"));
}

SqlTransaction::~SqlTransaction()
{
    if (!m_open)
        return;
    try {
        m_connection.run(QStringLiteral("ROLLBACK"));
    } catch (const Error &) {
        // SQLite rolls back by itself after the failures that make ROLLBACK fail.
    }
}

void SqlTransaction::commit()
{
    m_connection.run(QStringLiteral("COMMIT"));
    m_open = false;
}

} // namespace project
