// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "export/formats.h"
#include "export/formats/voc.h"
#include "export/formats/voc/voc_labels.h"
#include "export/maps/index_png.h"
#include "export/splits.h"
#include "map_format.h"
#include "map_samples.h"

#include <QTemporaryDir>
#include <QtTest>

namespace fs = std::filesystem;
using exporters::IndexDepth;
using exporters::IndexMap;
using exporters::ReadResult;
using exporters::Voc;

class TestVocReader : public QObject, private sample::FolderOf<Voc>
{
    Q_OBJECT

private:
    static void putMap(const fs::path &file, core::Size size, std::vector<std::uint32_t> values)
    {
        sample::putMap(file, size, std::move(values), IndexDepth::Palette, exporters::vocPalette());
    }
    static std::string xml(const std::string &inside)
    {
        return "<annotation><filename>a.jpg</filename><size><width>4</width><height>2</height>"
               "<depth>3</depth></size>" +
               inside + "</annotation>";
    }
    static std::string object(const std::string &name, int x0, int y0, int x1, int y1,
                              const std::string &more = {})
    {
        return "<object><name>" + name + "</name>" + more + "<bndbox><xmin>" + std::to_string(x0) +
               "</xmin><ymin>" + std::to_string(y0) + "</ymin><xmax>" + std::to_string(x1) +
               "</xmax><ymax>" + std::to_string(y1) + "</ymax></bndbox></object>";
    }

private Q_SLOTS:
    void theOriginalsLayout()
    {
        // No labelmap: the classes are VOC's. A void border goes round the objects, the XML is in
        // another order, and one of its objects has no mask.
        const fs::path folder = newFolder();
        putMap(folder / "SegmentationObject/a.png", {4, 2}, {1, 1, 255, 2, 1, 1, 255, 2});
        putMap(folder / "SegmentationClass/a.png", {4, 2}, {8, 8, 255, 15, 8, 8, 255, 15});
        sample::put(folder / "Annotations/a.xml",
                    xml(object("person", 4, 1, 4, 2, "<pose>Left</pose>") +
                        object("cat", 1, 1, 2, 2, "<difficult>1</difficult>") +
                        object("dog", 1, 1, 3, 2)));
        sample::put(folder / "ImageSets/Segmentation/train.txt", "a\n");
        sample::put(folder / "ImageSets/Segmentation/trainval.txt", "a\n");
        sample::put(folder / "ImageSets/Main/cat_val.txt", "a  1\n");
        const ReadResult result = read(folder);
        QVERIFY(result.findings.isEmpty());
        const core::Dataset &back = result.dataset;
        QCOMPARE(back.categories.size(), std::size_t(20));
        QCOMPARE(back.categories[14].name, std::string("person"));
        QCOMPARE(exporters::splitOf(back.images.at(0)), std::string("train"));
        QCOMPARE(back.annotations.size(), std::size_t(3));
        QCOMPARE(back.annotations[0].categoryId, core::Id(8));
        QCOMPARE(back.annotations[0].foreign, std::string(R"({"difficult":1})"));
        QVERIFY((back.annotations[0].mask == core::Rle{{4, 2}, {0, 4, 4}}));
        QCOMPARE(back.annotations[1].categoryId, core::Id(15));
        QCOMPARE(back.annotations[1].foreign, std::string(R"({"pose":"Left"})"));
        QVERIFY(!back.annotations[2].hasMask());
        QVERIFY((back.annotations[2].box == core::Box{-0.5, -0.5, 2.5, 1.5}));
    }

    void boxesAloneHaveTheirOwnClasses()
    {
        const fs::path folder = newFolder();
        sample::put(folder / "Annotations/a.xml",
                    xml(object("zebra", 1, 1, 2, 2) + object("ant", 0, 0, 4, 2)));
        const ReadResult result = read(folder);
        QVERIFY(result.findings.isEmpty()); // 0 is a box that was counted from 0
        QCOMPARE(result.dataset.categories.size(), std::size_t(2));
        QCOMPARE(result.dataset.categories[0].name, std::string("zebra"));
        QCOMPARE(result.dataset.images[0].size, (core::Size{4, 2}));
        QVERIFY((result.dataset.annotations[1].box == core::Box{-0.5, -0.5, 3.5, 1.5}));
        QVERIFY(exporters::recogniseFormat(folder)->name() == "voc");
    }

