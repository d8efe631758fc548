// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"
#include "core/mask/rle_polygon.h"
#include "core/mask/rle_string.h"
#include "export/formats/coco/coco_quick_segmentation.h"
#include "export/formats/coco/coco_reader.h"
#include "export/formats/coco/coco_segmentation.h"
#include "sample_dataset.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <random>

class TestCocoReader : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    /// One image (id 1, 15 x 12), one category (id 1) and these annotations.
    exporters::ReadResult read(const QByteArray &annotations)
    {
        return readText("{'images':[{'id':1,'file_name':'a.jpg','width':15,'height':12}],"
                        "'categories':[{'id':1,'name':'c'}],'annotations':[" +
                        annotations + "]}");
    }

    /// ' stands for ".
    exporters::ReadResult readText(QByteArray text)
    {
        text.replace('\'', '"');
        QFile file(m_folder.filePath("t.json"));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write the test's file");
        file.close();
        return exporters::readCoco(file.fileName().toStdString());
    }

    core::Rle onlyMask(const QByteArray &segmentation)
    {
        const auto contents =
            read("{'id':1,'image_id':1,'category_id':1,'segmentation':" + segmentation + "}");
        return contents.dataset.annotations.at(0).mask;
    }

private Q_SLOTS:
    void goldenFile()
    {
        const auto contents = exporters::readCoco(TEST_DATA_DIR "/coco/two_images.json");
        const core::Dataset expected = sample::dataset();
        QVERIFY(contents.dataset.images == expected.images);
        QVERIFY(contents.dataset.categories == expected.categories);
        QVERIFY(contents.dataset.annotations == expected.annotations);
    }

    void allFormsOfSegmentation()
    {
        const core::Rle square{{15, 12}, {27, 5, 7, 5, 7, 5, 7, 5, 112}};
        QVERIFY(onlyMask("{'size':[12,15],'counts':'k05700000Y3'}") == square);
        QVERIFY(onlyMask("{'size':[12,15],'counts':[27,5,7,5,7,5,7,5,112]}") == square);
        QVERIFY(onlyMask("{'size':[12.0,15.0],'counts':[27,5,7,5,7,5,7,5,112.0],'x':1}") == square);
        QVERIFY(onlyMask("[[2,3,6,3,6,8,2,8]]") == square);
    }

    void emptyRunsGo()
    {
        const core::Rle square{{15, 12}, {27, 5, 148}};
        QVERIFY(onlyMask("{'size':[12,15],'counts':[27,2,0,3,148,0]}") == square);
    }

    void polygonsAreAUnionNotHoles()
    {
        const core::Rle outer = core::rleFromBox(1, 1, 10, 10, {15, 12});
        QVERIFY(onlyMask("[[1,1,11,1,11,11,1,11],[3,3,5,3,5,5,3,5]]") == outer);
        const core::Rle other = core::rleFromBox(12, 2, 2, 2, {15, 12});
        QVERIFY(onlyMask("[[1,1,11,1,11,11,1,11],[12,2,14,2,14,4,12,4]]") ==
                core::combine(outer, other, core::SetOperation::Union));
    }

    void listsInAnyOrderAndUnknownKeys()
    {
        const auto contents = readText(
            "{'x':[[{'y':[]}],1,'\\u00e9'],'annotations':[{'id':4,'segmentation':[[2,3,6,3,6,8,2,8]"
            "],"
            "'image_id':2,'category_id':3,'score':0.5,'attributes':{'a':[1,{}]},'iscrowd':true}],"
            "'z':null,'categories':[{'id':3,'name':'c','keypoints':['k']}],"
            "'images':[{'license':7,'id':2,'file_name':'s\\\\t/a.jpg','width':15,'height':12}]}");
        QCOMPARE(contents.dataset.annotations.size(), std::size_t(1));
        QVERIFY(contents.dataset.annotations[0].isCrowd);
        QCOMPARE(core::area(contents.dataset.annotations[0].mask), 20);
        QCOMPARE(contents.dataset.images[0].fileName, std::string("s/t/a.jpg"));
    }

    void byteOrderMarkIsSkipped()
    {
        QVERIFY(readText("\xef\xbb\xbf{'images':[],'annotations':[]}").dataset.images.empty());
    }

    void idZeroBecomesTheNextFree()
    {
        const auto dataset = readText("{'images':[{'id':0,'file_name':'a','width':2,'height':1},"
                                      "{'id':7,'file_name':'b','width':2,'height':1}],"
                                      "'categories':[{'id':0,'name':'c'}],'annotations':["
                                      "{'id':0,'image_id':0,'category_id':0,'segmentation':{'size':"
                                      "[1,2],'counts':[0,2]}},"
                                      "{'id':1,'image_id':7,'category_id':0,'segmentation':{'size':"
                                      "[1,2],'counts':[0,2]}}]}")
                                 .dataset;
        QCOMPARE(dataset.images[0].id, 8);
        QCOMPARE(dataset.images[1].id, 7);
        QCOMPARE(dataset.categories[0].id, 1);
        QCOMPARE(dataset.annotations[0].id, 2);
        QCOMPARE(dataset.annotations[0].imageId, 8);
        QCOMPARE(dataset.annotations[1].id, 1);
        QCOMPARE(dataset.annotations[1].imageId, 7);
        QCOMPARE(dataset.annotations[1].categoryId, 1);
    }

    void aBoxWithoutSegmentationIsABoxAlone()
    {
        const auto contents = read("{'id':1,'image_id':1,'category_id':1,'bbox':[1,2,3.5,4]},"
                                   "{'id':2,'image_id':1,'category_id':1,'bbox':[0.1,2,3,4],"
                                   "'segmentation':[ ],'area':12}");
        QVERIFY(contents.findings.isEmpty());
        const core::Annotation &first = contents.dataset.annotations.at(0);
        QVERIFY(!first.hasMask());
        QVERIFY((first.mask.size == core::Size{15, 12}));
        QVERIFY((*first.box == core::Box{0.5, 1.5, 4, 5.5})); // from pixels' corners to centres
        QVERIFY(!contents.dataset.annotations.at(1).hasMask());
        QVERIFY(!contents.dataset.annotations.at(1).foreign.size());
    }

    void whatTheFormatDoesNotKnowIsKept()
    {
        const core::Dataset dataset =
            readText("{'info':{'z':1,'a':[1.50,{}]},'licenses':[],'images':[{'id':1,'license':3,"
                     "'file_name':'a.jpg','width':15,'height':12,'date':'2020'}],"
                     "'categories':[{'keypoints':['b','a'],'id':1,'name':'c','isthing':0},"
                     "{'id':2,'name':'d','isthing':1}],"
                     "'annotations':[{'id':1,'b':{'z':1,'a':2},'image_id':1,'area':3.5,"
                     "'category_id':1,'score':0.25,'track_id':7,'segmentation':[[2,3,6,3,6,8]],"
                     "'a':1e2,'iscrowd':0},{'id':2,'image_id':1,'category_id':1,"
                     "'bbox':[1,1,2,2],'track_id':'seven'}],'x':null}")
                .dataset;
        QCOMPARE(dataset.foreign,
                 std::string(R"({"info":{"z":1,"a":[1.50,{}]},"licenses":[],"x":null})"));
        QCOMPARE(dataset.images.at(0).foreign, std::string(R"({"license":3,"date":"2020"})"));
        QCOMPARE(dataset.categories.at(0).foreign, std::string(R"({"keypoints":["b","a"]})"));
        QVERIFY(!dataset.categories[0].isThing && dataset.categories.at(1).isThing);
        QVERIFY(dataset.categories[1].foreign.empty());
        const core::Annotation &annotation = dataset.annotations.at(0);
        QCOMPARE(annotation.foreign, std::string(R"({"b":{"z":1,"a":2},"a":1e2})"));
        QCOMPARE(annotation.score, std::optional(0.25));
        QCOMPARE(annotation.track, core::Id(7));
        QCOMPARE(dataset.annotations.at(1).foreign, std::string(R"({"track_id":"seven"})"));
    }

    void aSideThatNoPictureHas()
    {
        const auto contents =
            readText("{'images':[{'id':1,'file_name':'a.jpg','width':8000000,'height':64},"
                     "{'id':2,'file_name':'b.jpg','width':1000000,'height':64}],'categories':["
                     "{'id':1,'name':'c'}],'annotations':[{'id':1,'image_id':1,'category_id':1,"
                     "'segmentation':[[0,0,9,0,9,9]]}]}");
        QCOMPARE(contents.findings.errors(), std::size_t(2));
        QCOMPARE(contents.findings.told()[0].rule, std::string("image-size"));
        QCOMPARE(contents.dataset.images.size(), std::size_t(1));
    }

    void whatIsMendedIsAWarning_data()
    {
        QTest::addColumn<QByteArray>("annotation");
        QTest::addColumn<QByteArray>("rule");
        const auto row = [](const char *name, const char *keys, const char *rule) {
            QTest::newRow(name) << QByteArray("{'image_id':1,'category_id':1,") + keys + "}"
                                << QByteArray(rule);
        };
        row("crowd of true", "'id':1,'bbox':[1,1,2,2],'iscrowd':true", "iscrowd-bool");
        row("id 0", "'id':0,'bbox':[1,1,2,2]", "id-zero");
        row("id in words", "'id':'one','bbox':[1,1,2,2]", "id-unusable");
        row("negative id", "'id':-4,'bbox':[1,1,2,2]", "id-unusable");
        row("no id", "'bbox':[1,1,2,2]", "id-unusable");
        row("an id behind which there is none", "'id':9223372036854775807,'bbox':[1,1,2,2]",
            "id-unusable");
        row("score in words", "'id':1,'bbox':[1,1,2,2],'score':'high'", "score");
        row("bytes as Python prints them",
            "'id':1,'segmentation':{'size':[12,15],'counts':'b\\u0027k05700000Y3\\u0027'}",
            "rle-bytes");
        row("same id twice",
            "'id':5,'bbox':[1,1,2,2]},{'id':5,'image_id':1,'category_id':1,"
            "'bbox':[1,1,2,2]",
            "id-twice");
    }
    void whatIsMendedIsAWarning()
    {
        QFETCH(QByteArray, annotation);
        QFETCH(QByteArray, rule);
        const auto contents = read(annotation);
        QCOMPARE(contents.findings.errors(), std::size_t(0));
        QCOMPARE(contents.findings.warnings(), std::size_t(1));
        QCOMPARE(QByteArray::fromStdString(contents.findings.told()[0].rule), rule);
        for (const core::Annotation &one : contents.dataset.annotations)
            QVERIFY(one.id == 1 || one.id == 5 || one.id == 6);
        QVERIFY(!contents.dataset.annotations.empty());
    }

    void printedBytesAreTheSameMask()
    {
        const core::Rle square{{15, 12}, {27, 5, 7, 5, 7, 5, 7, 5, 112}};
        QVERIFY(onlyMask("{'size':[12,15],'counts':'b\\u0027k05700000Y3\\u0027'}") == square);
    }

    /// The short way over numbers and run lengths gives what the JSON library's values give.
    void bothWaysOfReadingAgree()
    {
        std::mt19937 random(11);
        for (int round = 0; round < 400; ++round) {
            const core::Size size{1 + int(random() % 60), 1 + int(random() % 60)};
            std::string text;
            if (random() % 2 == 0) {
                core::Mask mask(size);
                for (auto &pixel : mask.pixels)
                    pixel = random() % 3 == 0;
                text = nlohmann::json{{"counts", core::toString(core::encode(mask))},
                                      {"size", {size.height, size.width}}}
                           .dump();
            } else {
                nlohmann::json polygons;
                for (unsigned i = 0; i <= random() % 3; ++i) {
                    nlohmann::json ring;
                    const unsigned count = 6 + 2 * (random() % 6);
                    for (unsigned k = 0; k < count; ++k)
                        ring.push_back(double(random() % 9000) / 100.0 - 15); // up to 17 digits
                    polygons.push_back(ring);
                }
                text = polygons.dump();
            }
            const nlohmann::json element = nlohmann::json::object();
            const core::Rle slow =
                exporters::readCocoSegmentation(nlohmann::json::parse(text), size, {element, "x"});
            const std::optional<core::Rle> quick = exporters::quickSegmentation(text, size);
            QVERIFY2(quick.has_value(), text.c_str());
            QVERIFY2(*quick == slow, text.c_str());
        }
    }

    void theShortWayLeavesWhatIsOddToTheOther_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"[[1,1,5,1,5,05]]",
                                 "[[1,1,5,1,5,.5]]",
                                 "[[1,1,5,1,5,5.]]",
                                 "[[1,1,5,1,5,+5]]",

                                 "[[1,1,5,1,5,1e999]]",
                                 "[[1,1,5,1,5,1e]]",
                                 "[[1,1,5,1,5,1e+]]",
                                 "[[1,1,5,1,5,-]]",
                                 "[[1,1,5,1,5,12345678901234567]]",
                                 "[[1,1,5,1,5,NaN]]",
                                 "[[1,1,5,1,5,5],]",
                                 "[[1,1,5,1,5,5]]]",
                                 "[[1,1,5,1,5]]",
                                 "[[1,1,5,1,5,5,]]",
                                 "[",
                                 "[[1,1,5,1,5,99999999999]]",
                                 "{'counts':'0d5','size':[12,15] x}",
                                 "{'counts':'0d5','size':[12,15],'x':1}",
                                 "{'counts':'0d5','size':[12,15],}",
                                 "{'counts':'0d5','size':[12.5,15]}",
                                 "{'counts':'0\\u00645','size':[12,15]}",
                                 "{'counts':'0d','size':[12,15]}",
                                 "{'counts':[180],'size':[12,15]}",
                                 "'text'",
                                 "null"})
            QTest::newRow(text) << QByteArray(text).replace('\'', '"');
    }
    void theShortWayLeavesWhatIsOddToTheOther()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!exporters::quickSegmentation(text.toStdString(), {15, 12}));
    }

    /// More than one batch, on several threads: the order is the file's.
    void manyAnnotationsKeepTheirOrder()
    {
        QByteArray annotations;
        for (int id = 1; id <= 60'000; ++id)
            annotations += (id > 1 ? ",\n{'id':" : "{'id':") + QByteArray::number(id * 7 % 60'013) +
                           ",'image_id':1,'category_id':1,'segmentation':{'size':[12,15],"
                           "'counts':'k05700000Y3'}}";
        const auto contents = read(annotations);
        QVERIFY(contents.findings.isEmpty());
        QCOMPARE(contents.dataset.annotations.size(), std::size_t(60'000));
        for (int id = 1; id <= 60'000; ++id)
            QCOMPARE(contents.dataset.annotations[std::size_t(id) - 1].id, id * 7 % 60'013);
        annotations += ",\n{'id':60001,'image_id':1,'category_id':1,'segmentation':[[1,2,x]]}";
        const exporters::Findings findings = read(annotations).findings;
        QCOMPARE(findings.errors(), std::size_t(1));
        const QByteArray sentence = QByteArray::fromStdString(toText(findings.told()[0]));
        const QByteArray head = "{'images':[{'id':1,'file_name':'a.jpg','width':15,'height':12}],"
                                "'categories':[{'id':1,'name':'c'}],'annotations':[";
        const auto place = QByteArray::number(head.size() + annotations.indexOf('x') + 1);
        QVERIFY2(
            sentence.contains("annotations[60000] (id 60001): is not valid JSON at byte " + place),
            sentence.constData());
    }

    void progressNeverGoesBack()
    {
        QFile file(m_folder.filePath("p.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QByteArray text = "{\"annotations\":[";
        for (int id = 1; id <= 40'000; ++id)
            text += (id > 1 ? ",{\"id\":" : "{\"id\":") + QByteArray::number(id) +
                    ",\"image_id\":1,\"category_id\":1,\"bbox\":[1,1,2,2]}";
        text += "],\"images\":[{\"id\":1,\"file_name\":\"a\",\"width\":9,\"height\":9}],"
                "\"categories\":[{\"id\":1,\"name\":\"c\"}]}";
        file.write(text);
        file.close();
        double last = 0;
        const auto contents =
            exporters::readCoco(file.fileName().toStdString(), {}, [&](double share) {
                QVERIFY2(share >= last && share <= 1, QByteArray::number(share).constData());
                last = share;
            });
        QCOMPARE(last, 1.0);
        QCOMPARE(contents.dataset.annotations.size(), std::size_t(40'000));
    }

    void stops()
    {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(
            exporters::readCoco(TEST_DATA_DIR "/coco/two_images.json", stop.get_token()),
            core::Error);
    }
};

QTEST_GUILESS_MAIN(TestCocoReader)
#include "tst_coco_reader.moc"
