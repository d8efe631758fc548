// SPDX-License-Identifier: Apache-2.0
#include "cli_process.h"
#include "fake_answers.h"

#include <QtTest>

using cli_process::Answer;
using cli_process::run;

/// Runs the real program as a script would, on the fake model: discs of an eighth of the picture's
/// shorter side.
class TestCli : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    QString m_picture;

    QString path(const QString &name) const { return m_directory.filePath(name); }

    Answer segment(const QStringList &arguments) const
    {
        return run(QStringList{"segment", m_picture, "--model", "fake"} + arguments);
    }

    QByteArray content(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_picture = path(QString::fromUtf8("ein Äpfelchen.png"));
        QImage picture(160, 80, QImage::Format_RGB888);
        picture.fill(QColor(10, 200, 30));
        QVERIFY(picture.save(m_picture));
    }

    void wrongUsageIsTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList{};
        QTest::newRow("unknown subcommand") << QStringList{"paint"};
        QTest::newRow("no prompt") << QStringList{"segment", "a.jpg"};
        QTest::newRow("no picture") << QStringList{"segment", "--point", "1,1"};
        for (const char *point : {"1", "1,2,3", "1,2,1,1", "x,y", "1,nan", "1;2", "", "1,2,"})
            QTest::addRow("point %s", point) << QStringList{"segment", "a.jpg", "--point", point};
        QTest::newRow("box of three") << QStringList{"segment", "a.jpg", "--box", "1,2,3"};
        QTest::newRow("points with several boxes") << QStringList{
            "segment", "a.jpg", "--box", "1,2,3,4", "--box", "1,2,3,4", "--point", "1,1"};
        QTest::newRow("multimask and single")
            << QStringList{"segment", "a.jpg", "--point", "1,1", "--multimask", "--single"};
        QTest::newRow("unknown file type")
            << QStringList{"segment", "a.jpg", "--point", "1,1", "--out", "a.bmp"};
        QTest::newRow("overlay without png")
            << QStringList{"segment", "a.jpg", "--point", "1,1", "--overlay", "--out", "a.json"};
        QTest::newRow("candidates into png")
            << QStringList{"segment", "a.jpg", "--point", "1,1", "--candidates", "--out", "a.png"};
        QTest::newRow("device") << QStringList{"serve", "--device", "tpu"};
        QTest::newRow("precision") << QStringList{"serve", "--precision", "int8"};
        QTest::newRow("log level") << QStringList{"serve", "--log-level", "loud"};
        QTest::newRow("evaluate without images") << QStringList{"evaluate"};
    }
    void wrongUsageIsTwo()
    {
        QFETCH(QStringList, arguments);
        const Answer result = run(arguments);
        QCOMPARE(result.code, 2);
        QVERIFY(!result.error.isEmpty());
        QVERIFY(result.out.isEmpty());
    }

    void aPrecisionThatTheProcessorLacksIsRefused_data()
    {
        QTest::addColumn<QString>("precision");
        QTest::newRow("fp16") << "fp16";
        QTest::newRow("bf16") << "bf16";
    }
    void aPrecisionThatTheProcessorLacksIsRefused()
    {
#ifdef MASKWRIGHT_WITH_TORCH
        QFETCH(QString, precision);
        qputenv("MASKWRIGHT_CPU_KERNELS", "AVX-512"); // and no more than that
        const Answer result = run({"segment", m_picture, "--point", "80,40", "--device", "cpu",
                                   "--precision", precision, "--out", path("refused.png")});
        qunsetenv("MASKWRIGHT_CPU_KERNELS");
        QCOMPARE(result.code, 1);
        QVERIFY2(result.error.contains(precision.toUtf8()) && result.error.contains("choose fp32"),
                 result.error);
        QVERIFY(!QFile::exists(path("refused.png")));
#else
        QSKIP("Only the models of LibTorch compute in different precisions.");
#endif
    }

    void helpAndVersionAreZero()
    {
        const Answer version = run({"--version"});
        QCOMPARE(version.code, 0);
        QCOMPARE(version.out.trimmed(), "maskwright-cli " MASKWRIGHT_VERSION);
        for (const char *command : {"segment", "serve", "evaluate", "models", "bench"}) {
            const Answer help = run({command, "--help"});
            QCOMPARE(help.code, 0);
            QVERIFY2(help.out.contains("Example: "), command);
        }
    }

    void failuresAreOneSentenceAndOne_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("says");
        const QStringList point{"--model", "fake", "--point", "1,1"};
        QTest::newRow("no such picture")
            << QStringList{"segment", "/no/such.jpg"} + point << QByteArray("/no/such.jpg");
        QTest::newRow("no such model")
            << QStringList{"segment", m_picture,      "--point",     "1,1",
                           "--model", "/no/such.pth", "--log-level", "error"}
            << QByteArray("/no/such.pth");
        QTest::newRow("a point beside the picture")
            << QStringList{"segment", m_picture, "--model", "fake", "--point", "500,1"}
            << QByteArray("outside the picture");
        QTest::newRow("a folder that is not there")
            << QStringList{"segment", m_picture, "--out", "/no/such/folder/a.json"} + point
            << QByteArray("/no/such/folder/a.json");
        QTest::newRow("a mask of another size")
            << QStringList{"segment", m_picture, "--model",
                           "fake",    "--mask",  TEST_DATA_DIR "/images/palette.png"}
            << QByteArray("palette.png");
    }
    void failuresAreOneSentenceAndOne()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, says);
        const Answer result = run(arguments);
        QCOMPARE(result.code, 1);
        QVERIFY2(result.error.contains(says), result.error);
        QCOMPARE(result.error.count('\n'), 1);
        QVERIFY(result.out.isEmpty());
    }

    void aPointBecomesCoco()
    {
        const Answer result =
            segment({"--point", "40,40", "--category", "apple", "--out", path("t.json")});
        QCOMPARE(result.code, 0);
        QVERIFY(result.out.isEmpty());
        const QJsonObject coco = QJsonDocument::fromJson(content("t.json")).object();
        const QJsonObject image = coco["images"].toArray().at(0).toObject();
        QCOMPARE(image["id"].toInt(), 1);
        QCOMPARE(image["width"].toInt(), 160);
        QCOMPARE(image["height"].toInt(), 80);
        QCOMPARE(image["file_name"].toString(), QString::fromUtf8("ein Äpfelchen.png"));
        QCOMPARE(coco["categories"].toArray().at(0)["name"].toString(), "apple");
        QCOMPARE(coco["annotations"].toArray().size(), 1);
        const QJsonObject annotation = coco["annotations"].toArray().at(0).toObject();
        const core::Mask expected = disc({160, 80}, 40, 40, 10);
        QVERIFY(maskOf(annotation["segmentation"].toObject()) == expected);
        QCOMPARE(annotation["area"].toInt(),
                 int(std::count(expected.pixels.begin(), expected.pixels.end(), 1)));
        QCOMPARE(annotation["bbox"].toArray(), (QJsonArray{30, 30, 21, 21}));
        QCOMPARE(annotation["iscrowd"].toInt(-1), 0);
        QCOMPARE(annotation["image_id"].toInt(), 1);
        QCOMPARE(annotation["category_id"].toInt(), 1);
    }

    void withoutOutCocoGoesToStdout()
    {
        const Answer result = segment({"--point", "40,40"});
        QCOMPARE(result.code, 0);
        QCOMPARE(QJsonDocument::fromJson(result.out)["annotations"].toArray().size(), 1);
    }

    void optionsMayComeBeforeThePicture()
    {
        const Answer result = run({"segment", "--model", "fake", "--point", "40,40", "--point",
                                   "5,5,0", m_picture, "--log-level", "error"});
        QCOMPARE(result.code, 0);
    }

    void everyCandidateIsWrittenBestFirst()
    {
        const Answer result = segment({"--point", "40,40", "--candidates"});
        const QJsonArray annotations = QJsonDocument::fromJson(result.out)["annotations"].toArray();
        QCOMPARE(annotations.size(), 3);
        QCOMPARE(annotations[0]["score"].toDouble(), 0.9);
        QCOMPARE(annotations[2]["score"].toDouble(), 0.7);
        const Answer single = segment({"--point", "40,40", "--candidates", "--single"});
        QCOMPARE(QJsonDocument::fromJson(single.out)["annotations"].toArray().size(), 1);
    }

    void severalBoxesAreSeveralObjects()
    {
        const Answer result = segment({"--box", "0,0,9,9", "--box", "50,50,20,30"});
        const QJsonArray annotations = QJsonDocument::fromJson(result.out)["annotations"].toArray();
        QCOMPARE(annotations.size(), 2);
        QCOMPARE(annotations[0]["bbox"].toArray(), (QJsonArray{0, 0, 10, 10}));
        QCOMPARE(annotations[1]["bbox"].toArray(), (QJsonArray{20, 30, 31, 21}));
        QCOMPARE(annotations[1]["id"].toInt(), 2);
    }

    void anEmptyMaskIsAFailedItem()
    {
        const Answer result = segment({"--point", "40,40,0", "--out", path("empty.json")});
        QCOMPARE(result.code, 1);
        QVERIFY(result.error.contains("Object 1"));
        QCOMPARE(QJsonDocument::fromJson(content("empty.json"))["annotations"].toArray().size(), 0);
    }

    void maskAndOverlayAsPng()
    {
        QCOMPARE(segment({"--point", "40,40", "--out", path("mask.png")}).code, 0);
        const QImage mask(path("mask.png"));
        QCOMPARE(mask.size(), QSize(160, 80));
        QCOMPARE(mask.pixel(40, 40), qRgb(255, 255, 255));
        QCOMPARE(mask.pixel(51, 40), qRgb(0, 0, 0));

        QCOMPARE(segment({"--point", "40,40", "--overlay", "--out", path("over.png")}).code, 0);
        const QImage overlay(path("over.png"));
        QCOMPARE(overlay.pixel(100, 40), qRgb(10, 200, 30));
        QVERIFY(overlay.pixel(40, 40) != qRgb(10, 200, 30));

        // The mask serves as where to start from.
        const Answer again = segment({"--mask", path("mask.png"), "--point", "100,40"});
        const QJsonObject annotation =
            QJsonDocument::fromJson(again.out)["annotations"].toArray().at(0).toObject();
        const core::Mask both = maskOf(annotation["segmentation"].toObject());
        QVERIFY(both.at(40, 40) && both.at(100, 40) && !both.at(70, 40));
    }

    void aDamagedJpegIsUsedAndTold()
    {
        QImage grey(160, 80, QImage::Format_RGB888);
        grey.fill(Qt::gray);
        const QString name = path("damaged.jpg");
        QVERIFY(grey.save(name));
        QFile file(name);
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QByteArray whole = file.readAll();
        file.resize(0);
        file.write(QByteArray(whole).remove(whole.size() - 60, 50));
        file.close();

        const Answer result = run({"segment", name, "--model", "fake", "--point", "40,40"});
        QCOMPARE(result.code, 0);
        QVERIFY2(result.error.contains("damaged.jpg"), result.error);
        const Answer served = run({"serve", "--model", "fake"},
                                  "{\"op\":\"open\",\"image\":\"" + name.toUtf8() + "\"}\n");
        const QJsonObject answer = QJsonDocument::fromJson(served.out).object();
        QVERIFY(answer["ok"].toBool());
        QVERIFY(answer["warning"].toString().contains("damaged.jpg"));
    }

    void evaluateMeasures()
    {
        // Two pictures, one of them missing: the rest is done, the failure is told.
        const QByteArray coco = R"({"images":[
            {"id":1,"width":160,"height":80,"file_name":"ein Äpfelchen.png"},
            {"id":2,"width":160,"height":80,"file_name":"gone.png"}],
            "categories":[{"id":1,"name":"a"}],
            "annotations":[{"id":1,"image_id":1,"category_id":1,"iscrowd":0,"area":1600,
                "bbox":[0,0,20,80],"segmentation":{"size":[80,160],"counts":[0,1600,11200]}}]})";
        QFile file(path("a.json"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(coco) == coco.size());
        file.close();
        const QStringList arguments{"evaluate",      "--images",     m_directory.path(),
                                    "--annotations", path("a.json"), "--model",
                                    "fake"};
        const Answer table = run(arguments);
        QCOMPARE(table.code, 1);
        QVERIFY(table.error.contains("gone.png"));
        QVERIFY(table.out.contains("| mean | box | 1 click | 2 | 3 | 5 | 10 |"));

        const Answer json = run(arguments + QStringList{"--json", "--limit-images", "1"});
        QCOMPARE(json.code, 0);
        const QJsonObject scores = QJsonDocument::fromJson(json.out).object();
        QCOMPARE(scores["targets"].toInt(), 1);
        QCOMPARE(scores["box_iou"].toDouble(), 1.0);
        QCOMPARE(scores["click_iou"].toArray().size(), 10);
        QCOMPARE(scores["carried_logits"].toBool(), true);

        const QStringList one = arguments + QStringList{"--limit-images", "1"};
        const Answer closer = run(one + QStringList{"--focus", "--without-logits"});
        QCOMPARE(closer.code, 0);
        QVERIFY(closer.out.contains("each looked at closer, logits not carried on"));
        const Answer small = run(one + QStringList{"--small"}); // as high as the picture
        QCOMPARE(small.code, 1);
        QVERIFY(small.error.contains("no small masks"));
    }

    void modelsAndBenchTell()
    {
        QVERIFY(run({"models"}).out.contains("grabcut"));
        const Answer inspect = run({"models", "inspect", "fake", "--json"});
        QCOMPARE(QJsonDocument::fromJson(inspect.out)["logits_size"].toArray(),
                 (QJsonArray{256, 256}));
        const Answer bench = run({"bench", "--model", "fake", "--image", m_picture, "--seconds",
                                  "0", "--masks", "8", "--json"});
        QCOMPARE(bench.code, 0);
        const QJsonObject stages = QJsonDocument::fromJson(bench.out)["stages"].toObject();
        for (const char *stage : {"encode", "decode, click", "post-processing", "run lengths"})
            QVERIFY2(stages[stage]["runs"].toInt() >= 3, stage);
        const QJsonDocument report = QJsonDocument::fromJson(bench.out);
        QVERIFY(report["run_lengths"]["memory_gb_per_second"].toDouble() > 0);
        const QJsonArray rows = report["run_lengths"]["rows"].toArray();
        QCOMPARE(rows.size(), 22);
        QCOMPARE(rows[0].toObject()["masks"].toString(), "8 smooth, 1920 x 1080");
        for (const QJsonValue &row : rows) {
            QVERIFY(row["us"].toDouble() > 0);
            QVERIFY(!row.toObject().contains("cocoapi_us"));
        }

        const Answer table = run(
            {"bench", "--model", "fake", "--image", m_picture, "--seconds", "0", "--masks", "2"});
        QVERIFY(table.out.contains("| 2 ragged, 1920 x 1080 | union of two |"));
        const Answer none = run({"bench", "--model", "fake", "--image", m_picture, "--seconds", "0",
                                 "--cocoapi", m_picture + ".so"});
        QCOMPARE(none.code, 1);
        QVERIFY(none.error.contains("There is no library"));
    }

    void benchTimesTheMasksOfAFile()
    {
        const QString name = path("masks.json");
        const auto write = [&name](const QByteArray &annotations) {
            QFile file(name);
            return file.open(QIODevice::WriteOnly) &&
                   file.write(R"({"images":[{"id":1,"file_name":"a.png","width":3,"height":2},
                                  {"id":2,"file_name":"b.png","width":2,"height":2}],
                       "categories":[{"id":1,"name":"thing"}],"annotations":[)" +
                              annotations + "]}") > 0;
        };
        const auto mask = [](int id, int image, const QByteArray &segmentation) {
            return QStringLiteral(R"({"id":%1,"image_id":%2,"category_id":1,"segmentation":)")
                       .arg(id)
                       .arg(image)
                       .toUtf8() +
                   segmentation + "}";
        };
        const QStringList arguments{"bench",     "--model", "fake",   "--image",    m_picture,
                                    "--seconds", "0",       "--json", "--masks-of", name};
        // The commonest size; a run of no length is as good as none.
        QVERIFY(write(mask(1, 1, R"({"size":[2,3],"counts":[1,2,3]})") + "," +
                      mask(2, 2, R"({"size":[2,2],"counts":[1,3]})") + "," +
                      mask(3, 1, R"({"size":[2,3],"counts":[1,2,0,1,2]})")));
        const Answer answer = run(arguments);
        QCOMPARE(answer.code, 0);
        const QJsonArray rows =
            QJsonDocument::fromJson(answer.out)["run_lengths"]["rows"].toArray();
        QCOMPARE(rows.size(), 11);
        QCOMPARE(rows[0]["masks"].toString(), "2 of masks.json, 3 x 2");

        QVERIFY(write(""));
        const Answer none = run(arguments);
        QCOMPARE(none.code, 1);
        QVERIFY(none.error.contains("masks.json has no masks"));
    }
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
