// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_measure.h"
#include "core/mask/rle_string.h"
#include "export/formats/coco/coco_reader.h"

#include <QtTest>

// `everything` of the real program on the fake model, which finds three discs at every point. Its
// borders are steps of a cell of its grid, which small pictures take for unstable.
class TestCliEverything : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;

    QString path(const QString &name) const { return m_directory.filePath(name); }

    static QPair<int, QByteArray> run(const QStringList &arguments)
    {
        return runWithoutThresholds(QStringList{"--stability-score-thresh", "0.5"} + arguments);
    }

    static QPair<int, QByteArray> runWithoutThresholds(const QStringList &arguments)
    {
        QProcess process;
        process.start(MASKWRIGHT_BIN_DIR "/maskwright-cli",
                      QStringList{"everything", "--model", "fake"} + arguments);
        if (!process.waitForFinished(120'000))
            return {-1, {}};
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                process.readAllStandardError()};
    }

    QJsonObject json(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                              : QJsonObject();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(QDir(m_directory.path()).mkdir("photos"));
        for (const char *name : {"photos/first.png", "photos/second.png"}) {
            QImage picture(160, 80, QImage::Format_RGB888);
            picture.fill(Qt::darkGreen);
            QVERIFY(picture.save(path(QLatin1String(name))));
        }
    }

    void writesCocoThatIsReadAgain()
    {
        const auto [code, error] =
            run({path("photos"), "--out", path("all.json"), "--points-per-side", "3",
                 "--pred-iou-thresh", "0.85", "--category", "thing"});
        QVERIFY2(code == 0, error.constData());
        QVERIFY2(error.contains("2 of 2 pictures"), error.constData());
        const auto contents = exporters::readCoco(path("all.json").toStdString());
        QCOMPARE(contents.dataset.images.size(), std::size_t(2));
        QCOMPARE(contents.dataset.images[1].fileName, std::string("second.png"));
        QCOMPARE(contents.dataset.categories.front().name, std::string("thing"));
        // The whole grid: discs of radius 10 that lie 27 pixels or more apart.
        QCOMPARE(contents.dataset.annotations.size(), std::size_t(18));
        const QJsonObject first = json("all.json")["annotations"].toArray().first().toObject();
        QCOMPARE(first["score"].toDouble(), 0.9);
        QVERIFY(first["stability_score"].toDouble() >= 0.5);
        QVERIFY(first["stability_score"].toDouble() <= 1.0);
        QCOMPARE(first["area"].toInteger(),
                 qint64(core::area(contents.dataset.annotations.front().mask)));
    }

    void writesSa1bFilePerPicture()
    {
        const auto [code, error] = run({path("photos"), "--format", "sa1b", "--out", path("sa1b"),
                                        "--points-per-side", "2", "--pred-iou-thresh", "0.85"});
        QVERIFY2(code == 0, error.constData());
        QCOMPARE(QDir(path("sa1b")).entryList(QDir::Files),
                 (QStringList{"first.json", "second.json"}));
        const QJsonObject file = json("sa1b/second.json");
        QCOMPARE(file["image"]["file_name"].toString(), QString("second.png"));
        QCOMPARE(file["image"]["width"].toInt(), 160);
        const QJsonArray annotations = file["annotations"].toArray();
        QCOMPARE(annotations.size(), 4);
        for (const QJsonValue &annotation : annotations) {
            const QJsonObject segmentation = annotation["segmentation"].toObject();
            const core::Rle mask =
                core::rleFromString(segmentation["counts"].toString().toStdString(), {160, 80});
            QCOMPARE(annotation["area"].toInteger(), qint64(core::area(mask)));
            QCOMPARE(annotation["bbox"][2].toInt(), core::boundingBox(mask).width - 1);
            QCOMPARE(annotation["crop_box"][2].toInt(), 160);
            QVERIFY(annotation["point_coords"][0][0].toDouble() > 0);
        }
    }

    void onePictureGivesOneSa1bFile()
    {
        const auto [code, error] = run({path("photos/first.png"), "--format", "sa1b", "--out",
                                        path("one.json"), "--points-per-side", "2"});
        QVERIFY2(code == 0, error.constData());
        QVERIFY(!json("one.json")["annotations"].toArray().isEmpty());
    }

    void thresholdsOfAModelThatIsNoSamFollowFromWhatIsFound()
    {
        const auto thresholds = [this](const char *file) {
            return json(file)["maskwright_run"].toObject()["thresholds"].toArray();
        };
        const auto [code, error] = runWithoutThresholds(
            {path("photos"), "--out", path("suggested.json"), "--points-per-side", "3"});
        QVERIFY2(code == 0, error.constData());
        QVERIFY2(error.contains("follow from what is found"), error.constData());
        QVERIFY(!json("suggested.json")["annotations"].toArray().isEmpty());
        QCOMPARE(thresholds("suggested.json").first().toString(), QString("suggested"));
        QCOMPARE(run({path("photos"), "--out", path("given.json")}).first, 0);
        QCOMPARE(thresholds("given.json").first().toDouble(), 0.88);
    }

    void goesOnAfterABadPicture()
    {
        QFile bad(path("bad.png"));
        QVERIFY(bad.open(QIODevice::WriteOnly));
        bad.write("no picture");
        bad.close();
        const auto [code, error] = run({bad.fileName(), path("photos/first.png"), "--out",
                                        path("some.json"), "--points-per-side", "2"});
        QCOMPARE(code, 1);
        QVERIFY2(error.contains("bad.png"), error.constData());
        QCOMPARE(json("some.json")["images"].toArray().size(), 1);
    }

    void wrongUsageIsTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no picture") << QStringList{"--out", "x.json"};
        QTest::newRow("nowhere to write") << QStringList{"x.png"};
        QTest::newRow("no points")
            << QStringList{"x.png", "--out", "x.json", "--points-per-side", "0"};
        QTest::newRow("a share above 1")
            << QStringList{"x.png", "--out", "x.json", "--pred-iou-thresh", "88"};
        QTest::newRow("unknown format")
            << QStringList{"x.png", "--out", "x.json", "--format", "yolo"};
    }

    void wrongUsageIsTwo()
    {
        QFETCH(QStringList, arguments);
        QCOMPARE(run(arguments).first, 2);
    }
};

QTEST_GUILESS_MAIN(TestCliEverything)
#include "tst_cli_everything.moc"
