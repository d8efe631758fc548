// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/mask/rle_measure.h"
#include "export/formats.h"
#include "export/formats/cityscapes.h"
#include "export/formats/cityscapes/cityscapes_labels.h"
#include "export/maps/index_png.h"
#include "export/splits.h"
#include "map_format.h"
#include "map_samples.h"

#include <QImage>
#include <QTemporaryDir>
#include <QtTest>

namespace fs = std::filesystem;
using exporters::Cityscapes;
using exporters::IndexDepth;
using exporters::IndexMap;
using exporters::ReadResult;

using Values = std::vector<std::uint32_t>;

class TestCityscapes : public QObject, private sample::FolderOf<Cityscapes>
{
    Q_OBJECT

private Q_SLOTS:
    void theLabelsAreTheOriginals()
    {
        const auto &labels = exporters::originalLabels();
        QCOMPARE(labels.size(), std::size_t(35));
        for (int id = 0; id <= 33; ++id)
            QCOMPARE(labels[std::size_t(id)].id, id);
        QCOMPARE(exporters::originalLabel("road")->id, 7);
        QCOMPARE(exporters::originalLabel("road")->color, 0x804080u);
        QCOMPARE(exporters::originalLabel("bicycle")->id, 33);
        QCOMPARE(exporters::originalLabel("license plate")->id, -1);
        QVERIFY(exporters::originalLabel("car")->hasInstances);
        QVERIFY(!exporters::originalLabel("sky")->hasInstances);
        QVERIFY(exporters::originalLabel("cat") == nullptr);
    }

    void masksComeBack()
    {
        for (unsigned seed = 1; seed <= 5; ++seed) {
            const core::Dataset dataset = sample::maps(seed);
            const fs::path folder = newFolder();
            QVERIFY(write(dataset, folder).losses.empty());
            const ReadResult back = read(folder);
            QVERIFY(back.findings.isEmpty());
            QCOMPARE(sample::described(back.dataset, true), sample::described(dataset, true));
            QCOMPARE(back.dataset.categories[2].color, dataset.categories[2].color);
            QVERIFY(exporters::recogniseFormat(folder)->name() == "cityscapes");
        }
    }

    void filesAreThoseOfCityscapes()
    {
        core::Dataset dataset;
        dataset.categories = {
            {2, "car", "vehicle", 0}, {5, "sky", "", 0, false}, {6, "person", "", 0}};
        const core::Size size{6, 1};
        dataset.images = {{1, "train/aachen_000001_000019_leftImg8bit.png", size}};
        const auto pixel = [&](int x) { return sample::rectangle(size, x, 0, x + 1, 1); };
        dataset.annotations = {{1, 1, 2, pixel(0)},
                               {2, 1, 5, pixel(1)},
                               {3, 1, 2, pixel(2)},
                               {4, 1, 6, pixel(3), true},
                               {5, 1, 6, pixel(5)}};
        const fs::path folder = newFolder();
        QVERIFY(write(dataset, folder).losses.empty());
        const std::string start = folder / "gtFine/train/aachen/aachen_000001_000019_gtFine_";
        QVERIFY((exporters::readIndexPng(start + "instanceIds.png").map.values ==
                 Values{26000, 23, 26001, 24, 0, 24000}));
        QVERIFY((exporters::readIndexPng(start + "labelIds.png").map.values ==
                 Values{26, 23, 26, 24, 0, 24}));
        const auto color = exporters::readIndexPng(start + "color.png");
        QVERIFY(color.isColor);
        QCOMPARE(color.map.values[1], exporters::toValue(0x4682b4));
        QVERIFY(!fs::exists(folder / "label_colors.txt"));
        const ReadResult result = read(folder);
        QVERIFY(result.findings.isEmpty());
        const core::Dataset &back = result.dataset;
        QCOMPARE(sample::described(back, true), sample::described(dataset, true));
        QCOMPARE(back.categories.size(), std::size_t(34));
        QCOMPARE(back.categories[25].id, core::Id(26));
        QCOMPARE(back.categories[25].name, std::string("car"));
        QVERIFY(back.categories[25].isThing && !back.categories[22].isThing);
        QCOMPARE(exporters::splitOf(back.images[0]), std::string("train"));
    }

