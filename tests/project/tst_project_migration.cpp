// SPDX-License-Identifier: Apache-2.0
// Projects of earlier versions, written here as those versions wrote them.
#include "core/project/project_file.h"
#include "core/project/schema.h"
#include "sample_changes.h"

#include "core/mask/rle_string.h"
#include "core/project/prompt_json.h"

#include <QTemporaryDir>
#include <QtTest>

using project::ProjectFile;
using project::SqlConnection;
namespace fs = std::filesystem;

namespace
{

/// The tables of version 1. Never edited: files like this are on people's disks.
const QStringList firstVersion{
    QStringLiteral(
        "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"),
    QStringLiteral(
        "CREATE TABLE image (id INTEGER PRIMARY KEY AUTOINCREMENT, "
        "file_name TEXT NOT NULL UNIQUE, width INTEGER NOT NULL, height INTEGER NOT NULL)"),
    QStringLiteral(
        "CREATE TABLE category (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, "
        "supercategory TEXT NOT NULL, color INTEGER NOT NULL)"),
    QStringLiteral("CREATE TABLE annotation (id INTEGER PRIMARY KEY AUTOINCREMENT, "
                   "image_id INTEGER NOT NULL REFERENCES image(id), "
                   "category_id INTEGER NOT NULL REFERENCES category(id), "
                   "is_crowd INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, "
                   "counts TEXT NOT NULL, prompt TEXT NOT NULL)"),
    QStringLiteral("CREATE INDEX annotation_by_image ON annotation(image_id)"),
    QStringLiteral("CREATE INDEX annotation_by_category ON annotation(category_id)"),
    QStringLiteral("INSERT INTO setting VALUES ('image_root', '.')"),
    QStringLiteral("PRAGMA application_id = %1").arg(project::applicationId),
    QStringLiteral("PRAGMA user_version = 1"),
};

/// What version 2 added. Never edited either.
const QStringList secondVersion{
    QStringLiteral("ALTER TABLE image ADD COLUMN digest TEXT NOT NULL DEFAULT ''"),
    QStringLiteral("UPDATE image SET digest = 'fedcba9876543210' WHERE id = 1"),
    QStringLiteral("PRAGMA user_version = 2"),
};

/// What version 3 added, and what it wrote there. Never edited either.
const QStringList thirdVersion{
    QStringLiteral("CREATE TABLE proposal (id INTEGER PRIMARY KEY AUTOINCREMENT, "
                   "image_id INTEGER NOT NULL REFERENCES image(id), "
                   "category TEXT NOT NULL, score REAL NOT NULL, "
                   "x0 REAL NOT NULL, y0 REAL NOT NULL, x1 REAL NOT NULL, y1 REAL NOT NULL, "
                   "width INTEGER NOT NULL, height INTEGER NOT NULL, counts TEXT NOT NULL)"),
    QStringLiteral("CREATE INDEX proposal_by_image ON proposal(image_id)"),
    QStringLiteral("INSERT INTO proposal VALUES (4, 1, 'dog', 0.25, 1, 2, 3.5, 4, 0, 0, '')"),
    QStringLiteral("PRAGMA user_version = 3"),
};

/// What version 4 added, and what it wrote there. Never edited either.
const QStringList fourthVersion{
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
    QStringLiteral("UPDATE proposal SET is_scored = 0, track = 7, foreign_keys = '{\"n\":1}'"),
    QStringLiteral("PRAGMA user_version = 4"),
};

void writeFirstVersion(const fs::path &file, const project::ChangeSet &content)
{
    const SqlConnection connection(file, SqlConnection::Access::ReadWrite);
    for (const QString &statement : firstVersion)
        connection.run(statement);
    const auto text = [](const std::string &string) { return QString::fromStdString(string); };
    for (const core::ImageRecord &image : content.putImages)
        connection.run(
            QStringLiteral("INSERT INTO image VALUES (?, ?, ?, ?)"),
            {qlonglong(image.id), text(image.fileName), image.size.width, image.size.height});
    for (const core::Category &category : content.putCategories)
        connection.run(QStringLiteral("INSERT INTO category VALUES (?, ?, ?, ?)"),
                       {qlonglong(category.id), text(category.name), text(category.supercategory),
                        category.color});
    for (const project::AnnotationPointer &record : content.putAnnotations) {
        const core::Annotation &annotation = record->annotation;
        connection.run(QStringLiteral("INSERT INTO annotation VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
                       {qlonglong(annotation.id), qlonglong(annotation.imageId),
                        qlonglong(annotation.categoryId), annotation.isCrowd ? 1 : 0,
                        annotation.mask.size.width, annotation.mask.size.height,
                        text(core::toString(annotation.mask)),
                        text(project::toJson(record->prompt))});
    }
}

void goOn(const fs::path &file, const QStringList &version)
{
    const SqlConnection connection(file, SqlConnection::Access::ReadWrite);
    for (const QString &statement : version)
        connection.run(statement);
}

const project::ProposalRecord thirdVersionProposal{4, 1, "dog", 0.25, {1, 2, 3.5, 4}, {}};

const project::ProposalRecord fourthVersionProposal{4,  1,     "dog", 0.25,        {1, 2, 3.5, 4},
                                                    {}, false, 7,     R"({"n":1})"};

int versionOf(const fs::path &file)
{
    return SqlConnection(file, SqlConnection::Access::ReadOnly)
        .value(QStringLiteral("PRAGMA user_version"))
        .toInt();
}

} // namespace

class TestProjectMigration : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    fs::path m_file, m_backup;
    project::ChangeSet m_content = sampleChanges();

