// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "export/files/output_folder.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using exporters::OutputFolder;

class TestOutputFolder : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::filesystem::path path(const char *name) const
    {
        return m_folder.filePath(name).toStdString();
    }
    QByteArray content(const char *name) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
    }

private Q_SLOTS:
    void appearsWhole()
    {
        OutputFolder out(path("whole"));
        out.write("labels/train/a.txt", "one");
        out.makeFolder("empty");
        QVERIFY(out.has("labels/train/a.txt") && !out.has("labels/b.txt"));
        QVERIFY(!QFile::exists(m_folder.filePath("whole")));
        out.commit();
        QCOMPARE(content("whole/labels/train/a.txt"), QByteArray("one"));
        QVERIFY(QDir(m_folder.filePath("whole/empty")).exists());
    }

    void orNotAtAll()
    {
        {
            OutputFolder out(path("never"));
            out.write("a.txt", "one");
        }
        QVERIFY(QDir(m_folder.path()).entryList({"never*"}).isEmpty());
    }

    void anEmptyFolderIsFilled()
    {
        QVERIFY(QDir(m_folder.path()).mkdir("filled"));
        OutputFolder out(m_folder.filePath("filled/").toStdString());
        out.write("a.txt", "one");
        out.commit();
        QCOMPARE(content("filled/a.txt"), QByteArray("one"));
    }

    void theWorkingFolderIsFilled()
    {
        QVERIFY(QDir(m_folder.path()).mkdir("working"));
        const QString before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(m_folder.filePath("working")));
        OutputFolder out(".");
        out.write("a.txt", "one");
        out.commit();
        QVERIFY(QDir::setCurrent(before));
        QCOMPARE(content("working/a.txt"), QByteArray("one"));
    }

    void nothingOfTheUsersIsWrittenOver()
    {
        QVERIFY(QDir(m_folder.path()).mkpath("mine/photos"));
        QVERIFY_EXCEPTION_THROWN(OutputFolder(path("mine")), core::Error);
        QVERIFY(QDir(m_folder.filePath("mine/photos")).exists());
        OutputFolder(path("a_file")).commit();
        QVERIFY(QFile::exists(m_folder.filePath("a_file")));
        QFile file(m_folder.filePath("plain"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY_EXCEPTION_THROWN(OutputFolder(path("plain")), core::Error);
    }

    void namesThatLeadOutAreRefused()
    {
        OutputFolder out(path("fenced"));
        for (const char *name : {"../a.txt", "/tmp/a.txt", "b/../../a.txt", ""})
            QVERIFY_EXCEPTION_THROWN(out.write(name, "one"), core::Error);
    }

    void picturesAreCopiedOrLinked()
    {
        QFile file(m_folder.filePath("source.jpg"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("jpeg") == 4);
        file.close();
        OutputFolder out(path("pictures"));
        out.take(path("source.jpg"), "images/copy.jpg", false);
        out.take(path("source.jpg"), "images/link.jpg", true);
        QVERIFY_EXCEPTION_THROWN(out.take(path("none.jpg"), "images/none.jpg", true), core::Error);
        out.commit();
        QCOMPARE(content("pictures/images/copy.jpg"), QByteArray("jpeg"));
        QCOMPARE(content("pictures/images/link.jpg"), QByteArray("jpeg"));
        QVERIFY(std::filesystem::hard_link_count(path("source.jpg")) == 2);
    }
};

QTEST_GUILESS_MAIN(TestOutputFolder)
#include "tst_output_folder.moc"