    void ownLabelsAreWrittenAsCvatHasThem()
    {
        core::Dataset dataset = sample::overlapping();
        dataset.categories[1].name = "traffic cone";
        const fs::path folder = newFolder();
        write(dataset, folder);
        QCOMPARE(sample::contentOf(folder / "label_colors.txt"),
                 std::string("0 0 0 background\n255 0 0 kind 1\n0 255 0 traffic cone\n"));
        const core::Dataset back = read(folder).dataset;
        QCOMPARE(back.categories.size(), std::size_t(2));
        QCOMPARE(back.categories[1].name, std::string("traffic cone"));
        QCOMPARE(back.images[0].fileName, std::string("a.jpg")); // kept in the file
        QVERIFY(fs::exists(folder / "gtFine/train/city/a_gtFine_instanceIds.png"));
    }

    void lossesAreCounted()
    {
        core::Dataset dataset = sample::overlapping();
        dataset.categories.push_back({3, "grass", "", 0, false});
        const core::Size size = dataset.images[0].size;
        for (int x = 0; x < 3; ++x)
            dataset.annotations.push_back(
                {20 + x, 1, 3, sample::rectangle(size, x, 7, x + 1, 8), x == 0});
        core::Annotation box{7, 1, 1, {size, {}}};
        box.box = core::Box{0, 0, 3, 4};
        dataset.annotations.push_back(box);
        const fs::path folder = newFolder();
        QCOMPARE(
            sample::lossesOf(write(dataset, folder)),
            (QStringList{"1 boxes without a mask were left out", "1 crowds became ordinary objects",
                         "1 objects lie partly under others; their covered pixels were lost",
                         "1 objects lie wholly under others and were left out",
                         "1 objects without a pixel were left out",
                         "2 regions of a class that is not counted, or crowds, became one "
                         "with others of their class"}));
        const core::Dataset back = read(folder).dataset;
        QCOMPARE(back.annotations.size(), std::size_t(5));
    }

    void moreThanTheNumbersHold()
    {
        core::Dataset dataset;
        dataset.categories = {{1, "dot", "", 0}};
        dataset.images = {{1, "a.jpg", {1002, 1}}};
        for (int i = 0; i < 1002; ++i)
            dataset.annotations.push_back(
                {i + 1, 1, 1, sample::rectangle({1002, 1}, i, 0, i + 1, 1)});
        for (int i = 2; i <= 65; ++i)
            dataset.categories.push_back({i, "c" + std::to_string(i), "", 0});
        dataset.images.push_back({2, "b.jpg", {2, 1}});
        dataset.annotations.push_back({2000, 2, 64, sample::rectangle({2, 1}, 0, 0, 1, 1)});
        dataset.annotations.push_back({2001, 2, 65, sample::rectangle({2, 1}, 1, 0, 2, 1)});
        const fs::path folder = newFolder();
        QCOMPARE(sample::lossesOf(write(dataset, folder)),
                 (QStringList{"1 regions of a class that is not counted, or crowds, became one "
                              "with others of their class",
                              "3 objects became crowds, there being no number for them (1000 a "
                              "class and picture, 64 classes)"}));
        const auto map =
            exporters::readIndexPng(folder / "gtFine/train/city/b_gtFine_instanceIds.png").map;
        QVERIFY((map.values == Values{64000, 65}));
        QCOMPARE(read(folder).dataset.annotations.size(), std::size_t(1003));
    }

    void licensePlatesHaveNoNumber()
    {
        core::Dataset dataset = sample::overlapping();
        dataset.categories = {{1, "car", "", 0}, {2, "license plate", "", 0, false}};
        QVERIFY(sample::lossesOf(write(dataset, newFolder()))
                    .contains("2 objects of labels without an id were left out"));
    }

