// SPDX-License-Identifier: Apache-2.0
#include "cvat_files.h"

#include <QtTest>

using exporters::ReadResult;

class TestCvatXmlHostile : public QObject, private CvatFiles
{
    Q_OBJECT

private Q_SLOTS:
    /// Left out with a sentence, and the good shape after it is read.
    void badShapes_data()
    {
        QTest::addColumn<QByteArray>("shape");
        QTest::addColumn<QByteArray>("mentions");
        const auto row = [](const char *name, const char *shape, const char *mentions) {
            QTest::newRow(name) << QByteArray(shape) << QByteArray(mentions);
        };
        row("no label", "<box xtl='1' ytl='1' xbr='2' ybr='2'/>", "no label");
        row("no corner", "<box label='x' xtl='1' ytl='1' xbr='2'/>", "\"ybr\"");
        row("corner of text", "<box label='x' xtl='a' ytl='1' xbr='2' ybr='2'/>", "\"a\"");
        row("corner not a number", "<box label='x' xtl='nan' ytl='1' xbr='2' ybr='2'/>", "nan");
        row("box outside", "<box label='x' xtl='10' ytl='1' xbr='12' ybr='2'/>", "outside");
        row("two points", "<polygon label='x' points='1,1;2,2'/>", "three points");
        row("points without comma", "<polygon label='x' points='1;2;3'/>", "x,y");
        row("far points", "<polygon label='x' points='1,1;1e30,1;1,2'/>", "reasonable");
        row("polygon outside", "<polygon label='x' points='10,1;12,1;12,3'/>", "no pixel");
        row("no radius", "<ellipse label='x' cx='1' cy='1' rx='0' ry='1'/>", "radius");
        row("mask without runs", "<mask label='x' left='0' top='0' width='1' height='1'/>",
            "\"rle\"");
        row("mask without block", "<mask label='x' rle='0,1'/>", "\"left\"");
        row("runs of text", "<mask label='x' rle='0,x' left='0' top='0' width='1' height='1'/>",
            "numbers");
        row("negative run", "<mask label='x' rle='-1,2' left='0' top='0' width='1' height='1'/>",
            "numbers");
        row("run beyond 64 bits",
            "<mask label='x' rle='99999999999999999999' left='0' top='0' width='1' height='1'/>",
            "numbers");
        row("runs beyond the block",
            "<mask label='x' rle='0,5' left='0' top='0' width='2' height='2'/>", "2 x 2");
        row("block beyond the picture",
            "<mask label='x' rle='0,1' left='0' top='0' width='1000000000' height='1'/>",
            "its image has 6 x 5");
        row("negative width", "<mask label='x' rle='0,1' left='0' top='0' width='-2' height='1'/>",
            "\"width\"");
        row("far corner",
            "<mask label='x' rle='0,1' left='9999999999' top='0' width='1' height='1'/>",
            "\"left\"");
        row("mask beside the picture",
            "<mask label='x' rle='0,1' left='-5' top='0' width='1' height='1'/>", "no pixel");
    }
    void badShapes()
    {
        QFETCH(QByteArray, shape);
        QFETCH(QByteArray, mentions);
        const ReadResult result = format().read(
            writeShapes(shape + "<box label='x' xtl='1' ytl='1' xbr='2' ybr='2'></box>"));
        QCOMPARE(result.dataset.annotations.size(), std::size_t(1));
        QCOMPARE(result.findings.errors(), std::size_t(1));
        const QByteArray text = texts(result.findings);
        QVERIFY2(text.contains("t.xml: line 1: ") && text.contains(mentions), text.constData());
    }

