// SPDX-License-Identifier: Apache-2.0
#include "core/project/tables.h"

#include "core/mask/rle_string.h"
#include "core/project/prompt_json.h"

namespace project
{
namespace
{

QString text(const std::string &string)
{
    return QString::fromStdString(string);
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

ProposalRecord readProposal(const QSqlQuery &row)
{
    ProposalRecord record;
    record.id = row.value(0).toLongLong();
    record.imageId = row.value(1).toLongLong();
    record.category = row.value(2).toString().toStdString();
    record.score = row.value(3).toDouble();
    record.box = {row.value(4).toDouble(), row.value(5).toDouble(), row.value(6).toDouble(),
                  row.value(7).toDouble()};
    const std::string counts = row.value(10).toString().toStdString();
    if (!counts.empty())
        record.mask = core::rleFromString(counts, {row.value(8).toInt(), row.value(9).toInt()});
    return record;
}

void upsertProposals(const SqlConnection &connection, const std::vector<ProposalPointer> &proposals)
{
    QSqlQuery query = connection.prepare(
        QStringLiteral("INSERT OR REPLACE INTO proposal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    for (const ProposalPointer &record : proposals) {
        query.bindValue(0, qlonglong(record->id));
        query.bindValue(1, qlonglong(record->imageId));
        query.bindValue(2, text(record->category));
        query.bindValue(3, record->score);
        query.bindValue(4, record->box.x0);
        query.bindValue(5, record->box.y0);
        query.bindValue(6, record->box.x1);
        query.bindValue(7, record->box.y1);
        query.bindValue(8, record->mask.size.width);
        query.bindValue(9, record->mask.size.height);
        query.bindValue(10, record->hasMask() ? text(core::toString(record->mask))
                                              : QStringLiteral(""));
        connection.execute(query);
    }
}

void upsertImages(const SqlConnection &connection, const std::vector<core::ImageRecord> &images)
{
    QSqlQuery query = connection.prepare(QStringLiteral(
        "INSERT INTO image (id, file_name, width, height) "
        "VALUES (?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET file_name = excluded.file_name, "
        "width = excluded.width, height = excluded.height"));
    for (const core::ImageRecord &image : images) {
        query.bindValue(0, qlonglong(image.id));
        query.bindValue(1, text(image.fileName));
        query.bindValue(2, image.size.width);
        query.bindValue(3, image.size.height);
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
        QStringLiteral("SELECT id, file_name, width, height FROM image ORDER BY id"));
    while (row.next()) {
        images.push_back({row.value(0).toLongLong(),
                          row.value(1).toString().toStdString(),
                          {row.value(2).toInt(), row.value(3).toInt()}});
    }
    return images;
}

std::unordered_map<core::Id, std::string> readDigests(const SqlConnection &connection)
{
    std::unordered_map<core::Id, std::string> digests;
    if (connection.value(QStringLiteral("PRAGMA user_version")).toInt() < 2)
        return digests; // open for reading only, so it stays at its version
    QSqlQuery row =
        connection.run(QStringLiteral("SELECT id, digest FROM image WHERE digest <> ''"));
    while (row.next())
        digests.emplace(row.value(0).toLongLong(), row.value(1).toString().toStdString());
    return digests;
}

std::vector<core::Category> readCategories(const SqlConnection &connection)
{
    std::vector<core::Category> categories;
    QSqlQuery row = connection.run(
        QStringLiteral("SELECT id, name, supercategory, color FROM category ORDER BY id"));
    while (row.next()) {
        categories.push_back({row.value(0).toLongLong(), row.value(1).toString().toStdString(),
                              row.value(2).toString().toStdString(), row.value(3).toUInt()});
    }
    return categories;
}

std::vector<AnnotationPointer> readAnnotations(const SqlConnection &connection)
{
    std::vector<AnnotationPointer> annotations;
    QSqlQuery row =
        connection.run(QStringLiteral("SELECT id, image_id, category_id, is_crowd, width, "
                                      "height, counts, prompt FROM annotation ORDER BY id"));
    while (row.next())
        annotations.push_back(readAnnotation(row));
    return annotations;
}

std::vector<ProposalPointer> readProposals(const SqlConnection &connection)
{
    if (connection.value(QStringLiteral("PRAGMA user_version")).toInt() < 3)
        return {}; // open for reading only, so it stays at its version
    const auto all = std::make_shared<std::vector<ProposalRecord>>();
    QSqlQuery row =
        connection.run(QStringLiteral("SELECT id, image_id, category, score, x0, y0, x1, y1, "
                                      "width, height, counts FROM proposal ORDER BY id"));
    while (row.next())
        all->push_back(readProposal(row));
    std::vector<ProposalPointer> proposals;
    proposals.reserve(all->size());
    for (const ProposalRecord &record : *all)
        proposals.emplace_back(all, &record);
    return proposals;
}

void write(const SqlConnection &connection, const ChangeSet &changes)
{
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
