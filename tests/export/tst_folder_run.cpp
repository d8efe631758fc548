// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "export/operations/file_run.h"
#include "export/operations/folder_run.h"

#include <QTemporaryDir>
#include <QtTest>

#include <optional>

using exporters::FolderRun;

class TestFolderRun : public QObject
{
    Q_OBJECT

private:
    std::optional<QTemporaryDir> m_folder;

    /// What is wrong with it; empty: nothing.
    QByteArray begin(const core::Shard &shard, const char *work, bool resume) const
    {
        try {
            FolderRun(m_folder->path().toStdString(), shard, {work}, resume);
            return {};
        } catch (const core::Error &error) {
            return error.what();
        }
    }

private Q_SLOTS:
    void init() { m_folder.emplace(); }

    void oneRunAtATime()
    {
        {
            const FolderRun first(m_folder->path().toStdString(), {1, 2}, {"{}"}, false);
            QVERIFY(begin({1, 2}, "{}", false).contains("another run"));
            QVERIFY(begin({1, 1}, "{}", false).contains("another run"));
            QVERIFY(begin({2, 3}, "{}", true).contains("another run"));
            QCOMPARE(begin({2, 2}, "{}", false), QByteArray());
        }
        QCOMPARE(begin({1, 2}, "{}", false), QByteArray());
        QCOMPARE(begin({1, 1}, "{}", false), QByteArray());
    }

    void onlyTheSameIsGoneOnWith()
    {
        QCOMPARE(begin({1, 1}, R"({"model":1})", true), QByteArray());
        QCOMPARE(begin({1, 1}, R"({"model":1})", true), QByteArray());
        QVERIFY(begin({1, 1}, R"({"model":2})", true).contains("differs in \"model\""));
        QVERIFY(begin({2, 2}, R"({"model":2})", true).contains("differs in \"model\""));
        QCOMPARE(begin({1, 1}, R"({"model":2})", false), QByteArray());
        QCOMPARE(begin({1, 1}, R"({"model":2})", true), QByteArray());
        QVERIFY(begin({1, 1}, R"({"model":1})", true).contains("differs in \"model\""));
    }

    void aFileIsMadeByOneRunAtATime()
    {
        const std::filesystem::path target = m_folder->filePath("a.json").toStdString();
        const QString lock = m_folder->filePath("a.json.part.jsonl");
        {
            const exporters::FileRun first(target);
            QVERIFY(QFile::exists(lock));
            QVERIFY_THROWS_EXCEPTION(core::Error, exporters::FileRun{target});
        }
        QVERIFY(!QFile::exists(lock));
        {
            QFile left(lock);
            QVERIFY(left.open(QIODevice::WriteOnly));
            left.write("{}\n{\"key\":\"an hour's work\"}\n");
        }
        QVERIFY_THROWS_EXCEPTION(core::Error, exporters::FileRun{target});
        QVERIFY(QFile::exists(lock));
    }

    void otherFilesAreNone()
    {
        for (const char *name : {".maskwright-run-1-of-2.jsonl.bak", ".maskwright-run-x-of-2.jsonl",
                                 ".maskwright-run-01-of-2.jsonl", "a.json"}) {
            QFile file(m_folder->filePath(QLatin1String(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("{\"model\":9}\n");
        }
        QCOMPARE(begin({1, 1}, R"({"model":1})", true), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestFolderRun)
#include "tst_folder_run.moc"