    void badImages()
    {
        const ReadResult result = format().read(
            write("<annotations><image id='0' width='3' height='3'><box label='x'/></image>"
                  "<image id='1' name='a.jpg' width='0' height='3'><box label='x'/></image>"
                  "<image id='2' name='b.jpg' width='999999' height='999999'/>"
                  "<image id='3' name='c.jpg' width='99999999999' height='3'/>"
                  "<image id='4' name='d.jpg'/>"
                  "<image name='e.jpg' width='3' height='3'/>"
                  "<image id='-7' name='f.jpg' width='3' height='3'/>"
                  "<image id='9' name='g.jpg' width='3' height='3'/>"
                  "<image id='9' name='h.jpg' width='3' height='3'>"
                  "<box label='x' xtl='1' ytl='1' xbr='2' ybr='2'/></image></annotations>"));
        QCOMPARE(result.findings.errors(), std::size_t(5));
        QCOMPARE(result.findings.warnings(), std::size_t(3));
        std::vector<core::Id> ids;
        for (const core::ImageRecord &image : result.dataset.images)
            ids.push_back(image.id);
        QVERIFY((ids == std::vector<core::Id>{11, 12, 10, 13}));
        QCOMPARE(result.dataset.annotations.at(0).imageId, core::Id(13));
    }

    void refused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("mentions");
        const auto row = [](const char *name, const QByteArray &text, const char *mentions) {
            QTest::newRow(name) << text << QByteArray(mentions);
        };
        row("empty", "", "breaks off");
        row("no XML", "{\"images\":[]}", "not valid XML");
        row("breaks off", "<annotations><image id='0' name='a' width='1' height='1'>",
            "breaks off");
        row("tags that cross", "<annotations>\n<image></annotations>", "line 2");
        row("VOC", "<annotation><folder/></annotation>", "no XML of CVAT");
        row("not UTF-8", "<annotations><version>\xff</version></annotations>", "not valid XML");
        row("CVAT for video",
            "<annotations><track id='0' label='x'><box frame='0'/></track></annotations>",
            "CVAT for video");
        QByteArray deep = "<annotations>";
        for (int i = 0; i < 200000; ++i)
            deep += "<a>";
        row("deep", deep, "nested deeper");
        row("deep in a label", "<annotations><meta><task><labels><label>" + deep.mid(13),
            "nested deeper");
        row("deep in a task", "<annotations><meta><task>" + deep.mid(13), "nested deeper");
        row("deep in an image",
            "<annotations><image id='0' name='a' width='1' height='1'>" + deep.mid(13),
            "nested deeper");
        QByteArray laughs = "<!DOCTYPE annotations [<!ENTITY a0 'ha'>";
        for (int i = 1; i < 30; ++i)
            laughs += QString("<!ENTITY a%1 '&a%2;&a%2;&a%2;&a%2;&a%2;&a%2;&a%2;&a%2;'>")
                          .arg(i)
                          .arg(i - 1)
                          .toLatin1();
        row("a bomb of entities", laughs + "]><annotations><version>&a29;</version></annotations>",
            "document type");
        row("an external entity",
            "<!DOCTYPE annotations [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
            "<annotations><version>&x;</version></annotations>",
            "document type");
        row("an unknown entity", "<annotations><version>&x;</version></annotations>",
            "not valid XML");
    }
    void refused()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, mentions);
        const QByteArray sentence = refusal(write(text));
        QVERIFY2(sentence.contains("t.xml") && sentence.contains(mentions), sentence.constData());
        QVERIFY2(sentence.endsWith('.') && sentence.size() < 400, sentence.constData());
    }

    void everyTruncationIsRefused()
    {
        const QByteArray whole = content(TEST_DATA_DIR "/cvat_xml/annotations.xml").trimmed();
        for (qsizetype length = 0; length < whole.size(); length += 7)
            QVERIFY(!refusal(write(whole.left(length))).isEmpty());
        QVERIFY(refusal(write(whole)).isEmpty());
    }

    void noFile()
    {
        QVERIFY(refusal(path("none.xml")).contains("none.xml"));
        QVERIFY(refusal("/dev/null").contains("/dev/null"));
        QVERIFY(refusal(path("")).contains("annotations.xml"));
        QVERIFY(!format().recognises("/dev/zero"));
        QVERIFY(!format().recognises(path("")));
    }
};

QTEST_GUILESS_MAIN(TestCvatXmlHostile)
#include "tst_cvat_xml_hostile.moc"
