// SPDX-License-Identifier: Apache-2.0
#include "cli_process.h"

#include "core/mask/rle_measure.h"
#include "export/formats/coco/coco_reader.h"

#include <QImage>
#include <QtTest>

using cli_process::bytesOf;
using cli_process::run;

// `batch`, `embed` and the shards of `everything` of the real program on the fake model, whose
// answer to a box are the box's pixels.
class TestCliBatch : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;

    QString path(const QString &name) const { return m_directory.filePath(name); }

    void save(const QString &name, const QByteArray &text) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    QStringList batch(const QString &boxes, const QString &out) const
    {
        return {"batch", path("photos"), "--boxes", path(boxes),
                "--out", path(out),      "--model", "fake"};
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(QDir(m_directory.path()).mkpath("photos/deep"));
        QJsonArray images, boxes, results;
        for (int i = 1; i <= 12; ++i) {
            const QString name = (i > 8 ? "deep/" : "") + QString::number(i) + ".png";
            QImage picture(60, 40, QImage::Format_RGB888);
            picture.fill(Qt::darkGreen);
            QVERIFY(picture.save(path("photos/" + name)));
            images.append(
                QJsonObject{{"id", i}, {"file_name", name}, {"width", 60}, {"height", 40}});
            for (int j = 0; j < i % 4; ++j) {
                const QJsonObject box{{"id", i * 10 + j},
                                      {"image_id", i},
                                      {"category_id", 3 + j},
                                      {"bbox", QJsonArray{4 + i, 3 * j, 10, 7}},
                                      {"score", 0.25 * (j + 1)}};
                boxes.append(box);
                results.append(box);
            }
        }
        const QJsonArray categories{QJsonObject{{"id", 5}, {"name", "bird"}},
                                    QJsonObject{{"id", 3}, {"name", "cat"}},
                                    QJsonObject{{"id", 4}, {"name", "dog"}}};
        save("boxes.json", QJsonDocument(QJsonObject{{"images", images},
                                                     {"annotations", boxes},
                                                     {"categories", categories}})
                               .toJson());
        save("results.json", QJsonDocument(results).toJson());
    }

    void boxesBecomeMasks()
    {
        const auto answer = run(batch("boxes.json", "masks.json"));
        QVERIFY2(answer.code == 0, answer.error.constData());
        QVERIFY2(answer.error.contains("18 masks in 12 of 12 pictures"), answer.error.constData());
        const core::Dataset dataset = exporters::readCoco(path("masks.json").toStdString()).dataset;
        QCOMPARE(dataset.images.size(), std::size_t(12));
        QCOMPARE(dataset.images[8].fileName, std::string("deep/9.png"));
        QCOMPARE(dataset.images[8].size, (core::Size{60, 40}));
        QCOMPARE(dataset.categories[0].name, std::string("bird"));
        QCOMPARE(dataset.categories[0].id, core::Id(5));
        QCOMPARE(dataset.annotations.size(), std::size_t(18));
        const core::Annotation &first = dataset.annotations[0]; // of 1.png
        QCOMPARE(first.categoryId, core::Id(3));
        QCOMPARE(core::boundingBox(first.mask), (core::PixelRect{5, 0, 10, 7}));
        QVERIFY(!QFile::exists(path("masks.json.part.jsonl")));
    }

    void anEmptyFolderCostsNoFinishedResult()
    {
        QVERIFY(QDir(m_directory.path()).mkpath("nothing"));
        save("finished.json", "precious");
        save("finished_everything.json", "precious");
        const auto batched = run({"batch", path("nothing"), "--boxes", path("boxes.json"), "--out",
                                  path("finished.json"), "--model", "fake"});
        const auto looked = run({"everything", path("nothing"), "--out",
                                 path("finished_everything.json"), "--model", "fake"});
        for (const auto &answer : {batched, looked}) {
            QCOMPARE(answer.code, 1);
            QVERIFY2(answer.error.contains("picture"), answer.error.constData());
        }
        QCOMPARE(bytesOf(path("finished.json")), QByteArray("precious"));
        QCOMPARE(bytesOf(path("finished_everything.json")), QByteArray("precious"));
    }

    void resultsAreFoundByTheNumbersInTheNames()
    {
        const auto answer = run(batch("results.json", "numbers.json"));
        QVERIFY2(answer.code == 0, answer.error.constData());
        const auto dataset = exporters::readCoco(path("numbers.json").toStdString()).dataset;
        QCOMPARE(dataset.annotations.size(), std::size_t(18));
        QCOMPARE(core::boundingBox(dataset.annotations[0].mask), (core::PixelRect{5, 0, 10, 7}));
        QCOMPARE(dataset.categories[0].name, std::string("category 3"));
        QCOMPARE(dataset.categories[0].id, core::Id(3));
    }

    void shardsMergeIntoTheWhole()
    {
        QCOMPARE(run(batch("boxes.json", "whole.json")).code, 0);
        QStringList merge{"merge", "--renumber", "--out", path("merged.json")};
        for (const QString shard : {"1", "2", "3", "4"}) {
            const QString name = "shard" + shard + ".json";
            const auto answer =
                run(batch("boxes.json", name) + QStringList{"--shard", shard + "/4", "--resume"});
            QVERIFY2(answer.code == 0, answer.error.constData());
            merge.append(path(name));
        }
        const auto merged = run(merge);
        QVERIFY2(merged.code == 0, merged.error.constData());
        QVERIFY(!bytesOf(path("whole.json")).isEmpty());
        QCOMPARE(bytesOf(path("merged.json")), bytesOf(path("whole.json")));
        // The same of `everything`.
        const QStringList everything{"everything",
                                     path("photos"),
                                     "--model",
                                     "fake",
                                     "--points-per-side",
                                     "2",
                                     "--stability-score-thresh",
                                     "0.5"};
        QCOMPARE(run(everything + QStringList{"--out", path("every.json")}).code, 0);
        merge = {"merge", "--renumber", "--out", path("every-merged.json")};
        for (const QString shard : {"3/3", "1/3", "2/3"}) {
            const QString name = path("every" + shard.left(1) + ".json");
            QCOMPARE(run(everything + QStringList{"--shard", shard, "--out", name}).code, 0);
            merge.append(name);
        }
        QCOMPARE(run(merge).code, 0);
        QVERIFY(!bytesOf(path("every.json")).isEmpty());
        QCOMPARE(bytesOf(path("every-merged.json")), bytesOf(path("every.json")));
    }

    void whatFailedIsDoneAgainAlone()
    {
        save("photos/0.png", "no picture");
        const auto first = run(batch("boxes.json", "again.json"));
        QCOMPARE(first.code, 1);
        QVERIFY2(first.error.trimmed().split('\n').last().contains("0.png"),
                 first.error.constData());
        QCOMPARE(exporters::readCoco(path("again.json").toStdString()).dataset.images.size(),
                 std::size_t(12));
        // Without the option nothing that was done is thrown away.
        QCOMPARE(run(batch("boxes.json", "again.json")).code, 1);
        QVERIFY(QFile::exists(path("again.json.part.jsonl")));
        // With other boxes it would be another result.
        const auto other = run(batch("results.json", "again.json") + QStringList{"--resume"});
        QCOMPARE(other.code, 1);
        QVERIFY2(other.error.contains("differs in \"boxes\""), other.error.constData());

        QVERIFY(QFile::remove(path("photos/0.png")));
        const auto second = run(batch("boxes.json", "again.json") + QStringList{"--resume"});
        QVERIFY2(second.code == 0, second.error.constData());
        QCOMPARE(bytesOf(path("again.json")), bytesOf(path("masks.json")));
        const auto third = run(batch("boxes.json", "again.json") + QStringList{"--resume"});
        QCOMPARE(third.code, 0);
        QVERIFY2(third.error.contains("nothing left to do"), third.error.constData());
    }

    void aPictureThatChangedIsDoneAnew()
    {
        const auto changeAt = [this](const QDateTime &time) {
            QFile file(path("photos/3.png"));
            return file.open(QIODevice::ReadWrite) &&
                   file.setFileTime(time, QFileDevice::FileModificationTime);
        };
        QCOMPARE(run(batch("boxes.json", "changing.json")).code, 0);
        QVERIFY(changeAt(QDateTime::currentDateTime().addSecs(60)));
        const auto anew = run(batch("boxes.json", "changing.json") + QStringList{"--resume"});
        QVERIFY2(anew.code == 0, anew.error.constData());
        QVERIFY2(anew.error.contains("\"3.png\" changed since an earlier run did it"),
                 anew.error.constData());
        QCOMPARE(bytesOf(path("changing.json")), bytesOf(path("masks.json")));
        QVERIFY(changeAt(QDateTime::currentDateTime().addSecs(-60)));
        const auto old = run(batch("boxes.json", "changing.json") + QStringList{"--resume"});
        QVERIFY2(old.error.contains("nothing left to do"), old.error.constData());
    }

    void aFinishedRunTakesInWhatIsNew()
    {
        const QString photos = path("growing");
        QVERIFY(QDir(m_directory.path()).mkpath("growing"));
        const auto add = [&](int number) {
            return QFile::copy(path("photos/" + QString::number(number) + ".png"),
                               photos + "/" + QString::number(number) + ".png");
        };
        QVERIFY(add(1) && add(3));
        const auto arguments = [&](const QString &boxes, const QString &out) {
            return QStringList{"batch",   photos,    "--boxes", path(boxes), "--out",
                               path(out), "--model", "fake",    "--resume"};
        };
        QCOMPARE(run(arguments("boxes.json", "growing.json")).code, 0);
        QVERIFY(add(2) && add(7));
        const auto more = run(arguments("boxes.json", "growing.json"));
        QVERIFY2(more.code == 0, more.error.constData());
        QVERIFY2(more.error.contains("2 pictures not in"), more.error.constData());
        QCOMPARE(run(arguments("boxes.json", "grown.json")).code, 0);
        QVERIFY(!bytesOf(path("grown.json")).isEmpty());
        QCOMPARE(bytesOf(path("growing.json")), bytesOf(path("grown.json")));

        const auto other = run(arguments("results.json", "growing.json"));
        QCOMPARE(other.code, 1);
        QVERIFY2(other.error.contains("differs in \"boxes\""), other.error.constData());
        QCOMPARE(bytesOf(path("growing.json")), bytesOf(path("grown.json")));
        // What is gone goes.
        QVERIFY(QFile::remove(photos + "/2.png"));
        const auto fewer = run(arguments("boxes.json", "growing.json"));
        QVERIFY2(fewer.code == 0 && fewer.error.contains("\"2.png\""), fewer.error.constData());
        QCOMPARE(exporters::readCoco(path("growing.json").toStdString()).dataset.images.size(),
                 std::size_t(3));
    }

    void boxesThatAreWrongAreTold()
    {
        save("bad.json", R"([{"image_id":1,"category_id":1,"bbox":[1,1,5,5],"score":1},)"
                         R"({"image_id":2,"category_id":1,"bbox":[1,1,-5,5],"score":1},)"
                         R"({"image_id":77,"category_id":1,"bbox":[1,1,5,5],"score":1}])");
        const auto answer = run(batch("bad.json", "bad-masks.json"));
        QCOMPARE(answer.code, 1);
        QVERIFY2(answer.error.contains("[1]"), answer.error.constData());
        QVERIFY2(answer.error.contains("1 boxes are in pictures that are not in the folder"),
                 answer.error.constData());
        QCOMPARE(
            exporters::readCoco(path("bad-masks.json").toStdString()).dataset.annotations.size(),
            std::size_t(1));
    }

    void embedsOnceAndGoesOn()
    {
        const QStringList arguments{"embed", path("photos"),  path("photos/deep"),
                                    "--out", path("vectors"), "--model",
                                    "fake"};
        const auto answer = run(arguments);
        QVERIFY2(answer.code == 0, answer.error.constData());
        QCOMPARE(QDir(path("vectors")).entryList(QDir::Files).size(), qsizetype(12));
        const QByteArray bytes = bytesOf(path("vectors/7.safetensors"));
        const auto length = qsizetype(uchar(bytes[0]) + 256 * uchar(bytes[1]));
        const QJsonObject header = QJsonDocument::fromJson(bytes.mid(8, length)).object();
        QCOMPARE(header["__metadata__"]["picture"].toString(), QString("7.png"));
        QCOMPARE(header["__metadata__"]["model"].toString(), QString("fake"));
        QCOMPARE(header["size"]["shape"][0].toInt(), 2);

        // What is there stays, what is missing comes, what a killed run left goes.
        save("vectors/3.safetensors", "kept");
        QVERIFY(QFile::remove(path("vectors/7.safetensors")));
        save("vectors/7.safetensors.part-1-0", "half");
        QCOMPARE(run(arguments + QStringList{"--resume"}).code, 0);
        QCOMPARE(bytesOf(path("vectors/3.safetensors")), QByteArray("kept"));
        QCOMPARE(bytesOf(path("vectors/7.safetensors")), bytes);
        QCOMPARE(QDir(path("vectors")).entryList(QDir::Files).size(), qsizetype(12));

        // Another model's would not fit between them.
        const auto mixed = run(
            {"embed", path("photos"), "--out", path("vectors"), "--model", "grabcut", "--resume"});
        QCOMPARE(mixed.code, 1);
        QVERIFY2(mixed.error.contains("differs in \"model\""), mixed.error.constData());

        const auto other =
            run({"embed", path("photos"), "--out", path("none"), "--model", "grabcut"});
        QCOMPARE(other.code, 1);
        QVERIFY2(other.error.contains("no embeddings"), other.error.constData());
    }

    void wrongUsageIsTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no boxes") << QStringList{"batch", path("photos"), "--out", "x.json"};
        QTest::newRow("no folder")
            << QStringList{"batch", path("nowhere"), "--boxes", "b", "--out", "x.json"};
        for (const char *shard : {"0/4", "5/4", "1", "1/0", "a/b", "1/4x", "-1/4", ""})
            QTest::newRow(qPrintable(QString("shard \"%1\"").arg(shard)))
                << QStringList{"embed", path("photos"), "--out", "x", "--shard", shard};
    }

    void wrongUsageIsTwo()
    {
        QFETCH(QStringList, arguments);
        QCOMPARE(run(arguments).code, 2);
    }
};

QTEST_GUILESS_MAIN(TestCliBatch)
#include "tst_cli_batch.moc"
