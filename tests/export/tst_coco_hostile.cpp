// SPDX-License-Identifier: Apache-2.0
// Files that are no such files as a whole are refused with a sentence that names the file, what is
// wrong and where; an entry that is broken costs no other.
#include "core/error.h"
#include "export/formats/coco/coco_reader.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

namespace
{

const QByteArray head = "{'images':[{'id':1,'file_name':'a.jpg','width':15,'height':12}],"
                        "'categories':[{'id':1,'name':'c'}],'annotations':[";
const QByteArray good = "{'id':1,'image_id':1,'category_id':1,'segmentation':"
                        "{'size':[12,15],'counts':'0d5'}}";

QByteArray withSegmentation(const QByteArray &segmentation)
{
    return head + "{'id':1,'image_id':1,'category_id':1,'segmentation':" + segmentation + "}]}";
}

/// A file that begins like this and has a good annotation.
QByteArray tail(const QByteArray &images)
{
    return images + ",'categories':[{'id':1,'name':'c'}],'annotations':[" + good + "]}";
}

} // namespace

class TestCocoHostile : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    /// The sentence with which `file` is refused.
    QByteArray refusal(const QString &file, core::ErrorKind kind)
    {
        try {
            exporters::readCoco(file.toStdString());
        } catch (const core::Error &error) {
            if (error.kind() == kind)
                return error.what();
        }
        return {};
    }

    /// The tests write ' for ".
    QString write(QByteArray text)
    {
        text.replace('\'', '"');
        QFile file(m_folder.filePath("t.json"));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write the test's file");
        return file.fileName();
    }

