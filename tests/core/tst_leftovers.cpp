// SPDX-License-Identifier: Apache-2.0
#include "core/file/leftovers.h"

#include <QtTest>

class TestLeftovers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesAwayOurUnfinishedFilesAlone()
    {
        QTemporaryDir directory;
        for (const char *name :
             {"a.json", "a.json.part-12-0", "a.json.part-7-33", "b.json.part-1-1",
              "a.json.part-x-1", "a.json.part-1", "a.json.part-", "part-1-1"}) {
            QFile file(directory.filePath(QLatin1String(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        core::removeLeftovers(directory.path().toStdString(),
                              [](const std::string &name) { return name == "a.json"; });
        QCOMPARE(QDir(directory.path()).entryList(QDir::Files, QDir::Name),
                 (QStringList{"a.json", "a.json.part-", "a.json.part-1", "a.json.part-x-1",
                              "b.json.part-1-1", "part-1-1"}));
    }

    void aFolderThatIsNotThereIsNoError()
    {
        core::removeLeftovers("/nowhere", [](const std::string &) { return true; });
    }
};

QTEST_GUILESS_MAIN(TestLeftovers)
#include "tst_leftovers.moc"
