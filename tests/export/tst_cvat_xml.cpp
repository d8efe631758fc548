// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/mask/rle_measure.h"
#include "cvat_files.h"
#include "export/formats.h"
#include "tests/export/drawn_masks.h"

#include <nlohmann/json.hpp>

#include <QtTest>

using exporters::DatasetSource;
using exporters::ReadResult;
using exporters::WriteSummary;
using nlohmann::json;

class TestCvatXml : public QObject, private CvatFiles
{
    Q_OBJECT

private Q_SLOTS:
    void byHand_data()
    {
        QTest::addColumn<QString>("input");
        QTest::newRow("the folder") << QStringLiteral(TEST_DATA_DIR "/cvat_xml");
        QTest::newRow("the file") << QStringLiteral(TEST_DATA_DIR "/cvat_xml/annotations.xml");
    }
    void byHand()
    {
        QFETCH(QString, input);
        const std::filesystem::path file = input.toStdString();
        QCOMPARE(exporters::recogniseFormat(file)->name(), std::string_view("cvat-xml"));
        const ReadResult result = format().read(file);
        QCOMPARE(result.findings.errors(), std::size_t(0));
        QCOMPARE(result.findings.warnings(), std::size_t(1));
        QVERIFY(texts(result.findings).contains("line 48: <polyline> covers no pixels"));
        const core::Dataset &read = result.dataset;

        QCOMPARE(read.images.size(), std::size_t(2));
        QVERIFY((read.images[0] == core::ImageRecord{1, "street.jpg", {8, 5}, {}}));
        QCOMPARE(read.images[1].id, core::Id(2));
        QCOMPARE(read.images[1].fileName, std::string("sub/yard.png"));
        QVERIFY(json::parse(read.images[1].foreign) ==
                json::parse(R"({"task_id":12,"split":"Train"})"));

        QCOMPARE(read.categories.size(), std::size_t(2));
        QCOMPARE(read.categories[0].name, std::string("tree"));
        QCOMPARE(read.categories[0].color, core::Color(0x2080f0));
        QVERIFY(read.categories[0].foreign.find("oak\\nbeech") != std::string::npos);
        QCOMPARE(read.categories[1].id, core::Id(2));

        QCOMPARE(read.annotations.size(), std::size_t(5));
        const auto foreign = [&](std::size_t i) {
            const std::string &text = read.annotations[i].foreign;
            return json::parse(text.empty() ? "{}" : text);
        };
        QVERIFY(read.annotations[0].mask == drawn::mask({"........", //
                                                         "........", //
                                                         ".##.....", //
                                                         ".#.#....", //
                                                         "........"}));
        QVERIFY(foreign(0) == json::parse(R"({"source":"semi-auto","occluded":1,"z_order":4})"));
        QVERIFY(read.annotations[1].mask == drawn::mask({"........", //
                                                         "...###..", //
                                                         "...###..", //
                                                         "...###..", //
                                                         "........"}));
        QVERIFY(foreign(1) == json::parse(R"({"group_id":3,"attributes":{"kind":"oak <old>"}})"));
        QVERIFY(read.annotations[2].box == (core::Box{0.5, 1.5, 4, 3.5}));
        QVERIFY(!read.annotations[2].hasMask());
        QVERIFY(foreign(2).empty());
        QVERIFY(read.annotations[3].mask == drawn::mask({".##.....", //
                                                         "####....", //
                                                         "####....", //
                                                         ".##.....", //
                                                         "........"}));
        QVERIFY(read.annotations[4].mask == drawn::mask({"....", //
                                                         "####", //
                                                         "####", //
                                                         "...."}));
        QCOMPARE(read.annotations[4].imageId, core::Id(2));
    }

    void allThatCvatSaidSurvives()
    {
        const core::Dataset dataset = format().read(TEST_DATA_DIR "/cvat_xml").dataset;
        DatasetSource source(dataset);
        const WriteSummary summary = format().write(source, path("back.xml"));
        QVERIFY(summary.losses.empty());
        QCOMPARE(summary.images, std::size_t(2));
        QCOMPARE(summary.annotations, std::size_t(5));
        const QByteArray text = content(path("back.xml"));
        for (const char *part :
             {"<name>Streets &amp; yards</name>", "<id>12</id>", "<size>2</size>", "<username>ada<",
              "<default_value>oak</default_value>", "<color>#fa3253</color>", "subset=\"Train\"",
              "task_id=\"12\"",
              "source=\"semi-auto\" occluded=\"1\" rle=\"0, 2, 1, 1, 1, 1\" "
              "left=\"1\" top=\"2\" width=\"3\" height=\"2\" z_order=\"4\"",
              "xtl=\"1\" ytl=\"2\" xbr=\"4.5\" ybr=\"4\"",
              "<attribute name=\"kind\">oak &lt;old&gt;</attribute>"})
            QVERIFY2(text.contains(part), part);
        QCOMPARE(text.count("<mode>"), qsizetype(1));
        QVERIFY(!text.contains("<segments>"));

        const ReadResult back = format().read(path("back.xml"));
        QVERIFY2(back.findings.isEmpty(), texts(back.findings).constData());
        QVERIFY(back.dataset.images == dataset.images);
        QVERIFY(back.dataset.annotations == dataset.annotations);
        DatasetSource again(back.dataset);
        format().write(again, path("again.xml"));
        QCOMPARE(content(path("again.xml")), text);
    }

