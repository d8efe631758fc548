// SPDX-License-Identifier: Apache-2.0
// Every file here is refused with a sentence that names the file and says what is wrong and where.
#include "core/error.h"
#include "export/formats/coco_reader.h"

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

QByteArray withImage(const QByteArray &image)
{
    return "{'images':[" + image + "],'categories':[],'annotations':[]}";
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
        row("not UTF-8", withImage("{'id':1,'file_name':'\xff','width':1,'height':1}"), "UTF-8");
        row("half a surrogate", withImage("{'file_name':'\\ud800'}"), "line 1");
        row("NaN", head + "{'id':NaN}]}", "not valid JSON");
        row("number beyond double", head + "{'id':1e999}]}", "not valid JSON");
        row("text after the end", head + good + "]} x", "not valid JSON");
        row("a list", "[1, 2]", "bare list");
        row("a number", "7", "single value");
        row("no lists", "{}", "no list \"images\"");
        row("no annotations", "{'images':[]}", "no list \"annotations\"");
        row("images is an object", "{'images':{},'annotations':[]}", "\"images\"");
        row("annotations is null", "{'images':[],'annotations':null}", "\"annotations\"");
        row("image is a number", withImage("3"), "images[0] is not an object");
        row("image without id", withImage("{'file_name':'a','width':1,'height':1}"), "\"id\"");
        row("id is text", withImage("{'id':'1','file_name':'a','width':1,'height':1}"), "\"id\"");
        row("id is 1.5", withImage("{'id':1.5,'file_name':'a','width':1,'height':1}"), "\"id\"");
        row("negative id", withImage("{'id':-1,'file_name':'a','width':1,'height':1}"), "negative");
        row("id beyond 64 bits",
            withImage("{'id':18446744073709551615,'file_name':'a','width':1,'height':1}"),
            "\"id\"");
        row("no width", withImage("{'id':1,'file_name':'a','height':1}"), "\"width\"");
        row("width 0", withImage("{'id':1,'file_name':'a','width':0,'height':1}"), "0 x 1");
        row("huge", withImage("{'id':1,'file_name':'a','width':4294967296,'height':4294967296}"),
            "impossible size");
        row("name is a number", withImage("{'id':1,'file_name':3,'width':1,'height':1}"),
            "file_name");
        row("same image twice",
            withImage("{'id':1,'file_name':'a','width':1,'height':1},"
                      "{'id':1,'file_name':'b','width':1,'height':1}"),
            "images[1] (id 1)");
        row("same annotation twice", head + good + "," + good + "]}", "annotations[1] (id 1)");
        row("no such image", head + "{'id':1,'image_id':2,'category_id':1}]}", "image 2");
        row("no such category", head + "{'id':1,'image_id':1,'category_id':5}]}", "category 5");
        row("crowd of 2", head + "{'id':1,'image_id':1,'category_id':1,'iscrowd':2}]}", "iscrowd");
        row("mask of another size", withSegmentation("{'size':[15,12],'counts':'0d5'}"),
            "12 x 15 pixels, but its image is 15 x 12");
        row("mask without size", withSegmentation("{'counts':'0d5'}"), "\"size\"");
        row("mask size of three", withSegmentation("{'size':[12,15,1],'counts':'0d5'}"),
            "\"size\"");
        row("counts are a number", withSegmentation("{'size':[12,15],'counts':5}"), "counts");
        row("damaged text", withSegmentation("{'size':[12,15],'counts':'0d'}"), "break off");
        row("too many runs", withSegmentation("{'size':[12,15],'counts':[181]}"), "181");
        row("negative run", withSegmentation("{'size':[12,15],'counts':[-1,181]}"), "-1");
        row("run beyond 32 bits", withSegmentation("{'size':[12,15],'counts':[4294967476]}"),
            "4294967476");
        row("run is text", withSegmentation("{'size':[12,15],'counts':['180']}"), "run length");
        row("segmentation is text", withSegmentation("'0d5'"), "segmentation");
        row("flat polygon", withSegmentation("[1,1,5,1,5,5]"), "polygon");
        row("polygon of text", withSegmentation("[['a',1,5,1,5,5]]"), "polygon");
        row("polygon of two points", withSegmentation("[[1,1,5,1]]"), "three points");
        row("polygon with odd numbers", withSegmentation("[[1,1,5,1,5,5,3]]"), "no y");
        row("polygon far away", withSegmentation("[[1,1,1e300,1,5,5]]"), "reasonable size");
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
        const QByteArray sentence = refusal(write(text + "0]]}"), core::ErrorKind::BadDataset);
        QVERIFY2(sentence.contains("annotations[0]"), sentence.constData());
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
