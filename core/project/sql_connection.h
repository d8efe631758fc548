// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariantList>

#include <filesystem>

namespace project
{

QString toQString(const std::filesystem::path &path);
std::string utf8(const std::filesystem::path &path);

/// A connection to one SQLite file under a name of its own; closed with the object. Every failure
/// is a core::Error that names the file.
class SqlConnection
{
public:
    enum class Access { ReadWrite, ReadOnly, Immutable };

    SqlConnection(const std::filesystem::path &file, Access access);
    ~SqlConnection();
    SqlConnection(const SqlConnection &) = delete;
    SqlConnection &operator=(const SqlConnection &) = delete;

    /// Runs one statement with positional values.
    QSqlQuery run(const QString &sql, const QVariantList &values = {}) const;
    /// The first column of the first row.
    QVariant value(const QString &sql) const;

    QSqlQuery prepare(const QString &sql) const;
    void execute(QSqlQuery &query) const;

    const std::filesystem::path &file() const { return m_file; }

private:
    std::filesystem::path m_file;
    QString m_name;
};

/// BEGIN IMMEDIATE ... COMMIT; rolled back unless commit() returned.
class SqlTransaction
{
public:
    explicit SqlTransaction(const SqlConnection &connection);
    ~SqlTransaction();
    SqlTransaction(const SqlTransaction &) = delete;
    SqlTransaction &operator=(const SqlTransaction &) = delete;
    void commit();

private:
    const SqlConnection &m_connection;
    bool m_open = true;
};

} // namespace project