    bool hasContent(const project::Contents &contents) const
    {
        return contents.images == m_content.putImages &&
               contents.categories == m_content.putCategories &&
               sameAnnotations(contents.annotations, m_content.putAnnotations);
    }

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_file = fs::path(m_directory->path().toStdString()) / "old.mwproj";
        m_backup = fs::path(m_directory->path().toStdString()) / "old.mwproj.backup-1";
        writeFirstVersion(m_file, m_content);
    }

    void anOldProjectIsBroughtUpToDateAfterACopyIsKept()
    {
        {
            ProjectFile file(m_file);
            QVERIFY(hasContent(file.load()));
            project::ChangeSet changes; // what version 1 could not hold
            changes.putDigests.emplace_back(1, "0123456789abcdef");
            file.apply(changes);
        }
        QCOMPARE(versionOf(m_file), project::schemaVersion());
        const project::Contents now = ProjectFile(m_file).load();
        QVERIFY(hasContent(now));
        QCOMPARE(now.digests.at(1), std::string("0123456789abcdef"));
        QCOMPARE(now.nextAnnotationId, core::Id(3));
    }

    void theCopyIsOfTheOldVersion()
    {
        ProjectFile{m_file};
        QCOMPARE(versionOf(m_backup), 1);
        QVERIFY(hasContent(ProjectFile(m_backup, project::OpenMode::ReadOnly).load()));
    }

    void openedForReadingItStaysAsItIs()
    {
        const project::Contents contents = ProjectFile(m_file, project::OpenMode::ReadOnly).load();
        QVERIFY(hasContent(contents));
        QVERIFY(contents.digests.empty());
        QCOMPARE(versionOf(m_file), 1);
        QVERIFY(!fs::exists(m_backup));
    }

    void theVersionBeforeProposalsIsBroughtUpToDate()
    {
        goOn(m_file, secondVersion);
        {
            ProjectFile file(m_file);
            QVERIFY(file.load().proposals.empty());
            project::ChangeSet changes; // what version 2 could not hold
            changes.putProposals = {std::make_shared<const project::ProposalRecord>(
                project::ProposalRecord{1, 1, "car", 0.5, {0, 0, 2, 2}, {}})};
            file.apply(changes);
        }
        QCOMPARE(versionOf(m_file), project::schemaVersion());
        QCOMPARE(versionOf(m_backup), 2);
        const project::Contents now = ProjectFile(m_file).load();
        QVERIFY(hasContent(now));
        QCOMPARE(now.digests.at(1), std::string("fedcba9876543210"));
        QCOMPARE(now.proposals.size(), std::size_t(1));
    }

    void theVersionBeforeProposalsCanBeReadOnly()
    {
        goOn(m_file, secondVersion);
        const project::Contents contents = ProjectFile(m_file, project::OpenMode::ReadOnly).load();
        QVERIFY(hasContent(contents) && contents.proposals.empty());
        QCOMPARE(contents.nextProposalId, core::Id(1));
        QCOMPARE(versionOf(m_file), 2);
    }

    void theVersionBeforeForeignKeysIsBroughtUpToDate()
    {
        goOn(m_file, secondVersion);
        goOn(m_file, thirdVersion);
        project::AnnotationRecord scored = *m_content.putAnnotations[1];
        scored.annotation.score = 0.5; // what version 3 could not hold
        scored.annotation.foreign = R"({"note":"x"})";
        {
            ProjectFile file(m_file);
            const project::Contents contents = file.load();
            QVERIFY(hasContent(contents)); // things, without a score or foreign keys
            QVERIFY(contents.foreign.empty());
            QVERIFY(*contents.proposals.at(0) == thirdVersionProposal);
            project::ChangeSet changes;
            changes.putAnnotations = {std::make_shared<const project::AnnotationRecord>(scored)};
            changes.putForeign = R"({"info":{}})";
            file.apply(changes);
        }
        QCOMPARE(versionOf(m_file), project::schemaVersion());
        QCOMPARE(versionOf(m_backup), 3);
        const project::Contents now = ProjectFile(m_file).load();
        QVERIFY(*now.annotations.at(1) == scored);
        QVERIFY(*now.annotations.at(0) == *m_content.putAnnotations[0]);
        QCOMPARE(now.foreign, std::string(R"({"info":{}})"));
        QCOMPARE(now.nextProposalId, core::Id(5));
    }

    void theVersionBeforeForeignKeysCanBeReadOnly()
    {
        goOn(m_file, secondVersion);
        goOn(m_file, thirdVersion);
        const project::Contents contents = ProjectFile(m_file, project::OpenMode::ReadOnly).load();
        QVERIFY(hasContent(contents));
        QVERIFY(*contents.proposals.at(0) == thirdVersionProposal);
        QCOMPARE(versionOf(m_file), 3);
    }

    void theVersionBeforeProposedCrowdsIsBroughtUpToDate()
    {
        goOn(m_file, secondVersion);
        goOn(m_file, thirdVersion);
        goOn(m_file, fourthVersion);
        {
            const project::Contents contents =
                ProjectFile(m_file, project::OpenMode::ReadOnly).load();
            QVERIFY(hasContent(contents));
            QVERIFY(*contents.proposals.at(0) == fourthVersionProposal);
            QCOMPARE(versionOf(m_file), 4);
        }
        project::ProposalRecord crowd = fourthVersionProposal;
        crowd.id = 5;
        crowd.isCrowd = true; // what version 4 could not hold
        {
            ProjectFile file(m_file);
            QVERIFY(*file.load().proposals.at(0) == fourthVersionProposal);
            project::ChangeSet changes;
            changes.putProposals = {std::make_shared<const project::ProposalRecord>(crowd)};
            file.apply(changes);
        }
        QCOMPARE(versionOf(m_file), project::schemaVersion());
        QCOMPARE(versionOf(m_backup), 4);
        QVERIFY(*ProjectFile(m_file).load().proposals.at(1) == crowd);
    }

    void aStepThatFailsLeavesTheOldVersion()
    {
        {
            // As if somebody had added the column already.
            const SqlConnection connection(m_file, SqlConnection::Access::ReadWrite);
            connection.run(QStringLiteral("ALTER TABLE image ADD COLUMN digest TEXT"));
        }
        QVERIFY_EXCEPTION_THROWN(ProjectFile{m_file}, core::Error);
        QCOMPARE(versionOf(m_file), 1);
    }
};

QTEST_GUILESS_MAIN(TestProjectMigration)
#include "tst_project_migration.moc"
