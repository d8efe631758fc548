// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/mask/rle_merge.h"
#include "export/formats.h"
#include "export/formats/labelme.h"
#include "tests/export/drawn_masks.h"

#include <nlohmann/json.hpp>

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QtTest>

using exporters::ReadResult;

namespace
{

const QByteArray patchPng = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAAAAAC4HznGAAAAEElEQVR4nGNgYGRgYGRgBA"
                            "AAEgAEDomvWwAAAABJRU5ErkJggg=="; // .#. #.#, of the values 0 and 1
const QByteArray bitPng = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACAQAAAAC1D1u3AAAADElEQVR4nGNwYFgAAAFkAO"
                          "GROt8sAAAAAElFTkSuQmCC"; // the same of one bit
const QByteArray colourPng = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAFUlEQVR4nGNgYGD4//8/"
                             "A5z6//8/AErJCPj3jyA0AAAAAElFTkSuQmCC"; // the same, RGB

} // namespace

class TestLabelMe : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    static const exporters::Format &format()
    {
        static const exporters::LabelMe format;
        return format;
    }

    /// The tests write ' for ".
    std::filesystem::path write(const QString &name, QByteArray text)
    {
        text.replace('\'', '"');
        const QString path = m_folder.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write the test's file");
        return path.toStdString();
    }
    static QByteArray withShapes(const QByteArray &shapes)
    {
        return "{'version':'5.1.1','flags':{},'shapes':[" + shapes +
               "],'imagePath':'a.jpg','imageData':null,'imageHeight':5,'imageWidth':6}";
    }
    static QByteArray texts(const exporters::Findings &findings)
    {
        QByteArray all;
        for (const exporters::Finding &finding : findings.told())
            all += QByteArray::fromStdString(toText(finding)) + '\n';
        return all;
    }

