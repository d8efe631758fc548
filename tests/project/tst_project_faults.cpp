// SPDX-License-Identifier: Apache-2.0
#include "core/project/project_file.h"

#include "core/error.h"
#include "core/project/schema.h"
#include "sample_changes.h"
#include "tests/as_nobody.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using core::ErrorKind;
using project::OpenMode;
using project::ProjectFile;
namespace fs = std::filesystem;

namespace
{

QByteArray bytesOf(const fs::path &file)
{
    QFile in(QString::fromStdString(file.string()));
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

void write(const fs::path &file, const QByteArray &bytes)
{
    QFile out(QString::fromStdString(file.string()));
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(bytes);
}

/// What opening and loading throws; checks that the sentence names the file.
std::optional<ErrorKind> problemOf(const fs::path &file, OpenMode mode = OpenMode::ReadWrite)
{
    try {
        ProjectFile(file, mode).load();
        return std::nullopt;
    } catch (const core::Error &error) {
        if (std::string(error.what()).find(file.filename().string()) == std::string::npos)
            throw std::logic_error(error.what());
        return error.kind();
    }
}

} // namespace

class TestProjectFaults : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    fs::path m_file;

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_file = fs::path(m_directory->path().toStdString()) / "p.mwproj";
        ProjectFile::create(m_file, m_file.parent_path());
        ProjectFile(m_file).apply(sampleChanges());
    }

    void aSecondWriterIsRefused()
    {
        ProjectFile first(m_file);
        QCOMPARE(problemOf(m_file), ErrorKind::ProjectLocked);
        QCOMPARE(problemOf(m_file, OpenMode::ReadOnly), std::nullopt);
        first.apply({});
    }

    /// Its maker was killed between making the file and writing its name into it.
    void aLockWithoutANameDoesNotCount()
    {
        QFile lock(m_directory->filePath("p.mwproj.lock"));
        QVERIFY(lock.open(QIODevice::WriteOnly));
        lock.close();
        ProjectFile(m_file).apply({});
        QVERIFY(!lock.exists());
    }

    void aLivingWriterWithoutANameIsRespected()
    {
        ProjectFile first(m_file);
        QFile lock(m_directory->filePath("p.mwproj.lock"));
        QVERIFY(lock.resize(0));
        QCOMPARE(problemOf(m_file), ErrorKind::ProjectLocked);
        QVERIFY(lock.exists());
        first.apply({});
    }

    void readOnlySeesWhatAWriterWrites()
    {
        ProjectFile writer(m_file);
        ProjectFile reader(m_file, OpenMode::ReadOnly);
        project::ChangeSet changes;
        changes.putImages = {{9, "new.jpg", {}}};
        writer.apply(changes);
        QCOMPARE(reader.load().images.size(), std::size_t(3));
        QVERIFY_EXCEPTION_THROWN(reader.apply(changes), core::Error);
    }

    void anotherProgramThatWritesIsNoticed()
    {
        ProjectFile file(m_file);
        const project::SqlConnection other(m_file, project::SqlConnection::Access::ReadWrite);
        const project::SqlTransaction holds(other);
        try {
            file.apply(sampleChanges());
            QFAIL("two wrote at once");
        } catch (const core::Error &error) {
            QCOMPARE(error.kind(), ErrorKind::ProjectLocked);
        }
    }

    void aMissingFile()
    {
        QCOMPARE(problemOf(m_file.parent_path() / "none.mwproj"), ErrorKind::FileNotFound);
    }

    void aLaterVersion()
    {
        {
            const project::SqlConnection connection(m_file,
                                                    project::SqlConnection::Access::ReadWrite);
            connection.run(
                QStringLiteral("PRAGMA user_version = %1").arg(project::schemaVersion() + 1));
        }
        const QByteArray before = bytesOf(m_file);
        QCOMPARE(problemOf(m_file), ErrorKind::ProjectTooNew);
        QCOMPARE(problemOf(m_file, OpenMode::ReadOnly), ErrorKind::ProjectTooNew);
        QCOMPARE(bytesOf(m_file), before);
    }

    void aDatabaseOfAnotherProgram()
    {
        const fs::path other = m_file.parent_path() / "other.mwproj";
        {
            const project::SqlConnection connection(other,
                                                    project::SqlConnection::Access::ReadWrite);
            connection.run(QStringLiteral("CREATE TABLE t (x)"));
        }
        const QByteArray before = bytesOf(other);
        QCOMPARE(problemOf(other), ErrorKind::BadProject);
        QCOMPARE(bytesOf(other), before);
    }

    void damaged_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray whole = bytesOf(m_file);
        QVERIFY(whole.size() > 20000);
        const auto scribbled = [&whole](int from, int count) {
            QByteArray bytes = whole;
            for (int i = from; i < from + count; ++i)
                bytes[i] = char(i * 37 + 11);
            return bytes;
        };
        QTest::newRow("nothing in it") << QByteArray();
        QTest::newRow("another kind of file")
            << QByteArray("\x89PNG\r\n and so on, for a while and then some more");
        QTest::newRow("cut after the header") << whole.left(100);
        QTest::newRow("cut in the middle of a page") << whole.left(whole.size() / 2 + 100);
        QTest::newRow("cut at a page") << whole.left(4096 * 2);
        QTest::newRow("first page scribbled over") << scribbled(100, 2000);
        QTest::newRow("another page scribbled over") << scribbled(4096 * 3, 4096);
        QTest::newRow("everything but the header") << scribbled(100, int(whole.size()) - 100);
    }

    void damaged()
    {
        QFETCH(QByteArray, bytes);
        write(m_file, bytes);
        QCOMPARE(problemOf(m_file), ErrorKind::BadProject);
        QCOMPARE(problemOf(m_file, OpenMode::ReadOnly), ErrorKind::BadProject);
        QCOMPARE(bytesOf(m_file), bytes);
    }

    /// Whatever a byte becomes: no crash, and either the old contents or a refusal.
    void anyScribbleIsRefusedOrHarmless()
    {
        const QByteArray whole = bytesOf(m_file);
        for (qsizetype at = 0; at < whole.size(); at += 211) {
            QByteArray bytes = whole;
            for (qsizetype i = at; i < std::min(at + 16, whole.size()); ++i)
                bytes[i] = char(~bytes[i]);
            write(m_file, bytes);
            try {
                ProjectFile(m_file, OpenMode::ReadOnly).load();
            } catch (const core::Error &error) {
                QVERIFY(std::string(error.what()).find("p.mwproj") != std::string::npos);
            }
        }
    }

    void aMaskThatDoesNotFillItsSize()
    {
        {
            const project::SqlConnection connection(m_file,
                                                    project::SqlConnection::Access::ReadWrite);
            connection.run(QStringLiteral("UPDATE annotation SET width = 2000000000 WHERE id = 1"));
        }
        QCOMPARE(problemOf(m_file), ErrorKind::BadProject);
    }

    void aPromptThatIsNoJson()
    {
        {
            const project::SqlConnection connection(m_file,
                                                    project::SqlConnection::Access::ReadWrite);
            connection.run(
                QStringLiteral("UPDATE annotation SET prompt = '{\"points\": [1]}' WHERE id = 1"));
        }
        QCOMPARE(problemOf(m_file), ErrorKind::BadProject);
    }

    void aFullDiskLeavesTheFileAsItWas()
    {
        ProjectFile file(m_file);
        // SQLite's own limit on the pages of a file fails as a full disk does.
        const QString name = QSqlDatabase::connectionNames().constFirst();
        QSqlQuery limit(QSqlDatabase::database(name, false));
        QVERIFY(limit.exec(QStringLiteral("PRAGMA max_page_count = 1")) && limit.next());
        limit.finish();
        project::ChangeSet changes;
        for (core::Id id = 10; id < 3000; ++id)
            changes.putImages.push_back({id, "a long enough name " + std::to_string(id), {}});
        try {
            file.apply(changes);
            QFAIL("there was room");
        } catch (const core::Error &error) {
            QCOMPARE(error.kind(), ErrorKind::DiskFull);
        }
        QCOMPARE(file.load().images.size(), std::size_t(2));
        QVERIFY(limit.exec(QStringLiteral("PRAGMA max_page_count = 100000")));
        limit.finish();
        file.apply(changes);
        QCOMPARE(file.load().images.size(), std::size_t(2992));
    }

    void aFolderThatMayNotBeWrittenTo()
    {
        const fs::path folder = m_file.parent_path();
        fs::permissions(folder, fs::perms(0555));
        fs::permissions(m_file, fs::perms(0444));
        const AsNobody nobody;
        QCOMPARE(problemOf(m_file), ErrorKind::FileUnwritable);
        QCOMPARE(problemOf(m_file, OpenMode::ReadOnly), std::nullopt);
        try {
            ProjectFile::create(folder / "new.mwproj", folder);
            QFAIL("made in a folder that may not be written to");
        } catch (const core::Error &error) {
            QCOMPARE(error.kind(), ErrorKind::FileUnwritable);
        }
    }

    void aFileThatMayNotBeRead()
    {
        fs::permissions(m_file, fs::perms(0));
        fs::permissions(m_file.parent_path(), fs::perms(0755));
        const AsNobody nobody;
        QCOMPARE(problemOf(m_file), ErrorKind::FileUnreadable);
    }

    void aFileThatIsDeletedWhileItIsOpenIsWrittenAnew()
    {
        ProjectFile file(m_file);
        fs::remove(m_file);
        project::ChangeSet changes;
        changes.putCategories = {{3, "after", "", 0}};
        file.apply(changes);
        const project::Contents contents = ProjectFile(m_file, OpenMode::ReadOnly).load();
        QCOMPARE(contents.categories.size(), std::size_t(3));
        QCOMPARE(contents.annotations.size(), std::size_t(2));
        changes.putCategories = {{4, "and on", "", 0}};
        file.apply(changes);
        QCOMPARE(ProjectFile(m_file, OpenMode::ReadOnly).load().categories.size(), std::size_t(4));
    }

    void aFileThatIsReplacedWhileItIsOpenIsLeftAlone()
    {
        const fs::path other = m_file.parent_path() / "other.mwproj";
        ProjectFile::create(other, m_file.parent_path());
        const QByteArray bytes = bytesOf(other);
        ProjectFile file(m_file);
        fs::rename(other, m_file);
        project::ChangeSet changes;
        changes.putCategories = {{3, "after", "", 0}};
        try {
            file.apply(changes);
            QFAIL("written to another project");
        } catch (const core::Error &error) {
            QCOMPARE(error.kind(), ErrorKind::FileUnwritable);
        }
        QCOMPARE(bytesOf(m_file), bytes);
        fs::rename(m_file, other); // as the sentence says
        file.apply(changes);
        QCOMPARE(ProjectFile(m_file, OpenMode::ReadOnly).load().categories.size(), std::size_t(3));
    }

    void aDamagedFileIsPutBackFromItsNewestWholeCopy()
    {
        ProjectFile(m_file).apply({}); // keeps a copy
        QByteArray damaged = bytesOf(m_file);
        damaged.replace(100, 2000, QByteArray(2000, 'x'));
        write(m_file, damaged);
        QCOMPARE(problemOf(m_file), ErrorKind::BadProject);
        project::restoreBackup(m_file);
        QCOMPARE(ProjectFile(m_file).load().annotations.size(), std::size_t(2));
        QCOMPARE(bytesOf(m_file.parent_path() / "p.mwproj.damaged"), damaged);

        write(m_file, damaged);
        fs::rename(m_file.parent_path() / "p.mwproj.backup-1",
                   m_file.parent_path() / "p.mwproj.backup-2");
        write(m_file.parent_path() / "p.mwproj.backup-1", damaged);
        project::restoreBackup(m_file);
        QCOMPARE(ProjectFile(m_file).load().annotations.size(), std::size_t(2));
    }

    void withoutACopyNothingIsTouched()
    {
        write(m_file, "no project");
        try {
            for (const char *suffix : {".backup-1", ".backup-2"})
                fs::remove(m_file.string() + suffix);
            project::restoreBackup(m_file);
            QFAIL("there was no copy");
        } catch (const core::Error &error) {
            QCOMPARE(error.kind(), ErrorKind::BadProject);
        }
        QCOMPARE(bytesOf(m_file), QByteArray("no project"));
    }

    void cleanup()
    {
        std::error_code error;
        fs::permissions(m_file.parent_path(), fs::perms(0755), error);
    }
};

QTEST_GUILESS_MAIN(TestProjectFaults)
#include "tst_project_faults.moc"
