// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "export/formats.h"
#include "export/validation/polygon_shape.h"
#include "export/validation/validate.h"

#include <QDir>
#include <QImage>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <fstream>

using exporters::Validation;

namespace
{

const QByteArray image = "{'id':1,'file_name':'a.jpg','width':15,'height':12}";
const QByteArray category = "{'id':1,'name':'c'}";
/// A square of 20 pixels, all of it right.
const QByteArray good = "{'id':1,'image_id':1,'category_id':1,'area':20,'bbox':[2,3,4,5],"
                        "'iscrowd':0,'segmentation':{'size':[12,15],'counts':'k05700000Y3'}}";

QByteArray fileOf(const QByteArray &images, const QByteArray &categories,
                  const QByteArray &annotations)
{
    return "{'images':[" + images + "],'categories':[" + categories + "],'annotations':[" +
           annotations + "]}";
}

} // namespace

class TestValidation : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    /// The tests write ' for ".
    std::filesystem::path write(QByteArray text) const
    {
        text.replace('\'', '"');
        const std::filesystem::path file = m_folder.filePath("v.json").toStdString();
        std::ofstream(file, std::ios::binary) << text.toStdString();
        return file;
    }
    static QByteArrayList rulesOf(const Validation &validation)
    {
        QByteArrayList rules;
        for (const exporters::Finding &finding : validation.findings.told())
            rules << QByteArray::fromStdString(finding.rule);
        return rules;
    }