    void everyPixelComesBack()
    {
        std::mt19937 random(31);
        core::Dataset dataset;
        dataset.categories = {{1, "cat", "", 0}, {2, "dog <\u00e9 \"&\">", "", 0x00ff7f}};
        for (core::Id id = 1; id <= 200; ++id) {
            const core::Size size{1 + int(random() % 40), 1 + int(random() % 40)};
            dataset.images.push_back({id * 3, "sub/p" + std::to_string(id) + ".jpg", size});
            for (int i = int(random() % 4); i > 0; --i) {
                core::Rle mask = drawn::random(random, size);
                if (core::area(mask) > 0)
                    dataset.annotations.push_back({core::Id(dataset.annotations.size()) + 1, id * 3,
                                                   core::Id(1 + random() % 2), mask});
            }
        }
        DatasetSource source(dataset);
        const WriteSummary summary = format().write(source, path("pixels.xml"));
        QVERIFY(summary.losses.empty());
        const ReadResult back = format().read(path("pixels.xml"));
        QVERIFY(back.findings.isEmpty());
        QVERIFY(back.dataset.images == dataset.images);
        QVERIFY(back.dataset.annotations == dataset.annotations);
        QCOMPARE(back.dataset.categories[1].name, dataset.categories[1].name);
        QCOMPARE(back.dataset.categories[1].color, dataset.categories[1].color);
    }

    void masks_data()
    {
        QTest::addColumn<QByteArray>("shape");
        QTest::addColumn<QList<const char *>>("expected");
        using Lines = QList<const char *>;
        const auto row = [](const char *name, const QByteArray &rle, const QByteArray &block,
                            const Lines &expected) {
            QTest::newRow(name) << "<mask label='x' rle='" + rle + "' " + block + "/>" << expected;
        };
        row("rows, not columns", "1,2,3", "left='1' top='1' width='3' height='2'",
            {"......", "..##..", "......", "......", "......"});
        row("a run over several rows", "1, 7, 1", "left='1' top='1' width='3' height='3'",
            {"......", "..##..", ".###..", ".##...", "......"});
        row("runs that end early", "0,1", "left='2' top='2' width='2' height='2'",
            {"......", "......", "..#...", "......", "......"});
        row("empty runs between", "0,1,0,1,1,0,0,1", "left='0' top='0' width='4' height='1'",
            {"##.#..", "......", "......", "......", "......"});
        row("blanks", " 0 ,\n 1 ", "left='0' top='0' width='1' height='1'",
            {"#.....", "......", "......", "......", "......"});
        row("over the corner", "0,9", "left='-1' top='-2' width='3' height='3'",
            {"##....", "......", "......", "......", "......"});
    }
    void masks()
    {
        QFETCH(QByteArray, shape);
        QFETCH(QList<const char *>, expected);
        const ReadResult result = format().read(writeShapes(shape));
        QVERIFY2(result.findings.isEmpty(), texts(result.findings).constData());
        QVERIFY(result.dataset.annotations[0].mask ==
                drawn::mask({expected.begin(), expected.end()}));
    }

    void lossesAreCounted()
    {
        core::Dataset dataset;
        dataset.categories = {{1, "cat", "animal", 0}};
        dataset.images = {{1, "a.jpg", {3, 1}}};
        dataset.images[0].foreign = R"({"license":3,"list":[1],"b ad":1,"width":77})";
        dataset.annotations = {{1, 1, 1, drawn::mask({"#.#"}), true},
                               {2, 1, 1, drawn::mask({"..."})},
                               {3, 1, 1, drawn::mask({".#."})}};
        dataset.annotations[0].score = 0.5;
        dataset.annotations[0].track = 4;
        // what is not XML, or more than it, is nothing
        dataset.foreign = R"({"cvat_task":"</kept><name>x</name>"})";
        dataset.annotations[2].foreign =
            "{\"attributes\":{\"a\\u0001b\":\"\\u0000 \\ud83d\\ude00\",\"n\":2},\"rle\":\"0, 1\"}";
        DatasetSource source(dataset);
        const WriteSummary summary = format().write(source, path("lost.xml"));
        QStringList losses;
        for (const exporters::Loss &loss : summary.losses)
            losses += QString::fromStdString(loss.what) + ' ' + QString::number(loss.count);
        QCOMPARE(losses, (QStringList{"supercategories were left out 1",
                                      "unknown keys of images that are no single values were left "
                                      "out 1",
                                      "crowd marks were left out 1", "scores were left out 1",
                                      "tracks were left out 1",
                                      "objects without a pixel were left out 1"}));
        const ReadResult back = format().read(path("lost.xml"));
        QVERIFY2(back.findings.isEmpty(), texts(back.findings).constData());
        QVERIFY(json::parse(back.dataset.images[0].foreign) == json::parse(R"({"license":3})"));
        QVERIFY(back.dataset.annotations[1].mask == dataset.annotations[2].mask);
        QVERIFY(back.dataset.annotations[1].foreign.find("\U0001F600") != std::string::npos);
        QVERIFY(content(path("lost.xml")).contains("<name>Maskwright</name>"));
    }

    void nothingIsWrittenAfterAStopOrAnError()
    {
        core::Dataset dataset;
        dataset.images = {{1, "a.jpg", {3, 1}}, {1, "b.jpg", {3, 1}}};
        DatasetSource source(dataset);
        QVERIFY_THROWS_EXCEPTION(core::Error, format().write(source, path("never.xml")));
        std::stop_source stop;
        stop.request_stop();
        dataset.images.pop_back();
        QVERIFY_THROWS_EXCEPTION(core::Error,
                                 format().write(source, path("never.xml"), {}, stop.get_token()));
        QVERIFY_THROWS_EXCEPTION(core::Error,
                                 format().read(TEST_DATA_DIR "/cvat_xml", {}, stop.get_token()));
        QVERIFY(!std::filesystem::exists(path("never.xml")));
    }
};

QTEST_GUILESS_MAIN(TestCvatXml)
#include "tst_cvat_xml.moc"
