// SPDX-License-Identifier: Apache-2.0
#include "cli_process.h"

#include "core/mask/rle_polygon.h"
#include "export/formats/coco/coco_reader.h"
#include "export/formats/coco/coco_writer.h"

#include <QImage>
#include <QtTest>

using cli_process::bytesOf;
using cli_process::run;

// convert, merge, split and stats of the real program. What they compute is tested with the
// libraries; here, that the options reach them, and what is said and returned.
class TestCliDatasets : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;

    QString path(const QString &name) const { return m_directory.filePath(name); }

    static core::Dataset read(const QString &file)
    {
        return exporters::readCoco(file.toStdString()).dataset;
    }

    void write(const QString &name, const core::Dataset &dataset) const
    {
        exporters::DatasetSource source(dataset);
        exporters::writeCoco(source, path(name).toStdString());
    }

    static core::Dataset photos(int from, int to)
    {
        core::Dataset dataset;
        dataset.categories = {{1, "cat", "", 0}, {2, "dog", "", 0}};
        for (int i = from; i < to; ++i) {
            dataset.images.push_back(
                {i, "day" + std::to_string(i / 5) + "/" + std::to_string(i) + ".png", {40, 30}});
            for (int j = 0; j < i % 3; ++j)
                dataset.annotations.push_back(
                    {i * 10 + j, i, 1 + j, core::rleFromBox(j * 12, 2, 10, 10 + i, {40, 30})});
        }
        return dataset;
    }

