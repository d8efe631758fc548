// SPDX-License-Identifier: Apache-2.0
#include "core/project/tables.h"

#include "core/mask/rle_string.h"
#include "core/project/prompt_json.h"

#include <array>
#include <optional>

namespace project
{
namespace
{

/// Of dataset-wide foreign keys in the table of settings.
const QString foreignSetting = QStringLiteral("foreign_keys");

QString text(const std::string &string)
{
    return string.empty() ? QStringLiteral("") : QString::fromStdString(string); // null is no text
}

std::string string(const QVariant &value)
{
    return value.toString().toStdString();
}

/// Whether the file has the columns of that version: open for reading only, it stays at its own.
bool isAtLeast(const SqlConnection &connection, int version)
{
    return connection.value(QStringLiteral("PRAGMA user_version")).toInt() >= version;
}

/// A mask without counts is kept as an empty text.
core::Rle readMask(const QSqlQuery &row, int first)
{
    const core::Size size{row.value(first).toInt(), row.value(first + 1).toInt()};
    const std::string counts = string(row.value(first + 2));
    return counts.empty() ? core::Rle{size, {}} : core::rleFromString(counts, size);
}

/// Width, height, counts.
void bindMask(QSqlQuery &query, int first, const core::Rle &mask)
{
    query.bindValue(first, mask.size.width);
    query.bindValue(first + 1, mask.size.height);
    query.bindValue(first + 2, text(mask.counts.empty() ? std::string() : core::toString(mask)));
}

std::optional<core::Box> readBox(const QSqlQuery &row, int first)
{
    if (row.value(first).isNull())
        return std::nullopt;
    return core::Box{row.value(first).toDouble(), row.value(first + 1).toDouble(),
                     row.value(first + 2).toDouble(), row.value(first + 3).toDouble()};
}

void bindBox(QSqlQuery &query, int first, const std::optional<core::Box> &box)
{
    const std::array sides{
        box ? QVariant(box->x0) : QVariant(), box ? QVariant(box->y0) : QVariant(),
        box ? QVariant(box->x1) : QVariant(), box ? QVariant(box->y1) : QVariant()};
    for (int side = 0; side < 4; ++side)
        query.bindValue(first + side, sides[std::size_t(side)]);
}

AnnotationPointer readAnnotation(const QSqlQuery &row)
{
    AnnotationRecord record;
    record.annotation.id = row.value(0).toLongLong();
    record.annotation.imageId = row.value(1).toLongLong();
    record.annotation.categoryId = row.value(2).toLongLong();
    record.annotation.isCrowd = row.value(3).toBool();
    // An object has pixels: without counts the row is damaged.
    record.annotation.mask =
        core::rleFromString(string(row.value(6)), {row.value(4).toInt(), row.value(5).toInt()});
    record.prompt = promptFromJson(string(row.value(7)));
    if (!row.value(8).isNull())
        record.annotation.score = row.value(8).toDouble();
    record.annotation.track = row.value(9).toLongLong();
    record.annotation.foreign = string(row.value(10));
    record.annotation.box = readBox(row, 11);
    return std::make_shared<const AnnotationRecord>(std::move(record));
}

void upsertAnnotations(const SqlConnection &connection,
                       const std::vector<AnnotationPointer> &annotations)
{
    QSqlQuery query = connection.prepare(
        QStringLiteral("INSERT OR REPLACE INTO annotation (id, image_id, category_id, is_crowd, "
                       "width, height, counts, prompt, score, track, foreign_keys, x0, y0, x1, y1) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    for (const AnnotationPointer &record : annotations) {
        const core::Annotation &annotation = record->annotation;
        query.bindValue(0, qlonglong(annotation.id));
        query.bindValue(1, qlonglong(annotation.imageId));
        query.bindValue(2, qlonglong(annotation.categoryId));
        query.bindValue(3, annotation.isCrowd ? 1 : 0);
        bindMask(query, 4, annotation.mask);
        query.bindValue(7, text(toJson(record->prompt)));
        query.bindValue(8, annotation.score ? QVariant(*annotation.score) : QVariant());
        query.bindValue(9, qlonglong(annotation.track));
        query.bindValue(10, text(annotation.foreign));
        bindBox(query, 11, annotation.box);
        connection.execute(query);
    }
}

ProposalRecord readProposal(const QSqlQuery &row)
{
    ProposalRecord record;
    record.id = row.value(0).toLongLong();
    record.imageId = row.value(1).toLongLong();
    record.category = string(row.value(2));
    record.score = row.value(3).toDouble();
    record.box = readBox(row, 4).value_or(core::Box());
    record.mask = readMask(row, 8);
    record.isScored = row.value(11).toBool();
    record.track = row.value(12).toLongLong();
    record.foreign = string(row.value(13));
    record.isCrowd = row.value(14).toBool();
    return record;
}

void upsertProposals(const SqlConnection &connection, const std::vector<ProposalPointer> &proposals)
{
    QSqlQuery query = connection.prepare(QStringLiteral(
        "INSERT OR REPLACE INTO proposal (id, image_id, category, score, x0, y0, x1, "
        "y1, width, height, counts, is_scored, track, foreign_keys, is_crowd) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    for (const ProposalPointer &record : proposals) {
        query.bindValue(0, qlonglong(record->id));
        query.bindValue(1, qlonglong(record->imageId));
        query.bindValue(2, text(record->category));
        query.bindValue(3, record->score);
        bindBox(query, 4, record->box);
        bindMask(query, 8, record->mask);
        query.bindValue(11, record->isScored ? 1 : 0);
        query.bindValue(12, qlonglong(record->track));
        query.bindValue(13, text(record->foreign));
        query.bindValue(14, record->isCrowd ? 1 : 0);
        connection.execute(query);
    }
}

void upsertImages(const SqlConnection &connection, const std::vector<core::ImageRecord> &images)
{
    QSqlQuery query = connection.prepare(QStringLiteral(
        "INSERT INTO image (id, file_name, width, height, foreign_keys) "
        "VALUES (?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET file_name = excluded.file_name, "
        "width = excluded.width, height = excluded.height, foreign_keys = excluded.foreign_keys"));
    for (const core::ImageRecord &image : images) {
        query.bindValue(0, qlonglong(image.id));
        query.bindValue(1, text(image.fileName));
        query.bindValue(2, image.size.width);
        query.bindValue(3, image.size.height);
        query.bindValue(4, text(image.foreign));
        connection.execute(query);
    }
}

void updateDigests(const SqlConnection &connection,
                   const std::vector<std::pair<core::Id, std::string>> &digests)
{
    QSqlQuery query =
        connection.prepare(QStringLiteral("UPDATE image SET digest = ? WHERE id = ?"));
    for (const auto &[id, digest] : digests) {
        query.bindValue(0, text(digest));
        query.bindValue(1, qlonglong(id));
        connection.execute(query);
    }
}

void upsertCategories(const SqlConnection &connection,
                      const std::vector<core::Category> &categories)
{
    QSqlQuery query = connection.prepare(
        QStringLiteral("INSERT INTO category (id, name, supercategory, color, is_thing, "
                       "foreign_keys) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET "
                       "name = excluded.name, supercategory = excluded.supercategory, "
                       "color = excluded.color, is_thing = excluded.is_thing, "
                       "foreign_keys = excluded.foreign_keys"));
    for (const core::Category &category : categories) {
        query.bindValue(0, qlonglong(category.id));
        query.bindValue(1, text(category.name));
        query.bindValue(2, text(category.supercategory));
        query.bindValue(3, category.color);
        query.bindValue(4, category.isThing ? 1 : 0);
        query.bindValue(5, text(category.foreign));
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

core::Id nextId(const SqlConnection &connection, const char *table)
{
    QSqlQuery query =
        connection.run(QStringLiteral("SELECT seq FROM sqlite_sequence WHERE name = ?"),
                       {QString::fromLatin1(table)});
    return query.next() ? query.value(0).toLongLong() + 1 : 1;
}

std::vector<core::ImageRecord> readImages(const SqlConnection &connection)
{
    std::vector<core::ImageRecord> images;
    QSqlQuery row = connection.run(
        isAtLeast(connection, 4)
            ? QStringLiteral(
                  "SELECT id, file_name, width, height, foreign_keys FROM image ORDER BY id")
            : QStringLiteral("SELECT id, file_name, width, height, '' FROM image ORDER BY id"));
    while (row.next()) {
        images.push_back({row.value(0).toLongLong(),
                          string(row.value(1)),
                          {row.value(2).toInt(), row.value(3).toInt()},
                          string(row.value(4))});
    }
    return images;
}

std::unordered_map<core::Id, std::string> readDigests(const SqlConnection &connection)
{
    std::unordered_map<core::Id, std::string> digests;
    if (!isAtLeast(connection, 2))
        return digests;
    QSqlQuery row =
        connection.run(QStringLiteral("SELECT id, digest FROM image WHERE digest <> ''"));
    while (row.next())
        digests.emplace(row.value(0).toLongLong(), string(row.value(1)));
    return digests;
}

std::vector<core::Category> readCategories(const SqlConnection &connection)
{
    std::vector<core::Category> categories;
    QSqlQuery row = connection.run(
        isAtLeast(connection, 4)
            ? QStringLiteral("SELECT id, name, supercategory, color, is_thing, foreign_keys "
                             "FROM category ORDER BY id")
            : QStringLiteral("SELECT id, name, supercategory, color, 1, '' "
                             "FROM category ORDER BY id"));
    while (row.next()) {
        categories.push_back({row.value(0).toLongLong(), string(row.value(1)), string(row.value(2)),
                              row.value(3).toUInt(), row.value(4).toBool(), string(row.value(5))});
    }
    return categories;
}

std::vector<AnnotationPointer> readAnnotations(const SqlConnection &connection)
{
    std::vector<AnnotationPointer> annotations;
    QSqlQuery row = connection.run(
        isAtLeast(connection, 4)
            ? QStringLiteral("SELECT id, image_id, category_id, is_crowd, width, height, counts, "
                             "prompt, score, track, foreign_keys, x0, y0, x1, y1 "
                             "FROM annotation ORDER BY id")
            : QStringLiteral("SELECT id, image_id, category_id, is_crowd, width, height, counts, "
                             "prompt, NULL, 0, '', NULL, NULL, NULL, NULL "
                             "FROM annotation ORDER BY id"));
    while (row.next())
        annotations.push_back(readAnnotation(row));
    return annotations;
}

std::vector<ProposalPointer> readProposals(const SqlConnection &connection)
{
    if (!isAtLeast(connection, 3))
        return {};
    const auto all = std::make_shared<std::vector<ProposalRecord>>();
    const QString later =
        isAtLeast(connection, 5)   ? QStringLiteral("is_scored, track, foreign_keys, is_crowd")
        : isAtLeast(connection, 4) ? QStringLiteral("is_scored, track, foreign_keys, 0")
                                   : QStringLiteral("1, 0, '', 0");
    QSqlQuery row = connection.run(
        QStringLiteral("SELECT id, image_id, category, score, x0, y0, x1, y1, width, height, "
                       "counts, %1 FROM proposal ORDER BY id")
            .arg(later));
    while (row.next())
        all->push_back(readProposal(row));
    std::vector<ProposalPointer> proposals;
    proposals.reserve(all->size());
    for (const ProposalRecord &record : *all)
        proposals.emplace_back(all, &record);
    return proposals;
}

core::ForeignKeys readForeign(const SqlConnection &connection)
{
    QSqlQuery row =
        connection.run(QStringLiteral("SELECT value FROM setting WHERE key = ?"), {foreignSetting});
    return row.next() ? string(row.value(0)) : core::ForeignKeys();
}

void write(const SqlConnection &connection, const ChangeSet &changes)
{
    if (changes.putForeign)
        connection.run(QStringLiteral("INSERT OR REPLACE INTO setting VALUES (?, ?)"),
                       {foreignSetting, text(*changes.putForeign)});
    upsertImages(connection, changes.putImages);
    updateDigests(connection, changes.putDigests);
    upsertCategories(connection, changes.putCategories);
    upsertAnnotations(connection, changes.putAnnotations);
    upsertProposals(connection, changes.putProposals);
    remove(connection, "annotation", changes.removedAnnotations);
    remove(connection, "proposal", changes.removedProposals);
    remove(connection, "category", changes.removedCategories);
    remove(connection, "image", changes.removedImages);
}

} // namespace project
