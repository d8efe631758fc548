// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/file/atomic_file.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <sys/resource.h>

using core::AtomicFile;

class TestAtomicFile : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    std::filesystem::path path(const char *name) const
    {
        return m_folder.filePath(name).toStdString();
    }
    QByteArray contents(const char *name) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("nothing there");
    }
    static void write(const std::filesystem::path &target, std::string_view text)
    {
        AtomicFile file(target);
        file.write(text);
        file.commit();
    }

private Q_SLOTS:
    void appearsWithTheCommit()
    {
        AtomicFile file(path("new"));
        file.write("abc");
        QVERIFY(!QFile::exists(m_folder.filePath("new")));
        file.commit();
        QCOMPARE(contents("new"), QByteArray("abc"));
    }

    void withoutACommitTheOldFileStays()
    {
        write(path("old"), "before");
        {
            AtomicFile file(path("old"));
            file.write("after");
        }
        QCOMPARE(contents("old"), QByteArray("before"));
        QCOMPARE(QDir(m_folder.path()).entryList({"old*"}), QStringList("old"));
    }

    /// A limit on the size of files makes write() fail in the middle, as a full disk does, for
    /// root, too.
    void aFailedWriteLeavesTheOldFile()
    {
        write(path("full"), "before");
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before = {};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        rlimit small = before;
        small.rlim_cur = 1000;
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        QByteArray sentence;
        try {
            write(path("full"), std::string(5000, 'x'));
        } catch (const core::Error &error) {
            sentence = error.what();
        }
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
        QVERIFY2(sentence.contains("full cannot be written"), sentence.constData());
        QCOMPARE(contents("full"), QByteArray("before"));
        QCOMPARE(QDir(m_folder.path()).entryList({"full*"}), QStringList("full"));
    }

    void aLinkIsFollowed()
    {
        write(path("real"), "before");
        QVERIFY(QFile::link(m_folder.filePath("real"), m_folder.filePath("link")));
        write(path("link"), "after");
        QVERIFY(QFileInfo(m_folder.filePath("link")).isSymLink());
        QCOMPARE(contents("real"), QByteArray("after"));
    }

    void foldersAndDevicesAreRefused()
    {
        QVERIFY(QDir(m_folder.path()).mkdir("folder"));
        QVERIFY_EXCEPTION_THROWN(AtomicFile(path("folder")), core::Error);
        QVERIFY_EXCEPTION_THROWN(AtomicFile("/dev/null"), core::Error);
        QVERIFY_EXCEPTION_THROWN(AtomicFile(path("none/a")), core::Error);
    }
};

QTEST_APPLESS_MAIN(TestAtomicFile)
#include "tst_atomic_file.moc"
