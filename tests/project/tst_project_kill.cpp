// SPDX-License-Identifier: Apache-2.0
// Kills a program that saves one annotation after the other, and looks at what is left.
#include "core/error.h"
#include "core/project/project_file.h"
#include "sample_changes.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <cstdio>

using project::ProjectFile;
namespace fs = std::filesystem;

namespace
{

/// Says the number of each action once it is saved.
int saveForever(const char *path)
{
    ProjectFile file(path);
    const core::Id first = file.load().nextAnnotationId;
    for (core::Id id = first;; id += 2) {
        project::ChangeSet changes;
        changes.putAnnotations = {makeAnnotation(id, 1, 1, int(id)),
                                  makeAnnotation(id + 1, 1, 2, int(id + 1))};
        file.apply(changes);
        std::printf("%d\n", int(id + 1));
        std::fflush(stdout);
    }
}

} // namespace

class TestProjectKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killedWhileSavingLosesAtMostTheActionInFlight()
    {
        QTemporaryDir directory;
        const fs::path path = fs::path(directory.path().toStdString()) / "p.mwproj";
        ProjectFile::create(path, path.parent_path());
        ProjectFile(path).apply(sampleChanges());
        for (int round = 0; round < 8; ++round) {
            QProcess writer;
            writer.start(QCoreApplication::applicationFilePath(),
                         {QStringLiteral("--save-forever"), QString::fromStdString(path.string())});
            QVERIFY(writer.waitForStarted());
            // Rounds stop at different places: after 1, 4, 7, ... saves and whatever fits in
            // between.
            QByteArray said;
            while (said.count('\n') < 1 + 3 * round) {
                QVERIFY2(writer.waitForReadyRead(60000), writer.readAllStandardError().constData());
                said += writer.readAllStandardOutput();
            }
            writer.kill();
            QVERIFY(writer.waitForFinished());
            said += writer.readAllStandardOutput();

            const auto annotations =
                ProjectFile(path).load().annotations; // the lock of a dead program is no lock
            QCOMPARE(annotations.size() % 2, std::size_t(0)); // both of an action or none
            const int lastSaid = said.left(said.lastIndexOf('\n')).split('\n').last().toInt();
            const int last = int(annotations.back()->annotation.id);
            QVERIFY2(last == lastSaid || last == lastSaid + 2,
                     qPrintable(QString::asprintf("%d %d", last, lastSaid)));
            for (const auto &record : annotations) {
                if (record->annotation.id > 2)
                    QVERIFY(*record == *makeAnnotation(record->annotation.id, 1,
                                                       record->annotation.categoryId,
                                                       int(record->annotation.id)));
            }
        }
    }
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--save-forever") == 0)
        return saveForever(argv[2]);
    TestProjectKill test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_project_kill.moc"