private Q_SLOTS:
    void init()
    {
        QVERIFY(QDir(m_folder.path()).removeRecursively() && QDir().mkpath(m_folder.path()));
    }

    void aFolderByHand()
    {
        const std::filesystem::path folder = TEST_DATA_DIR "/labelme/in";
        QCOMPARE(exporters::recogniseFormat(folder)->name(), std::string_view("labelme"));
        const ReadResult result = format().read(folder);
        QVERIFY2(result.findings.isEmpty(), texts(result.findings).constData());
        const core::Dataset &read = result.dataset;

        QCOMPARE(read.images.size(), std::size_t(2));
        QCOMPARE(read.images[0].fileName, std::string("street.jpg"));
        QVERIFY((read.images[0].size == core::Size{8, 5}));
        QVERIFY(nlohmann::json::parse(read.images[0].foreign) ==
                nlohmann::json::parse(R"({"flags":{"night":true},"checked":true})"));
        QCOMPARE(read.images[1].fileName, std::string("yards/yard.png"));
        QVERIFY(read.images[1].foreign.empty());

        QCOMPARE(read.categories.size(), std::size_t(2));
        QCOMPARE(read.categories[0].name, std::string("car"));
        QCOMPARE(read.categories[1].name, std::string("tree"));

        QCOMPARE(read.annotations.size(), std::size_t(4));
        // two polygons of one group
        QVERIFY(read.annotations[0].mask == drawn::mask({"##......", //
                                                         "##......", //
                                                         "......##", //
                                                         "......##", //
                                                         "........"}));
        QVERIFY(nlohmann::json::parse(read.annotations[0].foreign) ==
                nlohmann::json::parse(
                    R"({"group_id":3,"description":"behind the pole","flags":{"cut":true}})"));
        // the same group of another label
        QVERIFY(read.annotations[1].mask == drawn::mask({"........", //
                                                         "...###..", //
                                                         "...###..", //
                                                         "...###..", //
                                                         "........"}));
        QCOMPARE(read.annotations[1].categoryId, core::Id(2));
        QVERIFY(read.annotations[2].box == (core::Box{0.5, 1.5, 4, 3.5}));
        QVERIFY(!read.annotations[2].hasMask());
        QCOMPARE(*read.annotations[2].score, 0.75);
        QVERIFY(read.annotations[2].foreign.empty());
        QCOMPARE(read.annotations[3].imageId, core::Id(2));
    }

    void shapes_data()
    {
        QTest::addColumn<QByteArray>("shape");
        QTest::addColumn<QList<const char *>>("expected");
        using Lines = QList<const char *>;
        QTest::newRow("polygon without a type")
            << QByteArray("'points':[[1,1],[4,1],[4,3],[1,3]]")
            << Lines{"......", ".###..", ".###..", "......", "......"};
        QTest::newRow("null as a type")
            << QByteArray("'points':[[1,1],[4,1],[4,3],[1,3]],'shape_type':null")
            << Lines{"......", ".###..", ".###..", "......", "......"};
        QTest::newRow("polygon beyond the picture")
            << QByteArray("'points':[[-9,-9],[2,-9],[2,2],[-9,2]],'shape_type':'polygon'")
            << Lines{"##....", "##....", "......", "......", "......"};
        QTest::newRow("oriented rectangle")
            << QByteArray("'points':[[3,0],[6,0],[6,2],[3,2]],'shape_type':'oriented_rectangle'")
            << Lines{"...###", "...###", "......", "......", "......"};
        QTest::newRow("circle") << QByteArray("'points':[[2,2],[4,2]],'shape_type':'circle'")
                                << Lines{".##...", "####..", "####..", ".##...", "......"};
        const Lines patch{"......", "......", "...#..", "..#.#.", "......"};
        QTest::newRow("mask of zeros and ones")
            << "'points':[[2,2],[4,3]],'shape_type':'mask','mask':'" + patchPng + "'" << patch;
        QTest::newRow("mask of bits")
            << "'points':[[2.0,2.0],[4.0,3.0]],'shape_type':'mask','mask':'" + bitPng + "'"
            << patch;
        QTest::newRow("mask in colour")
            << "'points':[[2,2],[4,3]],'shape_type':'mask','mask':'" + colourPng + "'" << patch;
        QTest::newRow("mask between exclusive corners")
            << "'points':[[2,2],[5,4]],'shape_type':'mask','mask':'" + patchPng + "'" << patch;
        QTest::newRow("mask that hangs over the corner")
            << "'points':[[-1,-1],[1,0]],'shape_type':'mask','mask':'" + patchPng + "'"
            << Lines{".#....", "......", "......", "......", "......"};
    }
    void shapes()
    {
        QFETCH(QByteArray, shape);
        QFETCH(QList<const char *>, expected);
        const ReadResult result =
            format().read(write("a.json", withShapes("{'label':'x'," + shape + "}")));
        QVERIFY2(result.findings.isEmpty(), texts(result.findings).constData());
        QCOMPARE(result.dataset.annotations.size(), std::size_t(1));
        QVERIFY(result.dataset.annotations[0].mask ==
                drawn::mask({expected.begin(), expected.end()}));
    }

    /// Every one of these is left out with a sentence, and the good shape after it is read.
    void badShapes_data()
    {
        QTest::addColumn<QByteArray>("shape");
        QTest::addColumn<QByteArray>("mentions");
        const auto row = [](const char *name, const QByteArray &shape, const char *mentions) {
            QTest::newRow(name) << shape << QByteArray(mentions);
        };
        row("number", "7", "not an object");
        row("no label", "{'points':[[1,1],[4,1],[4,3]]}", "\"label\"");
        row("no points", "{'label':'x'}", "\"points\"");
        row("points of text", "{'label':'x','points':'1,1'}", "\"points\"");
        row("flat points", "{'label':'x','points':[1,1,4,1,4,3]}", "a point");
        row("point of three", "{'label':'x','points':[[1,1,1]]}", "[x, y]");
        row("two points", "{'label':'x','points':[[1,1],[4,1]]}", "three points");
        row("far away", "{'label':'x','points':[[1,1],[1e300,1],[4,3]]}", "reasonable size");
        row("outside", "{'label':'x','points':[[10,10],[14,10],[14,13]]}", "no pixel");
        row("no area", "{'label':'x','points':[[1,1],[4,1],[1,1]]}", "no pixel");
        row("unknown type", "{'label':'x','points':[[1,1]],'shape_type':'star'}", "star");
        row("type is a number", "{'label':'x','points':[[1,1]],'shape_type':4}", "shape_type");
        row("rectangle of one corner", "{'label':'x','points':[[1,1]],'shape_type':'rectangle'}",
            "1 points");
        row("empty rectangle", "{'label':'x','points':[[1,1],[1,4]],'shape_type':'rectangle'}",
            "box");
        row("circle without rim", "{'label':'x','points':[[1,1],[1,1]],'shape_type':'circle'}",
            "radius");
        row("mask without picture", "{'label':'x','points':[[1,1],[3,2]],'shape_type':'mask'}",
            "\"mask\"");
        row("mask is no base64",
            "{'label':'x','points':[[1,1],[3,2]],'shape_type':'mask','mask':'%%%'}", "no PNG");
        row("mask breaks off",
            "{'label':'x','points':[[1,1],[3,2]],'shape_type':'mask','mask':'" + patchPng.left(60) +
                "'}",
            "mask picture");
        row("mask of another size",
            "{'label':'x','points':[[1,1],[4,4]],'shape_type':'mask','mask':'" + patchPng + "'}",
            "3 x 2");
        row("mask larger than the picture",
            "{'label':'x','points':[[0,0],[2000000000,2000000000]],'shape_type':'mask','mask':'" +
                patchPng + "'}",
            "corner far away");
        row("mask from one end of the numbers to the other",
            "{'label':'x','points':[[-1073741824,0],[1073741824,1]],'shape_type':'mask','mask':'" +
                patchPng + "'}",
            "3 x 2");
        row("score of text", "{'label':'x','points':[[1,1],[4,1],[4,3],[1,3]],'score':'high'}",
            "score");
    }
    void badShapes()
    {
        QFETCH(QByteArray, shape);
        QFETCH(QByteArray, mentions);
        const ReadResult result = format().read(write(
            "a.json", withShapes(shape + ",{'label':'x','points':[[0,0],[2,0],[2,2],[0,2]]}")));
        QCOMPARE(result.dataset.annotations.size(), std::size_t(1));
        QCOMPARE(result.findings.errors(), std::size_t(1));
        const QByteArray text = texts(result.findings);
        QVERIFY2(text.contains("a.json: shapes[0]: ") && text.contains(mentions), text.constData());
        QVERIFY2(text.count("shapes[0]") == 1 && text.size() < 400, text.constData());
    }

    /// A PNG of a hundred bytes that says it is huge is not decoded.
    void aPictureBombIsNotDecoded()
    {
        QImage huge(30000, 30000, QImage::Format_Mono);
        QVERIFY(!huge.isNull());
        huge.fill(1);
        QByteArray png;
        QBuffer buffer(&png);
        buffer.open(QIODevice::WriteOnly);
        huge.save(&buffer, "PNG");
        const ReadResult result = format().read(write(
            "a.json", withShapes("{'label':'x','points':[[0,0],[29999,29999]],'shape_type':'mask',"
                                 "'mask':'" +
                                 png.toBase64() + "'}")));
        QCOMPARE(result.findings.errors(), std::size_t(1));
        QVERIFY(texts(result.findings).contains("30000 x 30000"));
    }

    void shapesWithoutAreaAreToldOf()
    {
        const ReadResult result = format().read(
            write("a.json", withShapes("{'label':'x','points':[[1,1]],'shape_type':'point'},"
                                       "{'label':'x','points':[[1,1],[2,2]],'shape_type':'line'},"
                                       "{'label':'x','points':[],'shape_type':'linestrip'}")));
        QVERIFY(result.dataset.annotations.empty());
        QCOMPARE(result.findings.warnings(), std::size_t(3));
        QCOMPARE(result.findings.told()[1].rule, std::string("no-area"));
        QCOMPARE(result.findings.told()[1].place, std::string("shapes[1]"));
    }

    void badFilesDoNotCostTheOthers()
    {
        write("a.json", withShapes("{'label':'x','points':[[0,0],[2,0],[2,2],[0,2]]}"));
        write("b.json", "{'version':'5.1.1','shapes':[");
        write("c.json", "{'images':[],'annotations':[]}");
        write("d.json", "{'shapes':[],'imagePath':'','imageHeight':5,'imageWidth':6}");
        write("e.json", "{'shapes':[],'imagePath':'e.jpg','imageHeight':-5,'imageWidth':6}");
        write("f.json", "{'shapes':[],'imagePath':'f.jpg'}");
        write("g.json", withShapes(""));
        write("j.json", "{'shapes':[],'imagePath':'j.jpg','imageHeight':1,'imageWidth':99999999}");
        write("h.json", QByteArray(200000, '['));
        write("i.json", "{'shapes':[],'imagePath':'\xff.jpg','imageHeight':5,'imageWidth':6}");
        const ReadResult result = format().read(m_folder.path().toStdString());
        QCOMPARE(result.dataset.images.size(), std::size_t(1));
        QCOMPARE(result.dataset.annotations.size(), std::size_t(1));
        const QByteArray text = texts(result.findings);
        QCOMPARE(result.findings.errors(), std::size_t(9));
        for (const char *mentions :
             {"b.json: breaks off", "c.json: has no list of \"shapes\"", "d.json: has no picture",
              "e.json: has the impossible size", "f.json: does not say how large",
              "g.json: is about \"a.jpg\"", "h.json: is nested deeper", "i.json: holds text",
              "j.json: has the impossible size 99999999 x 1"})
            QVERIFY2(text.contains(mentions), text.constData());
        for (const char *single : {"b.json", "c.json", "h.json"})
            QVERIFY_THROWS_EXCEPTION(core::Error,
                                     format().read(m_folder.filePath(single).toStdString()));
    }

    void aFolderWithoutLabelMeIsNone()
    {
        QVERIFY_THROWS_EXCEPTION(core::Error, format().read(m_folder.path().toStdString()));
        write("c.json", "{'images':[],'annotations':[]}");
        QVERIFY(!format().recognises(m_folder.path().toStdString()));
        QVERIFY_THROWS_EXCEPTION(core::Error, format().read(m_folder.path().toStdString()));
        QVERIFY_THROWS_EXCEPTION(core::Error, format().read("/no/such.json"));
    }

    void pictureNames_data()
    {
        QTest::addColumn<QByteArray>("imagePath");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("beside") << QByteArray("a.jpg") << QByteArray("sub/a.jpg");
        QTest::newRow("Windows") << QByteArray("..\\\\photos\\\\a.jpg")
                                 << QByteArray("photos/a.jpg");
        QTest::newRow("dots") << QByteArray("./x/../a.jpg") << QByteArray("sub/a.jpg");
        QTest::newRow("elsewhere") << QByteArray("../../../etc/a.jpg") << QByteArray("etc/a.jpg");
        QTest::newRow("root") << QByteArray("/etc/passwd") << QByteArray("passwd");
        QTest::newRow("drive") << QByteArray("C:\\\\x\\\\a.jpg") << QByteArray("a.jpg");
    }
    void pictureNames()
    {
        QFETCH(QByteArray, imagePath);
        QFETCH(QByteArray, expected);
        write("sub/x.json",
              "{'shapes':[],'imageHeight':5,'imageWidth':6,'imagePath':'" + imagePath + "'}");
        const ReadResult result = format().read(m_folder.path().toStdString());
        QCOMPARE(QByteArray::fromStdString(result.dataset.images[0].fileName), expected);
    }

    void thePictureTellsItsSize()
    {
        QImage picture(4, 3, QImage::Format_RGB32);
        picture.fill(0);
        QVERIFY(picture.save(m_folder.filePath("a.png")));
        QFile file(m_folder.filePath("a.png"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        write("a.json", "{'shapes':[],'imagePath':'a.png'}");
        write("b.json", "{'shapes':[],'imagePath':'b.png','imageData':'" + bytes.toBase64() + "'}");
        const ReadResult result = format().read(m_folder.path().toStdString());
        QVERIFY2(result.findings.isEmpty(), texts(result.findings).constData());
        QVERIFY((result.dataset.images[0].size == core::Size{4, 3}));
        QVERIFY((result.dataset.images[1].size == core::Size{4, 3}));
        QVERIFY(result.dataset.images[1].foreign.empty());
    }

    void aLinkedCircleOfFoldersEnds()
    {
        write("sub/a.json", withShapes(""));
        std::filesystem::create_directory_symlink(m_folder.path().toStdString(),
                                                  m_folder.filePath("sub/again").toStdString());
        QCOMPARE(format().read(m_folder.path().toStdString()).dataset.images.size(),
                 std::size_t(1));
    }

    void stops()
    {
        write("a.json", withShapes(""));
        std::stop_source source;
        source.request_stop();
        try {
            format().read(m_folder.path().toStdString(), {}, source.get_token());
            QFAIL("not stopped");
        } catch (const core::Error &error) {
            QVERIFY(error.kind() == core::ErrorKind::Cancelled);
        }
    }
};

QTEST_GUILESS_MAIN(TestLabelMe)
#include "tst_labelme.moc"