private Q_SLOTS:
    void refused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("mentions");
        const auto row = [](const char *name, const QByteArray &text, const char *mentions) {
            QTest::newRow(name) << text << QByteArray(mentions);
        };
        row("empty file", "", "breaks off");
        row("spaces only", "  \n ", "breaks off");
        row("cut in the middle", (head + good).left(200), "breaks off at line 1");
        row("cut in a string", head + "{'id':1,'segm", "breaks off");
        row("no JSON", "<xml/>", "not valid JSON at line 1, column 1");
        row("second line", "{\n'images': [},", "line 2");
        row("binary", QByteArray("\x89PNG\0\0\0", 7), "not valid JSON");
        row("text after the end", head + good + "]} x", "not valid JSON");
        row("a list", "[1, 2]", "bare list");
        row("a number", "7", "single value");
        row("no lists", "{}", "no list \"images\"");
        row("no annotations", "{'images':[]}", "no list \"annotations\"");
        row("images is an object", "{'images':{},'annotations':[]}", "\"images\"");
        row("annotations is null", "{'images':[],'annotations':null}", "\"annotations\"");
        row("deep lists", QByteArray(2000000, '['), "bare list");
        row("deep in an unknown key", "{'x':" + QByteArray(2000000, '['), "nested deeper");
        row("deep in an annotation", withSegmentation(QByteArray(2000000, '[')), "nested deeper");
        QByteArray objects = "{'x':";
        for (int i = 0; i < 100000; ++i)
            objects += "{'x':";
        row("deep objects", objects, "nested deeper");
    }
    void refused()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, mentions);
        const QByteArray sentence = refusal(write(text), core::ErrorKind::BadDataset);
        QVERIFY(sentence.contains("t.json"));
        QVERIFY2(sentence.contains(mentions), sentence.constData());
        QVERIFY2(sentence.endsWith('.') && sentence.size() < 400, sentence.constData());
    }

    /// Beside the broken entry stands a good one, which is read.
    void leftOut_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("rule");
        QTest::addColumn<QByteArray>("mentions");
        const auto image = [](const char *name, const char *element, const char *rule,
                              const char *mentions) {
            QTest::newRow(name) << tail(QByteArray("{'images':[") + element +
                                        ",{'id':1,'file_name':'a.jpg','width':15,'height':12}]")
                                << QByteArray(rule) << QByteArray(mentions);
        };
        image("image is a number", "3", "not-an-object", "images[0]: is not an object");
        image("image without id", "{'file_name':'a','width':1,'height':1}", "key-missing",
              "\"id\"");
        image("id is text", "{'id':'1','file_name':'a','width':1,'height':1}", "not-a-whole-number",
              "\"id\"");
        image("id is 1.5", "{'id':1.5,'file_name':'a','width':1,'height':1}", "not-a-whole-number",
              "\"id\"");
        image("negative id", "{'id':-1,'file_name':'a','width':1,'height':1}", "id-negative",
              "images[0] (id -1): has a negative");
        image("id beyond 64 bits",
              "{'id':18446744073709551615,'file_name':'a','width':1,'height':1}",
              "not-a-whole-number", "\"id\"");
        image("no width", "{'id':7,'file_name':'a','height':1}", "key-missing", "\"width\"");
        image("width 0", "{'id':7,'file_name':'a','width':0,'height':1}", "image-size", "0 x 1");
        image("huge", "{'id':7,'file_name':'a','width':4294967296,'height':4294967296}",
              "image-size", "impossible size");
        image("longer than any picture", "{'id':7,'file_name':'a','width':1073741824,'height':1}",
              "image-size", "1073741824 x 1");
        image("id that cannot be counted on",
              "{'id':9223372036854775807,'file_name':'a','width':1,'height':1}", "id-large",
              "impossible \"id\"");
        image("name is not UTF-8", "{'id':7,'file_name':'\xff','width':1,'height':1}", "not-utf8",
              "images[0]: holds text that is not UTF-8 at byte");
        image("half a surrogate", "{'id':7,'file_name':'\\ud800','width':1,'height':1}", "not-json",
              "is not valid JSON at byte");
        image("name is a number", "{'id':7,'file_name':3,'width':1,'height':1}", "not-text",
              "file_name");

        const auto annotation = [](const char *name, const char *element, const char *rule,
                                   const char *mentions) {
            QTest::newRow(name) << head + element + "," + good + "]}" << QByteArray(rule)
                                << QByteArray(mentions);
        };
        annotation("annotation is a list", "[]", "not-an-object", "annotations[0]: is not");
        annotation("Python's NaN", "{'id':7,'image_id':1,'category_id':1,'bbox':[NaN,1,2,2]}",
                   "not-json", "annotations[0]: is not valid JSON at byte");
        annotation("number beyond double", "{'id':1e999}", "not-json", "beyond");
        annotation("no such image", "{'id':7,'image_id':2,'category_id':1,'bbox':[1,1,2,2]}",
                   "image-unknown", "annotations[0] (id 7): names image 2");
        annotation("no such category", "{'id':7,'image_id':1,'category_id':5,'bbox':[1,1,2,2]}",
                   "category-unknown", "category 5");
        annotation("image as text", "{'id':7,'image_id':'1','category_id':1,'bbox':[1,1,2,2]}",
                   "not-a-whole-number", "image_id");
        annotation("crowd of 2", "{'id':7,'image_id':1,'category_id':1,'iscrowd':2}", "not-a-flag",
                   "iscrowd");
        annotation("no shape", "{'id':7,'image_id':1,'category_id':1,'segmentation':[]}",
                   "no-shape", "neither");
        annotation("box of three", "{'id':7,'image_id':1,'category_id':1,'bbox':[1,1,2]}", "bbox",
                   "bbox");
        annotation("box beyond all pictures",
                   "{'id':7,'image_id':1,'category_id':1,'bbox':[1e308,1,1e308,2]}", "bbox",
                   "bbox");
        annotation("box of no width", "{'id':7,'image_id':1,'category_id':1,'bbox':[1,1,0,2]}",
                   "bbox", "bbox");

        const auto shape = [](const char *name, const char *segmentation, const char *rule,
                              const char *mentions) {
            QTest::newRow(name) << head + "{'id':7,'image_id':1,'category_id':1,'segmentation':" +
                                       segmentation + "}," + good + "]}"
                                << QByteArray(rule) << QByteArray(mentions);
        };
        shape("mask of another size", "{'size':[15,12],'counts':'0d5'}", "rle-size",
              "12 x 15 pixels, but its image is 15 x 12");
        shape("mask without size", "{'counts':'0d5'}", "rle-keys", "\"size\"");
        shape("mask without counts", "{'size':[12,15]}", "rle-keys", "\"counts\"");
        shape("mask size of three", "{'size':[12,15,1],'counts':'0d5'}", "rle-keys", "\"size\"");
        shape("counts are a number", "{'size':[12,15],'counts':5}", "rle-counts", "counts");
        shape("damaged text", "{'size':[12,15],'counts':'0d'}", "rle-counts", "break off");
        shape("text that escapes", "{'size':[12,15],'counts':'0d\\n5'}", "rle-counts", "none of");
        shape("too many runs", "{'size':[12,15],'counts':[181]}", "rle-counts", "181");
        shape("negative run", "{'size':[12,15],'counts':[-1,181]}", "rle-counts", "-1");
        shape("run beyond 32 bits", "{'size':[12,15],'counts':[4294967476]}", "rle-counts",
              "4294967476");
        shape("run is text", "{'size':[12,15],'counts':['180']}", "not-a-whole-number",
              "run length");
        shape("segmentation is text", "'0d5'", "segmentation-form", "segmentation");
        shape("flat polygon", "[1,1,5,1,5,5]", "not-numbers", "polygon");
        shape("polygon of text", "[['a',1,5,1,5,5]]", "not-numbers", "polygon");
        shape("polygon of two points", "[[1,1,5,1]]", "polygon-points", "three points");
        shape("polygon without a point", "[[]]", "polygon-points", "three points");
        shape("polygon with odd numbers", "[[1,1,5,1,5,5,3]]", "polygon-numbers", "no y");
        shape("polygon with NaN", "[[1,1,NaN,1,5,5]]", "not-json", "at byte");
        shape("run lengths that are not UTF-8", "{'size':[12,15],'counts':'\xff'}", "not-utf8",
              "UTF-8");
        shape("polygon far away", "[[1,1,1e300,1,5,5]]", "polygon-numbers", "reasonable size");
    }
    void leftOut()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, rule);
        QFETCH(QByteArray, mentions);
        const exporters::ReadResult result = exporters::readCoco(write(text).toStdString());
        QCOMPARE(result.findings.errors(), std::size_t(1));
        QCOMPARE(result.findings.warnings(), std::size_t(0));
        const exporters::Finding &finding = result.findings.told().at(0);
        QCOMPARE(QByteArray::fromStdString(finding.rule), rule);
        const QByteArray sentence = QByteArray::fromStdString(toText(finding));
        QVERIFY2(sentence.contains(mentions), sentence.constData());
        QVERIFY2(sentence.startsWith(m_folder.path().toUtf8()) && sentence.endsWith('.') &&
                     sentence.size() < 400,
                 sentence.constData());
        QCOMPARE(result.dataset.images.size(), std::size_t(1));
        QCOMPARE(result.dataset.annotations.size(), std::size_t(1));
        QCOMPARE(result.dataset.annotations[0].id, core::Id(1));
    }

    void anImageThatIsLeftOutTakesItsAnnotationsWithIt()
    {
        const auto result = exporters::readCoco(
            write(tail("{'images':[{'id':1,'file_name':'a.jpg','width':15}]")).toStdString());
        QVERIFY(result.dataset.annotations.empty());
        QCOMPARE(result.findings.errors(), std::size_t(2));
        QCOMPARE(result.findings.told()[1].rule, std::string("image-unknown"));
    }

    /// The head may be cut anywhere and must never be taken for whole.
    void everyTruncationIsRefused()
    {
        const QByteArray whole = head + good + "]}";
        for (qsizetype length = 0; length < whole.size(); ++length)
            QVERIFY(!refusal(write(whole.left(length)), core::ErrorKind::BadDataset).isEmpty());
        exporters::readCoco(write(whole).toStdString());
    }

    void tooManyValuesInOneElement()
    {
        QByteArray text = head + "[";
        text.reserve(10 << 20);
        while (text.size() < 9 << 20)
            text += "0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,";
        const auto read = exporters::readCoco(write(text + "0]," + good + "]}").toStdString());
        QCOMPARE(read.dataset.annotations.size(), std::size_t(1));
        QCOMPARE(read.findings.told().at(0).rule, std::string("too-large"));
        QCOMPARE(read.findings.told().at(0).place, std::string("annotations[0]"));
    }

    void noFile()
    {
        QVERIFY(refusal(m_folder.filePath("none.json"), core::ErrorKind::FileNotFound)
                    .contains("none.json"));
        QVERIFY(refusal(m_folder.path(), core::ErrorKind::FileUnreadable).contains("folder"));
        QVERIFY(refusal("/dev/null", core::ErrorKind::FileUnreadable).contains("/dev/null"));
    }
};

QTEST_GUILESS_MAIN(TestCocoHostile)
#include "tst_coco_hostile.moc"
