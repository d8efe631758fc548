// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "export/formats.h"
#include "export/formats/label_studio.h"
#include "export/formats/label_studio/label_studio_picture.h"
#include "tests/export/drawn_masks.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QtTest>

using exporters::ReadResult;
using nlohmann::json;

class TestLabelStudio : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    static const exporters::Format &format()
    {
        static const exporters::LabelStudio format;
        return format;
    }

    /// The tests write ' for ".
    std::filesystem::path write(QByteArray text)
    {
        text.replace('\'', '"');
        QFile file(m_folder.filePath("t.json"));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write the test's file");
        return m_folder.filePath("t.json").toStdString();
    }
    static QByteArray texts(const exporters::Findings &findings)
    {
        QByteArray all;
        for (const exporters::Finding &finding : findings.told())
            all += QByteArray::fromStdString(toText(finding)) + '\n';
        return all;
    }
    static QByteArray task(const QByteArray &results)
    {
        return "{'id':1,'data':{'image':'a.jpg'},'annotations':[{'result':[" + results + "]}]}";
    }
    static QByteArray result(const QByteArray &value)
    {
        return "{'type':'polygonlabels','original_width':6,'original_height':5,'value':{" + value +
               "}}";
    }

private Q_SLOTS:
    void byHand()
    {
        const std::filesystem::path file = TEST_DATA_DIR "/label_studio/tasks.json";
        QCOMPARE(exporters::recogniseFormat(file)->name(), std::string_view("label-studio"));
        const ReadResult result = format().read(file);
        QCOMPARE(texts(result.findings).replace(TEST_DATA_DIR, ""),
                 QByteArray("/label_studio/tasks.json: tasks[0] (id 21): it was annotated 2 times; "
                            "the first one was taken.\n"
                            "/label_studio/tasks.json: 1 results of the type \"choices\" cover no "
                            "pixels and were left out.\n"
                            "/label_studio/tasks.json: 1 results of the type \"keypointlabels\" "
                            "cover no pixels and were left out.\n"
                            "/label_studio/tasks.json: 1 results of the type \"relation\" cover no "
                            "pixels and were left out.\n"));
        const core::Dataset &read = result.dataset;
        QCOMPARE(read.images.size(), std::size_t(2));
        QVERIFY((read.images[0] ==
                 core::ImageRecord{21, "street.png", {7, 5}, R"({"camera":"north"})"}));
        QVERIFY(
            (read.images[1] == core::ImageRecord{22, "photos/more yards/yard.png", {4, 4}, {}}));
        QCOMPARE(read.categories.size(), std::size_t(3));
        QCOMPARE(read.categories[2].name, std::string("sign"));
        QCOMPARE(read.annotations.size(), std::size_t(5));
        QVERIFY(read.annotations[0].mask == drawn::mask({"#......", //
                                                         "..####.", //
                                                         "..#.##.", //
                                                         "..####.", //
                                                         "......."}));
        QVERIFY(read.annotations[0].foreign.empty());
        QVERIFY(read.annotations[1].mask == drawn::mask({".......", //
                                                         ".......", //
                                                         "###....", //
                                                         "###....", //
                                                         "......."}));
        QCOMPARE(read.annotations[1].categoryId, core::Id(2));
        const core::Box box = read.annotations[2].box.value();
        QVERIFY(std::abs(box.x0 - 0.5) + std::abs(box.y0 - 0.5) + std::abs(box.x1 - 4) +
                    std::abs(box.y1 - 3.5) <
                1e-9);
        QVERIFY(!read.annotations[2].hasMask());
        QCOMPARE(read.annotations[2].categoryId, core::Id(3));
        QCOMPARE(*read.annotations[2].score, 0.75);
        QVERIFY(json::parse(read.annotations[2].foreign) == json::parse(R"({"text":["stop"]})"));
        QCOMPARE(read.annotations[3].imageId, core::Id(22));
        QVERIFY(read.annotations[3].mask == drawn::mask({"....", //
                                                         "####", //
                                                         "####", //
                                                         "...."}));
        QVERIFY(read.annotations[4].mask == drawn::mask({".##.", //
                                                         "####", //
                                                         "####", //
                                                         ".##."}));
    }

    void pictures_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("brief");
        QTest::addColumn<QByteArray>("full");
        const auto row = [](const char *name, const QByteArray &text, const char *brief,
                            const char *full) {
            QTest::newRow(name) << text << QByteArray(brief) << QByteArray(full);
        };
        const auto image = [](const QByteArray &name) {
            return "{'data':{'image':'" + name + "'}}";
        };
        row("upload", image("/data/upload/1/0123abcd-a-b.jpg"), "a-b.jpg", "0123abcd-a-b.jpg");
        row("upload without digits", image("/data/upload/a.jpg"), "a.jpg", "a.jpg");
        row("upload, not digits", image("/data/upload/1/holidays-a.jpg"), "holidays-a.jpg",
            "holidays-a.jpg");
        row("upload alone", "{'file_upload':'0123abcd-a.jpg','data':{}}", "a.jpg",
            "0123abcd-a.jpg");
        row("local file", image("/data/local-files/?d=x/y%20z.jpg"), "x/y z.jpg", "x/y z.jpg");
        row("local file of Windows", image("/data/local-files/?d=C:%5Cx%5Cy.jpg&t=1"), "x/y.jpg",
            "x/y.jpg");
        row("local file that leads out", image("/data/local-files/?d=../../etc/a.jpg"), "etc/a.jpg",
            "etc/a.jpg");
        row("local file of a root", image("/data/local-files/?d=/etc/a.jpg"), "etc/a.jpg",
            "etc/a.jpg");
        row("address", image("https://host/x/a%20b.jpg?token=1#2"), "a b.jpg", "x/a b.jpg");
        row("bucket", image("s3://bucket/x/a.jpg"), "a.jpg", "x/a.jpg");
        row("bucket with a name that leads out", image("s3://bucket/../%2e%2e/a.jpg"), "a.jpg",
            "a.jpg");
        row("path", image("x/a.jpg"), "x/a.jpg", "x/a.jpg");
        row("the picture itself", image("data:image/png;base64,AAAA"), "", "");
        row("another key", "{'data':{'n':3,'text':'hello','photo':'x/a.jpg'}}", "x/a.jpg",
            "x/a.jpg");
        row("nothing", "{'data':{'text':'hello'}}", "", "");
        row("no data", "{'data':[1]}", "", "");
        row("only dots", image("../.."), "", "");
    }
    void pictures()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, brief);
        QFETCH(QByteArray, full);
        const auto picture =
            exporters::labelStudioPicture(json::parse(text.replace('\'', '"').toStdString()));
        QCOMPARE(QByteArray::fromStdString(picture.brief), brief);
        QCOMPARE(QByteArray::fromStdString(picture.full), full);
    }

    void theSameBriefNameTwice()
    {
        const QByteArray end = ",'annotations':[{'result':[" +
                               result("'points':[[0,0],[50,0],[50,50]],'polygonlabels':['x']") +
                               "]}]}";
        const ReadResult read =
            format().read(write("[{'data':{'image':'s3://b/x/a.jpg'}" + end +
                                ",{'id':7,'data':{'image':'s3://b/"
                                "y/a.jpg'}" +
                                end + ",{'id':7,'data':{'image':'s3://b/y/b.jpg'}" + end + "]"));
        QVERIFY2(read.findings.isEmpty(), texts(read.findings).constData());
        const std::vector<core::ImageRecord> &images = read.dataset.images;
        QCOMPARE(images[0].fileName, std::string("x/a.jpg"));
        QCOMPARE(images[1].fileName, std::string("y/a.jpg"));
        QCOMPARE(images[2].fileName, std::string("b.jpg"));
        QCOMPARE(images[0].id, core::Id(8));
        QCOMPARE(images[1].id, core::Id(7));
        QCOMPARE(images[2].id, core::Id(9));
        QCOMPARE(read.dataset.annotations[2].imageId, core::Id(9));
    }

    void theGroundTruthCounts()
    {
        const auto annotation = [](const QByteArray &label, const QByteArray &more) {
            return "{'result':[" +
                   result("'points':[[0,0],[50,0],[50,50]],'polygonlabels':['" + label + "']") +
                   "]" + more + "}";
        };
        const ReadResult read = format().read(
            write("[{'id':1,'data':{'image':'a.jpg'},'annotations':[" + annotation("a", "") + "," +
                  annotation("b", ",'ground_truth':true") + "," +
                  annotation("c", ",'ground_truth':true") + "]}]"));
        QCOMPARE(read.dataset.annotations.size(), std::size_t(1));
        QCOMPARE(read.dataset.categories[0].name, std::string("b"));
        QVERIFY(texts(read.findings).contains("annotated 3 times; the ground truth"));
    }

    void tasksWithoutRegions()
    {
        QImage picture(4, 3, QImage::Format_RGB32);
        picture.fill(0);
        QVERIFY(picture.save(m_folder.filePath("a.png")));
        const auto file = write("[{'id':1,'data':{'image':'a.png'},'annotations':[],'predictions':"
                                "[{'result':[]}]},"
                                "{'id':2,'data':{'image':'b.png'},'annotations':[]}]");
        const ReadResult read = format().read(file, {m_folder.path().toStdString()});
        QCOMPARE(read.dataset.images.size(), std::size_t(1));
        QVERIFY((read.dataset.images[0] == core::ImageRecord{1, "a.png", {4, 3}, {}}));
        const QByteArray text = texts(read.findings);
        QVERIFY(text.contains("tasks[0] (id 1): it has predictions alone"));
        QVERIFY(text.contains("tasks[1] (id 2): it has no region, and its picture \"b.png\""));
    }

    void labels()
    {
        const ReadResult read = format().read(
            write("[" +
                  task(result("'points':[[0,0],[50,0],[50,50]]") + "," +
                       result("'points':[[0,0],[50,0],[50,50]],'polygonlabels':['a','b']")) +
                  "]"));
        QCOMPARE(read.dataset.categories[0].name, std::string("object"));
        QCOMPARE(read.dataset.categories[1].name, std::string("a"));
        QCOMPARE(read.findings.warnings(), std::size_t(2));
        QVERIFY(json::parse(read.dataset.annotations[1].foreign) ==
                json::parse(R"({"labels":["a","b"]})"));
    }

    /// Left out with a sentence, and the good region after it is read.
    void badResults_data()
    {
        QTest::addColumn<QByteArray>("bad");
        QTest::addColumn<QByteArray>("mentions");
        const auto row = [](const char *name, const QByteArray &bad, const char *mentions) {
            QTest::newRow(name) << bad << QByteArray(mentions);
        };
        const QByteArray label = ",'polygonlabels':['x']";
        row("a number", "7", "not an object");
        row("type is a number", "{'type':7,'value':{}}", "\"type\"");
        row("another size", "{'original_width':7,'original_height':5,'value':{'points':[]}}",
            "original_width");
        row("two points", result("'points':[[0,0],[1,1]]" + label), "three points");
        row("points of text", result("'points':[[0,0],[1,1],['a',3]]" + label), "a point");
        row("far points", result("'points':[[0,0],[1,1],[1e300,3]]" + label), "reasonable");
        row("polygon outside", result("'points':[[110,0],[120,0],[120,50]]" + label), "no pixel");
        row("x of text", result("'x':'1','y':1,'width':3,'height':3" + label), "\"x\"");
        row("no y", result("'x':1,'width':3,'height':3" + label), "\"y\"");
        row("empty box", result("'x':1,'y':1,'width':0,'height':3" + label), "box");
        row("turn of text", result("'x':1,'y':1,'width':3,'height':3,'rotation':'x'" + label),
            "rotation");
        row("no radius", result("'x':1,'y':1,'radiusX':0,'radiusY':3" + label), "radius");
        row("brush of text", result("'rle':'abc'" + label), "list of bytes");
        row("brush of large numbers", result("'rle':[0,256]" + label), "bytes");
        row("brush of negative numbers", result("'rle':[0,-1]" + label), "bytes");
        row("brush of fractions", result("'rle':[0,0.5]" + label), "bytes");
        row("brush breaks off", result("'rle':[0,0,0,120,57]" + label), "breaks off");
        row("brush of another picture", result("'rle':[255,255,255,255,57,27,252]" + label),
            "4294967295 values");
    }
    void badResults()
    {
        QFETCH(QByteArray, bad);
        QFETCH(QByteArray, mentions);
        const ReadResult read = format().read(
            write("[" +
                  task(result("'points':[[0,0],[50,0],[50,50]],'polygonlabels':['x']") + "," + bad +
                       "," + result("'points':[[0,0],[50,0],[50,50]],'polygonlabels':['x']")) +
                  "]"));
        QCOMPARE(read.dataset.annotations.size(), std::size_t(2));
        QCOMPARE(read.findings.errors(), std::size_t(1));
        const QByteArray text = texts(read.findings);
        QVERIFY2(text.contains("t.json: tasks[0] (id 1).result[1]: ") && text.contains(mentions),
                 text.constData());
        QVERIFY2(text.count("result[1]") == 1, text.constData());
    }

    void badTasks()
    {
        const ReadResult read = format().read(
            write("[7,{'image':'a.jpg','label':[]},{'id':-4,'annotations':'x','data':3},"
                  "{'annotations':[7,{'result':7},{'result':[]}],'data':{'image':3}},"
                  "{'id':5,'annotations':[{'result':[{'original_width':9999999,'original_height':1,"
                  "'value':{}}]}]}," +
                  task(result("'points':[[0,0],[50,0],[50,50]],'polygonlabels':['x']")) + "]"));
        QCOMPARE(read.dataset.images.size(), std::size_t(1));
        QCOMPARE(read.dataset.annotations.size(), std::size_t(1));
        const QByteArray text = texts(read.findings);
        for (const char *mentions :
             {"tasks[0]: is not an object", "tasks[1]: has no annotations; export as JSON",
              "tasks[2]: it has no region", "tasks[3]: it has no region",
              "tasks[4] (id 5): result[0] has the impossible size 9999999 x 1"})
            QVERIFY2(text.contains(mentions), text.constData());
    }

    void aTaskOfTooManyValuesCostsItselfAlone()
    {
        const QByteArray good =
            task(result("'points':[[0,0],[50,0],[50,50]],'polygonlabels':['x']"));
        const QByteArray large = task("{'value':[0" + QByteArray(",0").repeated(1 << 22) + "]}");
        const ReadResult read =
            format().read(write("[" + good + "," + large + ",{'id':nonsense}," + good + "]"));
        QCOMPARE(read.dataset.images.size(), std::size_t(2));
        QCOMPARE(read.findings.told().at(0).rule, std::string("too-large"));
        QCOMPARE(read.findings.told().at(0).place, std::string("tasks[1]"));
        QCOMPARE(read.findings.told().at(1).rule, std::string("not-json"));
        QCOMPARE(read.findings.errors(), std::size_t(2));
    }

    void aTurnedPictureIsToldOf()
    {
        QByteArray turned = result("'points':[[0,0],[50,0],[50,50]],'polygonlabels':['x']");
        turned.replace("'original_width'", "'image_rotation':90,'original_width'");
        const ReadResult read = format().read(write("[" + task(turned) + "]"));
        QCOMPARE(read.dataset.annotations.size(), std::size_t(1));
        QCOMPARE(read.findings.told().at(0).rule, std::string("image-rotation"));
    }

    void noSuchFile()
    {
        QVERIFY_THROWS_EXCEPTION(core::Error, format().read(write("{'annotations':[]}")));
        QVERIFY_THROWS_EXCEPTION(core::Error, format().read(write("[{'annotations':[")));
        QVERIFY_THROWS_EXCEPTION(core::Error, format().read("/no/such.json"));
        QVERIFY(!format().canWrite());
        QVERIFY(format().recognises(write("[{'id':1,'annotations':[{'result':[")));
        QVERIFY(!format().recognises(write("[{'image_id':1,'score':1}]")));
    }
};

QTEST_GUILESS_MAIN(TestLabelStudio)
#include "tst_label_studio.moc"
