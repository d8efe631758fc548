// SPDX-License-Identifier: Apache-2.0
#include "core/project/schema.h"

#include <QStringList>

#include <array>

namespace project
{
namespace
{

// Step n takes version n to n + 1. Steps that were released are never edited: add one at the end.
// AUTOINCREMENT is what keeps ids of deleted rows from being given out again.
const std::array steps{
    QStringList{
        QStringLiteral(
            "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"),
        QStringLiteral(
            "CREATE TABLE image (id INTEGER PRIMARY KEY AUTOINCREMENT, "
            "file_name TEXT NOT NULL UNIQUE, width INTEGER NOT NULL, height INTEGER NOT NULL)"),
        QStringLiteral(
            "CREATE TABLE category (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, "
            "supercategory TEXT NOT NULL, color INTEGER NOT NULL)"),
        QStringLiteral(
            "CREATE TABLE annotation (id INTEGER PRIMARY KEY AUTOINCREMENT, "
            "image_id INTEGER NOT NULL REFERENCES image(id), "
            "category_id INTEGER NOT NULL REFERENCES category(id), "
            "is_crowd INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, "
            "counts TEXT NOT NULL, prompt TEXT NOT NULL)"),
        QStringLiteral("CREATE INDEX annotation_by_image ON annotation(image_id)"),
        QStringLiteral("CREATE INDEX annotation_by_category ON annotation(category_id)"),
    },
    // Of the pixels, when they were read last: tells whether a picture was replaced or moved.
    QStringList{QStringLiteral("ALTER TABLE image ADD COLUMN digest TEXT NOT NULL DEFAULT ''")},
    // What detectors suggest. Without counts a row is a box alone.
    QStringList{
        QStringLiteral("CREATE TABLE proposal (id INTEGER PRIMARY KEY AUTOINCREMENT, "
                       "image_id INTEGER NOT NULL REFERENCES image(id), "
                       "category TEXT NOT NULL, score REAL NOT NULL, "
                       "x0 REAL NOT NULL, y0 REAL NOT NULL, x1 REAL NOT NULL, y1 REAL NOT NULL, "
                       "width INTEGER NOT NULL, height INTEGER NOT NULL, counts TEXT NOT NULL)"),
        QStringLiteral("CREATE INDEX proposal_by_image ON proposal(image_id)"),
    },
    // What other programs' files say beyond masks: core/dataset/dataset.h. NULL is "not said".
    QStringList{
        QStringLiteral("ALTER TABLE image ADD COLUMN foreign_keys TEXT NOT NULL DEFAULT ''"),
        QStringLiteral("ALTER TABLE category ADD COLUMN is_thing INTEGER NOT NULL DEFAULT 1"),
        QStringLiteral("ALTER TABLE category ADD COLUMN foreign_keys TEXT NOT NULL DEFAULT ''"),
        QStringLiteral("ALTER TABLE annotation ADD COLUMN score REAL"),
        QStringLiteral("ALTER TABLE annotation ADD COLUMN track INTEGER NOT NULL DEFAULT 0"),
        QStringLiteral("ALTER TABLE annotation ADD COLUMN foreign_keys TEXT NOT NULL DEFAULT ''"),
        QStringLiteral("ALTER TABLE annotation ADD COLUMN x0 REAL"),
        QStringLiteral("ALTER TABLE annotation ADD COLUMN y0 REAL"),
        QStringLiteral("ALTER TABLE annotation ADD COLUMN x1 REAL"),
        QStringLiteral("ALTER TABLE annotation ADD COLUMN y1 REAL"),
        QStringLiteral("ALTER TABLE proposal ADD COLUMN is_scored INTEGER NOT NULL DEFAULT 1"),
        QStringLiteral("ALTER TABLE proposal ADD COLUMN track INTEGER NOT NULL DEFAULT 0"),
        QStringLiteral("ALTER TABLE proposal ADD COLUMN foreign_keys TEXT NOT NULL DEFAULT ''"),
    },
    // What is proposed may be many objects in one.
    QStringList{
        QStringLiteral("ALTER TABLE proposal ADD COLUMN is_crowd INTEGER NOT NULL DEFAULT 0")},
};

} // namespace

int schemaVersion()
{
    return int(steps.size());
}

bool isOutdated(const SqlConnection &connection)
{
    return connection.value(QStringLiteral("PRAGMA user_version")).toInt() != schemaVersion();
}

void migrate(const SqlConnection &connection)
{
    const int version = connection.value(QStringLiteral("PRAGMA user_version")).toInt();
    SqlTransaction transaction(connection);
    for (int step = version; step < schemaVersion(); ++step) {
        for (const QString &statement : steps[std::size_t(step)])
            connection.run(statement);
    }
    connection.run(QStringLiteral("PRAGMA application_id = %1").arg(applicationId));
    connection.run(QStringLiteral("PRAGMA user_version = %1").arg(schemaVersion()));
    transaction.commit();
}

} // namespace project