    void coloursInsteadOfIndices()
    {
        const fs::path folder = newFolder();
        fs::create_directories(folder / "SegmentationObject");
        fs::create_directories(folder / "SegmentationClass");
        const auto value = exporters::toValue;
        IndexMap map({3, 1});
        map.values = {0, value(0x800000), value(0xe0e0c0)};
        exporters::writeIndexPng(map, IndexDepth::Rgb, folder / "SegmentationObject/a.png");
        map.values = {0, value(0x123456), value(0xe0e0c0)};
        exporters::writeIndexPng(map, IndexDepth::Rgb, folder / "SegmentationClass/a.png");
        sample::put(folder / "labelmap.txt", "background:0,0,0::\nca:t:18,52,86::\nnonsense\n");
        const ReadResult result = read(folder);
        QCOMPARE(sample::rulesOf(result.findings), QStringList("label-line"));
        QCOMPARE(sample::described(result.dataset),
                 (QStringList{"a.jpg 3x1", "a.jpg: ca:t 1 1 1"}));
    }

    void moreElementsThanAnyHasAreRefused()
    {
        const fs::path folder = newFolder();
        std::string many;
        for (int i = 0; i < 1500; ++i)
            many += "<e" + std::to_string(i) + "/>";
        sample::put(folder / "Annotations/a.xml", xml(many));
        sample::put(folder / "Annotations/b.xml", xml(object("cat", 1, 1, 2, 2)));
        const ReadResult result = read(folder);
        QCOMPARE(sample::rulesOf(result.findings), (QStringList{"xml", "no-size"}));
        QCOMPARE(result.dataset.annotations.size(), std::size_t(1));
    }

    void classesAlone()
    {
        const fs::path folder = newFolder();
        putMap(folder / "SegmentationClass/a.png", {3, 1}, {3, 255, 21});
        const ReadResult result = read(folder);
        QVERIFY(result.findings.isEmpty());
        QCOMPARE(sample::described(result.dataset),
                 (QStringList{"a.jpg 3x1", "a.jpg: bird 0 1 2", "a.jpg: class 21 2 1"}));
    }

    void whatIsWrongIsToldAndTheRestRead()
    {
        const core::Dataset dataset = sample::maps(3, 6);
        const fs::path folder = newFolder();
        write(dataset, folder);
        sample::cut(folder / "SegmentationObject/b1.png", 30);
        putMap(folder / "SegmentationClass/b2.png", {2, 2}, {1, 1, 1, 1});
        sample::put(folder / "Annotations/b3.xml", "<annotation><size>");
        sample::put(folder / "Annotations/b4.xml",
                    "<annotation><filename>../../etc/passwd</filename></annotation>");
        sample::put(folder / "Annotations/lone.xml", "<annotation><object/></annotation>");
        std::string deep;
        for (int i = 0; i < 5000; ++i)
            deep += "<a>";
        sample::put(folder / "Annotations/deep.xml", "<annotation>" + deep);
        fs::create_directory_symlink(folder, folder / "Annotations/loop");
        const ReadResult result = read(folder);
        QStringList rules = sample::rulesOf(result.findings);
        rules.sort();
        QCOMPARE(rules, (QStringList{"file-name", "map-size", "map-unreadable", "no-size",
                                     "no-size", "xml", "xml"}));
        // Pictures 3 to 6 have all their masks.
        core::Dataset good = dataset;
        core::Dataset back = result.dataset;
        const auto isBad = [](const core::ImageRecord &image) { return image.fileName < "b3"; };
        for (core::Dataset *one : {&good, &back}) {
            std::erase_if(one->annotations, [&](const core::Annotation &a) {
                return std::ranges::any_of(one->images, [&](const core::ImageRecord &image) {
                    return image.id == a.imageId && isBad(image);
                });
            });
            std::erase_if(one->images, isBad);
        }
        QCOMPARE(sample::described(back), sample::described(good));
    }

    void brokenObjectsAreTold()
    {
        const fs::path folder = newFolder();
        sample::put(folder / "Annotations/a.xml",
                    xml(object("cat", 9, 1, 12, 2) + object("dog", 1, 1, 400, 2) +
                        "<object><name>cow</name><bndbox><xmin>nan</xmin></bndbox></object>" +
                        "<object/>" + object("bee", 3, 2, 1, 1)));
        const ReadResult result = read(folder);
        QCOMPARE(sample::rulesOf(result.findings),
                 (QStringList{"box", "box-outside", "object", "object", "box"}));
        QCOMPARE(result.dataset.annotations.size(), std::size_t(1));
    }

    void whatIsNoVoc()
    {
        QTemporaryDir empty;
        QVERIFY(!Voc().recognises(empty.path().toStdString()));
        QVERIFY_EXCEPTION_THROWN(read(empty.path().toStdString()), core::Error);
        QVERIFY_EXCEPTION_THROWN(read("/no/such/folder"), core::Error);
        QVERIFY(!Voc().recognises("/no/such/folder"));
    }
};

QTEST_GUILESS_MAIN(TestVocReader)
#include "tst_voc_reader.moc"