private Q_SLOTS:
    void aGoodFileHasNoFinding()
    {
        const Validation validation = exporters::validate(write(fileOf(
            image, category,
            good + ",{'id':2,'image_id':1,'category_id':1,'area':20.0,'bbox':[2.0,3.0,4.0,5.0],"
                   "'iscrowd':0,'score':1,'segmentation':[[2,3,6,3,6,8,2,8]]},"
                   "{'id':3,'image_id':1,'category_id':1,'bbox':[0,0,15,12],'area':180}")));
        QVERIFY2(validation.findings.isEmpty(), rulesOf(validation).join(' ').constData());
        QCOMPARE(validation.dataset.annotations.size(), std::size_t(3));
        QCOMPARE(validation.format->name(), std::string_view("coco"));
    }

    void whatCocosOwnFilesHaveIsNoFinding()
    {
        // The area and the box of the polygons, and every run length a crowd.
        const QByteArray head = "{'image_id':1,'category_id':1,";
        const QByteArray runs = "'area':20,'bbox':[2,3,4,5],'iscrowd':1,"
                                "'segmentation':{'size':[12,15],'counts':'k05700000Y3'}}";
        QByteArray teeth = "0.2,1";
        for (int x = 0; x < 14; ++x) {
            for (const auto &[across, y] :
                 {std::pair(0.2, 11.0), {0.8, 11.0}, {0.8, 1.2}, {1.2, 1.2}})
                teeth += ',' + QByteArray::number(x + across) + ',' + QByteArray::number(y);
        }
        const QByteArray comb = "'id':1,'area':85,'bbox':[0.2,1,14,10],'iscrowd':0,"
                                "'segmentation':[[" +
                                teeth + "]]},";
        const QByteArray spike = "'id':2,'area':16.6,'bbox':[2,2,10,4],'iscrowd':0,"
                                 "'segmentation':[[2,2,6,2,6,3.9,12,4,6,4.1,6,6,2,6]]},";
        const Validation validation = exporters::validate(write(fileOf(
            image, category,
            head + comb + head + spike + head + "'id':3," + runs + "," + head + "'id':4," + runs)));
        for (const char *rule : {"area", "bbox-differs", "all-crowds"})
            QVERIFY2(!rulesOf(validation).contains(rule),
                     rulesOf(validation).join(' ').constData());
    }

    void everyRule_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("rule");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char *name, const QByteArray &text, const char *rule,
                            const char *says) {
            QTest::newRow(name) << text << QByteArray(rule) << QByteArray(says);
        };
        const auto annotation = [&](const char *name, const char *before, const char *after,
                                    const char *rule, const char *says) {
            row(name, fileOf(image, category, QByteArray(good).replace(before, after)), rule, says);
        };
        annotation("area of the box",
                   "'area':20,'bbox':[2,3,4,5],'iscrowd':0,"
                   "'segmentation':{'size':[12,15],'counts':'k05700000Y3'}",
                   "'area':24,'bbox':[1,1,6,4],'segmentation':{'size':[12,15],"
                   "'counts':[13,2,10,4,8,4,8,4,8,4,8,2,105]}",
                   "area", "that of the box");
        annotation("area that is another's", "'area':20", "'area':21", "area",
                   "annotations[0] (id 1): has the area 21, and its mask has 20 pixels");
        annotation("no area", "'area':20,", "", "area-missing", "no \"area\"");
        annotation("bbox as two corners", "[2,3,4,5]", "[2,3,6,8]", "bbox-differs",
                   "two corners instead");
        annotation("bbox a pixel short", "[2,3,4,5]", "[2,3,3,4]", "bbox-differs",
                   "[2, 3, 3, 4], and that of its mask is [2, 3, 4, 5]");
        annotation("no bbox", "'bbox':[2,3,4,5],", "", "bbox-missing", "four numbers");
        annotation("crowd of false", "'iscrowd':0", "'iscrowd':false", "iscrowd-bool", "0 or 1");
        annotation("crowd of 2", "'iscrowd':0", "'iscrowd':2", "not-a-flag", "iscrowd");
        annotation("score of 87", "'iscrowd':0", "'iscrowd':0,'score':87", "score-range", "87");
        annotation("id 0", "'id':1", "'id':0", "id-zero", "next free");
        annotation("no such image", "'image_id':1", "'image_id':9", "image-unknown", "image 9");
        annotation("no such category", "'category_id':1", "'category_id':9", "category-unknown",
                   "category 9");
        annotation("size exchanged", "[12,15]", "[15,12]", "rle-size", "12 x 15");
        annotation("damaged runs", "k05700000Y3", "k05700000", "rle-counts", "in all");
        annotation("bytes as Python prints them", "k05700000Y3", "b@k05700000Y3@", "rle-bytes",
                   "b'...'");
        row("empty mask",
            fileOf(image, category,
                   "{'id':1,'image_id':1,'category_id':1,'area':0,'bbox':[0,0,0,0],"
                   "'segmentation':{'size':[12,15],'counts':[180]}}"),
            "mask-empty", "without a pixel");
        const auto polygon = [&](const char *name, const char *xy, const char *rule,
                                 const char *says) {
            row(name,
                fileOf(image, category,
                       QByteArray("{'id':1,'image_id':1,'category_id':1,'area':50,'bbox':[2,3,8,8],"
                                  "'segmentation':[") +
                           xy + "]}"),
                rule, says);
        };
        polygon("polygon with another's area", "[2,3,3,3,3,4,2,4]", "area", "has the area 50");
        polygon("polygon with another's box", "[2,3,3,3,3,4,2,4]", "bbox-differs", "[2, 3, 8, 8]");
        polygon("polygon of two points", "[1,2,3,4]", "polygon-points", "three points");
        polygon("polygon with half a point", "[1,2,3,4,5,6,7]", "polygon-numbers", "no y");
        polygon("polygon outside", "[2,3,99,3,10,11,2,11]", "polygon-outside", "outside");
        polygon("polygon that crosses itself", "[2,3,10,11,10,3,2,11]", "polygon-crossing",
                "crosses itself");
        row("two crowds in run lengths",
            fileOf(image, category,
                   QByteArray(good).replace("'iscrowd':0", "'iscrowd':1") + "," +
                       QByteArray(good)
                           .replace("'iscrowd':0", "'iscrowd':1")
                           .replace("'id':1,'image", "'id':2,'image")),
            "all-crowds", "all 2 run lengths");
        row("same annotation twice", fileOf(image, category, good + "," + good), "id-twice",
            "id 1");
        row("same image twice", fileOf(image + "," + image, category, good), "id-twice",
            "images[1] (id 1)");
        row("same category twice", fileOf(image, category + "," + category, good), "id-twice",
            "categories[1] (id 1)");
        row("same name of two images",
            fileOf(image + "," + QByteArray(image).replace("'id':1", "'id':2"), category, good),
            "name-twice", "a.jpg");
        row("same name of two categories",
            fileOf(image, category + "," + QByteArray(category).replace("'id':1", "'id':2"), good),
            "category-name-twice", "category id 2: is called \"c\"");
        row("category without a name",
            fileOf(image, QByteArray(category).replace("'c'", "''"), good), "category-name-empty",
            "no name");
        row("category id 0", fileOf(image, category + ",{'id':0,'name':'background'}", good),
            "id-zero", "background");
        for (const char *name : {"/etc/passwd", "../a.jpg", "C:/a.jpg", ""})
            row(QByteArray("image called \"") + name + '"',
                fileOf(QByteArray(image).replace("a.jpg", name), category, good), "name-leads-out",
                "must lie in the image folder");
        row("backslashes", fileOf(QByteArray(image).replace("a.jpg", "s\\\\a.jpg"), category, good),
            "name-backslash", "slashes");
        row("box outside",
            fileOf(image, category,
                   "{'id':1,'image_id':1,'category_id':1,'area':80,'bbox':[10,10,20,4]}"),
            "box-outside", "picture");
        row("no list of annotations", "{'images':[],'annotations':7}", "file", "annotations");
        row("broken off", fileOf(image, category, good).chopped(5), "file", "breaks off");
        row("not UTF-8", fileOf(QByteArray(image).replace("a.jpg", "\xff"), category, good),
            "not-utf8", "UTF-8");
    }
    void everyRule()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, rule);
        QFETCH(QByteArray, says);
        const Validation validation = exporters::validate(write(text.replace('@', "\\u0027")),
                                                          {exporters::findFormat("coco"), {}});
        QVERIFY2(rulesOf(validation).contains(rule), rulesOf(validation).join(' ').constData());
        const auto &told = validation.findings.told();
        const auto finding = std::ranges::find(told, rule.toStdString(), &exporters::Finding::rule);
        const QByteArray sentence = QByteArray::fromStdString(toText(*finding));
        QVERIFY2(sentence.contains(says), sentence.constData());
        QVERIFY2(sentence.contains("v.json"), sentence.constData());
        QVERIFY2(rulesOf(validation).size() <= 4, rulesOf(validation).join(' ').constData());
    }

    void picturesAreLookedAt()
    {
        QVERIFY(QDir(m_folder.path()).mkdir("photos"));
        QImage picture(15, 12, QImage::Format_RGB888);
        picture.fill(Qt::red);
        QVERIFY(picture.save(m_folder.filePath("photos/right.png")));
        QVERIFY(picture.scaled(20, 12).save(m_folder.filePath("photos/wide.png")));
        QVERIFY(picture.scaled(12, 15).save(m_folder.filePath("photos/turned.png")));
        std::ofstream(m_folder.filePath("photos/text.png").toStdString()) << "no picture";
        QByteArrayList images;
        for (const char *name :
             {"right.png", "wide.png", "turned.png", "text.png", "none.png", "../v.json"})
            images << "{'id':" + QByteArray::number(images.size() + 1) + ",'file_name':'" + name +
                          "','width':15,'height':12}";
        const Validation validation =
            exporters::validate(write(fileOf(images.join(','), category, good)),
                                {nullptr, m_folder.filePath("photos").toStdString()});
        QCOMPARE(rulesOf(validation),
                 (QByteArrayList{"name-leads-out", "picture-size", "picture-turned",
                                 "picture-unreadable", "picture-missing"}));
        const QByteArray size = QByteArray::fromStdString(toText(validation.findings.told()[1]));
        QVERIFY2(size.contains("wide.png: image id 2: has 20 x 12 pixels, and the annotations say "
                               "15 x 12."),
                 size.constData());
    }

    void otherFormatsTellWhatTheyFind()
    {
        const auto file =
            write("[{'image_id':1,'category_id':1,'score':0.5,'segmentation':{'size':[2,3],"
                  "'counts':[1,5]}},{'image_id':1,'category_id':1,'segmentation':{'size':[2,3],"
                  "'counts':[9]}}]");
        const Validation validation = exporters::validate(file);
        QCOMPARE(validation.format->name(), std::string_view("coco-results"));
        QCOMPARE(rulesOf(validation), QByteArrayList{"rle-counts"});
        QCOMPARE(validation.dataset.annotations.size(), std::size_t(1));
    }

    void whatIsOfNoFormat()
    {
        QVERIFY_EXCEPTION_THROWN(exporters::validate(write("hello")), core::Error);
        QVERIFY_EXCEPTION_THROWN(exporters::validate("/no/such/file"), core::Error);
    }

    void outlinesThatCross()
    {
        using exporters::crossesItself;
        QVERIFY(crossesItself(std::vector<double>{0, 0, 4, 4, 4, 0, 0, 4}));
        QVERIFY(!crossesItself(std::vector<double>{0, 0, 4, 0, 4, 4, 0, 4}));
        // A hole joined by a line there and back touches itself and does not cross.
        QVERIFY(!crossesItself(
            std::vector<double>{0, 0, 9, 0, 9, 9, 0, 9, 0, 0, 3, 3, 3, 6, 6, 6, 6, 3, 3, 3}));
        QVERIFY(!crossesItself(std::vector<double>{0, 0, 4, 0, 4, 4}));
    }
};

QTEST_GUILESS_MAIN(TestValidation)
#include "tst_validation.moc"