private Q_SLOTS:
    void initTestCase()
    {
        write("a.json", photos(1, 21));
        write("b.json", photos(21, 31));
    }

    void converts()
    {
        const auto answer = run({"convert", path("a.json"), "--to", "coco", "--segmentation",
                                 "rle-uncompressed", "--out", path("plain.json")});
        QVERIFY2(answer.code == 0, answer.error.constData());
        QVERIFY2(answer.error.contains("20 images and 21 annotations from COCO instances"),
                 answer.error.constData());
        QVERIFY(answer.out.isEmpty());
        QCOMPARE(read(path("plain.json")).annotations, read(path("a.json")).annotations);
    }

    void masksGoToLabelMeAsShapesWhenAsked()
    {
        for (const bool asked : {false, true}) {
            const QString out = asked ? QStringLiteral("shapes") : QStringLiteral("polygons");
            QStringList arguments{"convert", path("a.json"), "--to", "labelme", "--out", path(out)};
            if (asked)
                arguments << "--mask-shapes";
            const auto answer = run(arguments);
            QVERIFY2(answer.code == 0, answer.error.constData());
            QFile file(path(out) + "/day0/4.json");
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(file.readAll().contains(R"("shape_type":"mask")"), asked);
        }
    }

    void tellsWhatIsLost()
    {
        core::Dataset dataset = photos(1, 4);
        dataset.annotations[0].mask = core::rleFromBox(0, 0, 0, 0, {40, 30});
        QFile file(path("lossy.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        // An empty mask, which a writer would leave out.
        file.write(R"({"images":[{"id":1,"width":4,"height":4,"file_name":"a"}],)"
                   R"("categories":[{"id":1,"name":"c"}],"annotations":[{"id":1,"image_id":1,)"
                   R"("category_id":1,"segmentation":{"size":[4,4],"counts":[16]}}]})");
        file.close();
        const auto answer =
            run({"convert", path("lossy.json"), "--to", "coco", "--out", path("less.json")});
        QVERIFY2(answer.code == 0, answer.error.constData());
        QVERIFY2(answer.error.contains("objects without a pixel were left out (1)"),
                 answer.error.constData());
    }

    void brokenEntriesAreToldAndTheRestIsWritten()
    {
        QFile file(path("broken.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"images":[{"id":1,"width":4,"height":4,"file_name":"a"}],)"
                   R"("categories":[{"id":1,"name":"c"}],"annotations":[)"
                   R"({"id":1,"image_id":9,"category_id":1,"segmentation":[[0,0,2,0,2,2]]},)"
                   R"({"id":2,"image_id":1,"category_id":1,"segmentation":[[0,0,4,0,4,4,0,4]]}]})");
        file.close();
        const auto answer =
            run({"convert", path("broken.json"), "--to", "coco", "--out", path("mended.json")});
        QVERIFY2(answer.code == 1, answer.error.constData());
        QVERIFY2(answer.error.contains("broken.json: annotations[0] (id 1)"),
                 answer.error.constData());
        QCOMPARE(read(path("mended.json")).annotations.size(), std::size_t(1));
        QCOMPARE(run({"stats", path("broken.json")}).code, 1);
    }

    void helpListsTheFormats()
    {
        const auto answer = run({"convert", "--help"});
        QCOMPARE(answer.code, 0);
        QVERIFY2(answer.out.contains("COCO instances"), answer.out.constData());
    }

    void merges()
    {
        const auto answer = run({"merge", path("b.json"), path("a.json"), path("a.json"),
                                 "--renumber", "--out", path("all.json")});
        QVERIFY2(answer.code == 0, answer.error.constData());
        QVERIFY2(answer.error.contains("21 annotations said again"), answer.error.constData());
        const core::Dataset all = read(path("all.json"));
        core::Dataset expected = photos(1, 31);
        QCOMPARE(all.images, expected.images);
        QCOMPARE(all.annotations.size(), expected.annotations.size());
        for (std::size_t i = 0; i < all.annotations.size(); ++i) {
            QCOMPARE(all.annotations[i].id, core::Id(i + 1));
            QCOMPARE(all.annotations[i].mask, expected.annotations[i].mask);
        }
    }

    void splits()
    {
        const QStringList arguments{"split", path("a.json"), "--train", "0.5",     "--val",
                                    "0.5",   "--seed",       "3",       "--group", "folder"};
        const auto answer = run(arguments + QStringList{"--out", path("parts")});
        QVERIFY2(answer.code == 0, answer.error.constData());
        QCOMPARE(QDir(path("parts")).entryList(QDir::Files),
                 (QStringList{"train.json", "val.json"}));
        const auto train = read(path("parts/train.json"));
        const auto val = read(path("parts/val.json"));
        QCOMPARE(train.images.size() + val.images.size(), std::size_t(20));
        QVERIFY(train.images.size() >= 5 && val.images.size() >= 5);

        QCOMPARE(run(arguments + QStringList{"--out", path("again")}).code, 0);
        QCOMPARE(bytesOf(path("again/train.json")), bytesOf(path("parts/train.json")));
        // A folder with something in it is never written over.
        QCOMPARE(run(arguments + QStringList{"--out", path("parts")}).code, 1);
    }

    void emptyPartsAreTold()
    {
        const auto answer =
            run({"split", path("b.json"), "--group", "(p)ng", "--out", path("one")});
        QVERIFY2(answer.code == 0, answer.error.constData());
        QVERIFY2(answer.error.contains("train: 10 images"), answer.error.constData());
        QVERIFY2(answer.error.contains("val: no image"), answer.error.constData());
    }

    void counts()
    {
        const auto text = run({"stats", path("a.json"), "--plots", path("charts")});
        QVERIFY2(text.code == 0, text.error.constData());
        QVERIFY2(text.out.contains("annotations"), text.out.constData());
        QCOMPARE(QDir(path("charts")).entryList({"*.svg"}).size(), qsizetype(5));
        for (const QString &name : QDir(path("charts")).entryList({"*.png"}))
            QVERIFY(QImage(path("charts/" + name)).width() > 800);

        const auto json = run({"stats", path("a.json"), "--json"});
        QCOMPARE(QJsonDocument::fromJson(json.out).object()["annotations"].toInt(), 21);
    }

    void exitCodes_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        const QString a = path("a.json");
        QTest::newRow("convert to nothing") << QStringList{"convert", a, "--out", "x"} << 2;
        QTest::newRow("convert to what is no format")
            << QStringList{"convert", a, "--to", "papyrus", "--out", "x"} << 2;
        QTest::newRow("convert what is not there")
            << QStringList{"convert", path("no.json"), "--to", "coco", "--out", path("x")} << 1;
        QTest::newRow("merge nothing") << QStringList{"merge", "--out", "x"} << 2;
        QTest::newRow("shares that are no whole")
            << QStringList{"split", a, "--out", "x", "--train", "0.5", "--val", "0.4"} << 2;
        QTest::newRow("a share above one")
            << QStringList{"split", a, "--out", "x", "--train", "2"} << 2;
        QTest::newRow("a group that is no expression")
            << QStringList{"split", a, "--out", path("x"), "--group", "(("} << 1;
        QTest::newRow("stats of nothing") << QStringList{"stats"} << 2;
        QTest::newRow("stats of a folder") << QStringList{"stats", m_directory.path()} << 1;
    }

    void exitCodes()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        const auto answer = run(arguments);
        QVERIFY2(answer.code == code, answer.error.constData());
        QVERIFY(!answer.error.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCliDatasets)
#include "tst_cli_datasets.moc"
