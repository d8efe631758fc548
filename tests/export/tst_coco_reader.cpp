// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"
#include "core/mask/rle_polygon.h"
#include "export/formats/coco_reader.h"
#include "sample_dataset.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

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

    void boxesWithoutMaskAreNoted()
    {
        const auto contents = read("{'id':1,'image_id':1,'category_id':1,'bbox':[1,2,3,4]},"
                                   "{'id':2,'image_id':1,'category_id':1,'segmentation':[]}");
        QVERIFY(contents.dataset.annotations.empty());
        QCOMPARE(contents.findings.warnings(), std::size_t(1));
        QVERIFY(contents.findings.told()[0].sentence.find("2 annotations") != std::string::npos);
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