    void polygonsAreReadWhereThereIsNothingElse()
    {
        const fs::path folder = newFolder();
        const fs::path gt = folder / "gtFine/val/bonn";
        // The car covers the road, as it comes later; corners are the middles of pixels.
        sample::put(gt / "bonn_000000_000001_gtFine_polygons.json",
                    R"({"imgHeight": 6, "imgWidth": 8, "objects": [
                        {"label": "road", "polygon": [[-0.5,-0.5],[7.5,-0.5],[7.5,5.5],[-0.5,5.5]]},
                        {"label": "car", "polygon": [[0.5,0.5],[4.5,0.5],[4.5,2.5],[0.5,2.5]]},
                        {"label": "persongroup", "polygon": [[5.5,3.5],[7.5,3.5],[7.5,5.5],[5.5,5.5]]},
                        {"label": "license plate", "polygon": [[1.5,1.5],[2.5,1.5],[2.5,2.5],[1.5,2.5]]},
                        {"label": "car", "deleted": 1, "polygon": [[0,0],[8,0],[8,6]]},
                        {"label": "dragon", "polygon": [[0,0],[8,0],[8,6]]},
                        {"label": "car", "polygon": [[0,0],[8,0]]},
                        {"label": "car", "polygon": [[0,"x"],[8,0],[1,1]]},
                        {"label": "unlabeled", "polygon": [[0,0],[8,0],[8,6]]}]})");
        const ReadResult result = read(folder);
        QCOMPARE(sample::rulesOf(result.findings), (QStringList{"polygon", "polygon", "polygon"}));
        const core::Dataset &back = result.dataset;
        QCOMPARE(back.images[0].fileName,
                 std::string("val/bonn/bonn_000000_000001_leftImg8bit.png"));
        QCOMPARE(back.annotations.size(), std::size_t(4));
        QCOMPARE(back.annotations[0].categoryId, core::Id(7));
        QCOMPARE(core::area(back.annotations[0].mask), std::int64_t(48 - 8 - 4));
        QCOMPARE(core::area(back.annotations[1].mask), std::int64_t(8 - 1));
        QVERIFY((core::boundingBox(back.annotations[1].mask) == core::PixelRect{1, 1, 4, 2}));
        QCOMPARE(back.annotations[2].categoryId, core::Id(24));
        QVERIFY(back.annotations[2].isCrowd && !back.annotations[1].isCrowd);
        QCOMPARE(back.annotations[3].categoryId, core::Id(34));
    }

    void coarseAndLabelsAlone()
    {
        const fs::path folder = newFolder();
        sample::putMap(folder / "gtCoarse/train/bonn/a_gtCoarse_labelIds.png", {3, 1}, {24, 0, 7},
                       IndexDepth::Grey8);
        const ReadResult result = read(folder);
        QVERIFY(result.findings.isEmpty());
        QCOMPARE(sample::described(result.dataset, true),
                 (QStringList{"train/bonn/a_leftImg8bit.png 3x1",
                              "train/bonn/a_leftImg8bit.png: person 0 1 2",
                              "train/bonn/a_leftImg8bit.png: road 2 1"}));
    }

    void aClaimedSizeCostsNothing()
    {
        const fs::path folder = newFolder();
        const auto put = [&](const char *name, const char *text) {
            sample::put(
                folder / "gtFine/train/city" / (std::string(name) + "_gtFine_polygons.json"), text);
        };
        put("a", R"({"imgWidth":20000,"imgHeight":20000,"objects":[]})");
        put("b", R"({"imgWidth":32768,"imgHeight":32768,"objects":[]})");
        put("c", R"({"imgWidth":4000000,"imgHeight":2,"objects":[]})");
        const ReadResult result = read(folder);
        QCOMPARE(sample::rulesOf(result.findings), QStringList("polygons"));
        QCOMPARE(result.dataset.images.size(), std::size_t(2));
        QVERIFY((result.dataset.images[0].size == core::Size{20000, 20000}));
    }

    void whatIsWrongIsToldAndTheRestRead()
    {
        const core::Dataset dataset = sample::maps(3, 6);
        const fs::path folder = newFolder();
        write(dataset, folder);
        const fs::path gt = folder / "gtFine/train/city";
        sample::cut(gt / "b1_gtFine_instanceIds.png", 30);
        sample::putMap(gt / "b2_gtFine_instanceIds.png", {2, 1}, {9, 50001}, IndexDepth::Grey16);
        sample::putMap(gt / "b3_gtFine_instanceIds.png", {2, 1}, {9, 5}, IndexDepth::Rgb);
        IndexMap map({1, 1});
        exporters::writeIndexPng(map, IndexDepth::Grey16, gt / "b4_gtFine_instanceIds.png", {},
                                 "../../etc/passwd");
        QImage picture(3, 3, QImage::Format_RGB32);
        picture.fill(0);
        fs::create_directories(folder / "leftImg8bit/train/city");
        QVERIFY(picture.save(
            QString::fromStdString(folder / "leftImg8bit/train/city/b5_leftImg8bit.png")));
        fs::create_directory_symlink(folder / "gtFine", gt / "round");
        sample::put(gt / "c_gtFine_polygons.json", "{\"imgWidth\": 100000000000}");
        sample::put(gt / "d_gtFine_polygons.json", std::string(100000, '['));
        sample::put(gt / "e_gtFine_polygons.json",
                    R"({"imgWidth":1073741824,"imgHeight":1,"objects":[]})");
        const ReadResult result = read(folder);
        QCOMPARE(sample::rulesOf(result.findings),
                 (QStringList{"map-unreadable", "no-label", "no-label", "map-kind", "file-name",
                              "map-size", "polygons", "polygons", "polygons"}));
        core::Dataset good = dataset;
        core::Dataset back = result.dataset;
        for (core::Dataset *one : {&good, &back}) {
            core::Id last = 0;
            for (const core::ImageRecord &image : one->images)
                last = image.fileName == "b6.jpg" ? image.id : last;
            QVERIFY(last != 0);
            std::erase_if(one->annotations, [&](const auto &a) { return a.imageId != last; });
            std::erase_if(one->images, [&](const auto &image) { return image.id != last; });
        }
        QVERIFY(!good.annotations.empty());
        QCOMPARE(sample::described(back), sample::described(good));
    }

    void picturesGoWithThem()
    {
        QImage picture(10, 8, QImage::Format_RGB32);
        picture.fill(0);
        const fs::path photos = newFolder();
        fs::create_directories(photos);
        QVERIFY(picture.save(QString::fromStdString(photos / "a.jpg")));
        exporters::WriteOptions options;
        options.pictures = exporters::Pictures::Link;
        options.imageFolder = photos;
        options.split = [](const core::ImageRecord &) { return std::string("val"); };
        const fs::path folder = newFolder();
        write(sample::overlapping(), folder, options);
        const core::Dataset back = read(folder).dataset;
        QCOMPARE(back.images[0].fileName, std::string("val/city/a_leftImg8bit.jpg"));
        QVERIFY(fs::exists(folder / "leftImg8bit" / back.images[0].fileName));
    }

    void whatIsNoCityscapes()
    {
        QTemporaryDir empty;
        QVERIFY(!Cityscapes().recognises(empty.path().toStdString()));
        QVERIFY_EXCEPTION_THROWN(read(empty.path().toStdString()), core::Error);
        QVERIFY_EXCEPTION_THROWN(read("/no/such/folder"), core::Error);
    }

    void stoppedInBetweenNothingIsThere()
    {
        const core::Dataset dataset = sample::maps(2);
        std::stop_source stop;
        sample::StoppingSource source(dataset, stop);
        const fs::path folder = newFolder();
        QVERIFY_EXCEPTION_THROWN(Cityscapes().write(source, folder, {}, stop.get_token(), {}),
                                 core::Error);
        QVERIFY(!fs::exists(folder));
        write(dataset, folder);
        int told = 0;
        Cityscapes().read(folder, {}, {}, [&](double) { ++told; });
        QCOMPARE(told, int(dataset.images.size()));
        QVERIFY_EXCEPTION_THROWN(Cityscapes().read(folder, {}, stop.get_token(), {}), core::Error);
    }
};

QTEST_GUILESS_MAIN(TestCityscapes)
#include "tst_cityscapes.moc"
