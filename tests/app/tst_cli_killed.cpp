// SPDX-License-Identifier: Apache-2.0
#include "cli_process.h"

#include <QImage>
#include <QRandomGenerator>
#include <QtTest>

using cli_process::bytesOf;
using cli_process::program;
using cli_process::run;

// Kills the real program (SIGKILL) again and again at random moments of a run, until it comes to
// its end: the result is that of a run that nobody disturbed, byte for byte.
class TestCliKilled : public QObject
{
    Q_OBJECT

    static constexpr int pictures = 60;
    static constexpr int leastKills = 20;

    QTemporaryDir m_directory;

    QString path(const QString &name) const { return m_directory.filePath(name); }

    /// How far a run is, as others can see it: bytes in what grows while it runs.
    static qint64 grown(const QString &place)
    {
        const QFileInfo info(place);
        if (!info.isDir())
            return info.size();
        return QDir(place).entryList(QDir::Files).size();
    }

    /// Starts it, waits until `place` has grown by about `growth`, and kills it at once. Returns
    /// whether it was killed before its end.
    static bool killed(const QStringList &arguments, const QString &place, qint64 growth)
    {
        const qint64 before = grown(place);
        QProcess process;
        process.start(program(), arguments);
        if (!process.waitForStarted())
            qFatal("cannot be started");
        while (process.state() == QProcess::Running && grown(place) < before + growth)
            process.waitForFinished(1);
        process.kill();
        process.waitForFinished();
        return process.exitStatus() == QProcess::CrashExit;
    }

    /// Kills as often as `leastKills`, beginning anew when a run got to its end, and then lets it
    /// end.
    static void disturb(const QStringList &arguments, const QString &place, const QString &target,
                        qint64 mostGrowth, QRandomGenerator &random)
    {
        int kills = 0;
        for (int round = 0; kills < leastKills; ++round) {
            QVERIFY2(round < 20 * leastKills, "it is never killed in time");
            const qint64 growth = 1 + qint64(random.bounded(quint32(mostGrowth)));
            if (killed(arguments, place, growth))
                ++kills;
            else if (QFileInfo(target).isDir())
                QVERIFY(QDir(target).removeRecursively());
            else
                QFile::remove(target);
        }
        const auto last = run(arguments);
        QVERIFY2(last.code == 0, last.error.constData());
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(QDir(m_directory.path()).mkdir("photos"));
        QJsonArray boxes;
        for (int i = 1; i <= pictures; ++i) {
            QImage picture(160, 120, QImage::Format_RGB888);
            picture.fill(Qt::darkGreen);
            QVERIFY(picture.save(path("photos/" + QString::number(i) + ".png")));
            for (int j = 0; j < 1 + i % 5; ++j)
                boxes.append(QJsonObject{{"image_id", i},
                                         {"category_id", 1 + j},
                                         {"bbox", QJsonArray{i, 10 * j, 40 + j, 30}},
                                         {"score", 0.5}});
        }
        QFile file(path("boxes.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QJsonDocument(boxes).toJson());
    }

    void batchLosesNothing()
    {
        const QStringList arguments{"batch",   path("photos"), "--boxes", path("boxes.json"),
                                    "--model", "fake",         "--resume"};
        QCOMPARE(run(arguments + QStringList{"--out", path("quiet.json")}).code, 0);
        QRandomGenerator random(1);
        disturb(arguments + QStringList{"--out", path("killed.json")},
                path("killed.json.part.jsonl"), path("killed.json"), 4000, random);
        QVERIFY(!bytesOf(path("quiet.json")).isEmpty());
        QCOMPARE(bytesOf(path("killed.json")), bytesOf(path("quiet.json")));
        QCOMPARE(QDir(m_directory.path()).entryList({"killed*"}), QStringList{"killed.json"});
    }

    void everythingLosesNothing()
    {
        const QStringList arguments{
            "everything", path("photos"),      "--model", "fake",
            "--resume",   "--points-per-side", "2",       "--stability-score-thresh",
            "0.5"};
        QCOMPARE(run(arguments + QStringList{"--out", path("quiet-all.json")}).code, 0);
        QRandomGenerator random(2);
        disturb(arguments + QStringList{"--out", path("all.json")}, path("all.json.part.jsonl"),
                path("all.json"), 6000, random);
        QVERIFY(!bytesOf(path("quiet-all.json")).isEmpty());
        QCOMPARE(bytesOf(path("all.json")), bytesOf(path("quiet-all.json")));
    }

    void embedLosesNothing()
    {
        const QStringList arguments{"embed", path("photos"), "--model", "fake", "--resume"};
        QCOMPARE(run(arguments + QStringList{"--out", path("quiet-vectors")}).code, 0);
        QRandomGenerator random(3);
        disturb(arguments + QStringList{"--out", path("vectors")}, path("vectors"), path("vectors"),
                12, random);
        const QStringList names = QDir(path("vectors")).entryList(QDir::Files);
        QCOMPARE(names, QDir(path("quiet-vectors")).entryList(QDir::Files));
        QCOMPARE(names.size(), qsizetype(pictures));
        for (const QString &name : names)
            QCOMPARE(bytesOf(path("vectors/" + name)), bytesOf(path("quiet-vectors/" + name)));
    }
};

QTEST_GUILESS_MAIN(TestCliKilled)
#include "tst_cli_killed.moc"
