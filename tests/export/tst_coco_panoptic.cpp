// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "export/formats.h"
#include "export/formats/coco_panoptic.h"
#include "export/maps/index_png.h"
#include "map_format.h"
#include "map_samples.h"

#include <QTemporaryDir>
#include <QtTest>

namespace fs = std::filesystem;
using exporters::CocoPanoptic;
using exporters::IndexDepth;
using exporters::ReadResult;

using Values = std::vector<std::uint32_t>;

class TestCocoPanoptic : public QObject, private sample::FolderOf<CocoPanoptic>
{
    Q_OBJECT

private:
    static void putMap(const fs::path &file, core::Size size, Values values)
    {
        sample::putMap(file, size, std::move(values), IndexDepth::Rgb);
    }
    static constexpr const char *images =
        R"("images": [{"id": 1, "file_name": "a.jpg", "width": 3, "height": 1},
                      {"id": 2, "file_name": "b.jpg", "width": 2, "height": 1}],)";
    static constexpr const char *categories =
        R"("categories": [{"id": 7, "name": "cat", "isthing": 1, "color": [255, 128, 0]},
                          {"id": 9, "name": "sky", "isthing": 0}],)";

private Q_SLOTS:
    void everythingComesBack()
    {
        for (unsigned seed = 1; seed <= 5; ++seed) {
            core::Dataset dataset = sample::maps(seed);
            dataset.foreign = R"({"info":{"year":2020},"licenses":[{"id":4}],"more":[1,2]})";
            dataset.categories[1].isThing = false;
            dataset.categories[2].supercategory = "things \u00e9";
            dataset.images[0].foreign = R"({"license":4})";
            dataset.images[1].fileName = "sub folder/b1.png";
            dataset.annotations[0].foreign = R"({"seen_by":["me"]})";
            dataset.annotations[0].isCrowd = true;
            for (core::Annotation &annotation : dataset.annotations)
                annotation.id += 70000; // two of the three bytes
            const fs::path folder = newFolder();
            QVERIFY(write(dataset, folder).losses.empty());
            const ReadResult back = read(folder / "panoptic.json");
            QVERIFY(back.findings.isEmpty());
            QVERIFY(back.dataset.images == dataset.images);
            QVERIFY(back.dataset.categories == dataset.categories);
            QVERIFY(back.dataset.annotations == dataset.annotations);
            QCOMPARE(back.dataset.foreign, dataset.foreign);
            QVERIFY(read(folder).dataset.annotations == dataset.annotations);
            for (const fs::path &input : {folder, folder / "panoptic.json"})
                QVERIFY(exporters::recogniseFormat(input)->name() == "coco-panoptic");
        }
    }

    void filesAreThoseOfCoco()
    {
        core::Dataset dataset;
        dataset.categories = {{7, "cat", "animal", 0xff8000}};
        dataset.images = {{1, "a.jpg", {3, 2}}};
        dataset.annotations = {{258, 1, 7, sample::rectangle({3, 2}, 1, 0, 3, 1), true}};
        const fs::path folder = newFolder();
        write(dataset, folder);
        const std::string json = sample::contentOf(folder / "panoptic.json");
        for (const char *line :
             {R"({"id":7,"name":"cat","supercategory":"animal","isthing":1,"color":[255,128,0]})",
              R"({"id":1,"width":3,"height":2,"file_name":"a.jpg"})",
              R"({"image_id":1,"file_name":"a.png","segments_info":[{"id":258,"category_id":7,)"
              R"("iscrowd":1,"bbox":[1,0,2,1],"area":2}]})"})
            QVERIFY2(json.find(line) != json.npos, line);
        const auto map = exporters::readIndexPng(folder / "panoptic/a.png");
        QVERIFY(map.isColor);
        QVERIFY((map.map.values == Values{0, 258, 258, 0, 0, 0})); // red 2, green 1
    }

    void lossesAreCounted()
    {
        core::Dataset dataset = sample::overlapping();
        core::Annotation box{7, 1, 1, {{10, 8}, {}}};
        box.box = core::Box{0, 0, 3, 4};
        dataset.annotations.push_back(box);
        dataset.annotations[4].id = 1 << 24;
        dataset.annotations[4].score = 0.5;
        const fs::path folder = newFolder();
        QCOMPARE(
            sample::lossesOf(write(dataset, folder)),
            (QStringList{"1 boxes without a mask were left out",
                         "1 ids of segments are above 16777215 or used twice and were replaced",
                         "1 objects lie partly under others; their covered pixels were lost",
                         "1 objects lie wholly under others and were left out",
                         "1 objects without a pixel were left out", "1 scores were left out"}));
        const core::Dataset back = read(folder).dataset;
        QCOMPARE(back.annotations.size(), std::size_t(4));
        QCOMPARE(back.annotations[3].id, core::Id(3)); // the first that is free
    }

    void segmentsOfTheSameIdInTwoPictures()
    {
        // Ids are colours, and in the original they are unique in a picture alone.
        const fs::path folder = newFolder();
        putMap(folder / "val/a.png", {3, 1}, {5, 6, 0});
        putMap(folder / "val/b.png", {2, 1}, {5, 5});
        sample::put(folder / "val.json",
                    std::string("{") + images + categories + R"("annotations": [
            {"image_id": 1, "file_name": "a.png", "segments_info": [
                {"id": 6, "category_id": 7, "iscrowd": 1, "area": 1, "bbox": [1,0,1,1]},
                {"id": 5, "category_id": 7, "mine": 1}]},
            {"image_id": 2, "file_name": "b.png", "segments_info": [{"id": 5, "category_id": 9}]}]})");
        const ReadResult result = read(folder / "val.json");
        QVERIFY(result.findings.isEmpty());
        const auto &annotations = result.dataset.annotations;
        QCOMPARE(annotations.size(), std::size_t(3));
        QCOMPARE(annotations[0].id, core::Id(6));
        QCOMPARE(annotations[1].id, core::Id(5));
        QCOMPARE(annotations[1].foreign, std::string(R"({"mine":1})"));
        QCOMPARE(annotations[2].id, core::Id(7));
        QCOMPARE(annotations[2].foreign, std::string(R"({"segment_id":5})"));
        QVERIFY(annotations[0].isCrowd && !annotations[1].isCrowd);
        QVERIFY(!result.dataset.categories[1].isThing);
        const fs::path again = newFolder();
        QVERIFY(write(result.dataset, again).losses.empty());
        QVERIFY((exporters::readIndexPng(again / "panoptic/a.png").map.values == Values{5, 6, 0}));
        QVERIFY((exporters::readIndexPng(again / "panoptic/b.png").map.values == Values{5, 5}));
        QVERIFY(read(again).dataset.annotations == annotations);
    }

    void whatIsWrongIsToldAndTheRestRead()
    {
        const core::Dataset dataset = sample::maps(3, 5);
        const fs::path folder = newFolder();
        write(dataset, folder);
        sample::cut(folder / "panoptic/b1.png", 30);
        fs::remove(folder / "panoptic/b2.png");
        putMap(folder / "panoptic/b3.png", {1, 1}, {1});
        sample::putMap(folder / "panoptic/b4.png", dataset.images[3].size,
                       Values(std::size_t(dataset.images[3].size.area()), 7), IndexDepth::Grey16);
        const ReadResult result = read(folder);
        QCOMPARE(sample::rulesOf(result.findings),
                 (QStringList{"map-unreadable", "map-missing", "map-size", "map-kind"}));
        std::vector<core::Annotation> good = dataset.annotations;
        std::erase_if(good, [](const core::Annotation &a) { return a.imageId != 5; });
        QVERIFY(!good.empty());
        QVERIFY(result.dataset.annotations == good);
        QCOMPARE(result.dataset.images.size(), std::size_t(5));
    }

    void entriesThatAreWrong()
    {
        const fs::path folder = newFolder();
        putMap(folder / "val/a.png", {3, 1}, {5, 6, 0xffffff});
        sample::put(folder / "val.json", std::string("{") + images + categories + R"(
            "annotations": [
            {"image_id": 1, "file_name": "a.png", "segments_info": [
                {"id": 5, "category_id": 7}, {"id": 5, "category_id": 7},
                {"id": 6, "category_id": 8}, {"id": 77, "category_id": 7}, 3,
                {"category_id": 7}]},
            {"image_id": 1, "file_name": "a.png", "segments_info": []},
            {"image_id": 2, "file_name": "../../a.png", "segments_info": []},
            {"image_id": 3, "file_name": "a.png", "segments_info": []},
            {"image_id": 2, "file_name": "a.png"},
            7]})");
        const ReadResult result = read(folder / "val.json");
        QCOMPARE(sample::rulesOf(result.findings),
                 (QStringList{"entry", "entry", "entry", "entry", "entry", "no-class", "entry",
                              "entry", "entry", "entry", "entry"}));
        QCOMPARE(result.dataset.annotations.size(), std::size_t(1));
        QCOMPARE(sample::described(result.dataset),
                 (QStringList{"a.jpg 3x1", "a.jpg: cat 0 1 2", "b.jpg 2x1"}));
    }

    void tablesThatAreWrong()
    {
        const fs::path folder = newFolder();
        sample::put(folder / "val.json", R"({"images": [
            {"id": 1, "file_name": "/etc/passwd", "width": 3, "height": 1},
            {"id": 2, "file_name": "b.jpg", "width": 100000000, "height": 100000000},
            {"id": 3, "file_name": "c.jpg", "width": 2, "height": 2},
            {"id": 3, "file_name": "d.jpg", "width": 2, "height": 2},
            {"id": 0, "file_name": "e.jpg", "width": 2, "height": 2}],
            "categories": [{"id": 1, "name": "a"}, {"id": 1, "name": "b"}, {"name": "c"}],
            "annotations": [{"segments_info": []}]})");
        const ReadResult result = read(folder / "val.json");
        QCOMPARE(result.findings.errors(), std::size_t(7));
        QCOMPARE(result.dataset.images.size(), std::size_t(1));
        QCOMPARE(result.dataset.categories.size(), std::size_t(1));
    }

    void damagedFiles()
    {
        const fs::path folder = newFolder();
        write(sample::maps(1), folder);
        const fs::path file = folder / "panoptic.json";
        const std::string whole = sample::contentOf(file);
        for (const std::string &text :
             {std::string(), whole.substr(0, whole.size() / 2), std::string("[1]"),
              std::string("{\"images\":[],\"annotations\":[]}"), std::string(100000, '[')}) {
            sample::put(file, text);
            QVERIFY_EXCEPTION_THROWN(read(file), core::Error);
        }
        QVERIFY_EXCEPTION_THROWN(read(folder / "none.json"), core::Error);
        QTemporaryDir empty;
        QVERIFY_EXCEPTION_THROWN(read(empty.path().toStdString()), core::Error);
    }

    void ofSeveralFilesOneMustBeNamed()
    {
        const fs::path folder = newFolder();
        write(sample::maps(1), folder);
        fs::copy_file(folder / "panoptic.json", folder / "other.json");
        QVERIFY_EXCEPTION_THROWN(read(folder), core::Error);
        QVERIFY(!read(folder / "panoptic.json").dataset.annotations.empty());
    }

    void cocoInstancesAreNot()
    {
        QVERIFY(!CocoPanoptic().recognises(TEST_DATA_DIR "/coco/two_images.json"));
        QCOMPARE(exporters::recogniseFormat(TEST_DATA_DIR "/coco/two_images.json")->name(),
                 std::string_view("coco"));
    }

    void stoppedInBetweenNothingIsThere()
    {
        const core::Dataset dataset = sample::maps(2);
        std::stop_source stop;
        sample::StoppingSource source(dataset, stop);
        const fs::path folder = newFolder();
        QVERIFY_EXCEPTION_THROWN(CocoPanoptic().write(source, folder, {}, stop.get_token(), {}),
                                 core::Error);
        QVERIFY(!fs::exists(folder));
        write(dataset, folder);
        int told = 0;
        CocoPanoptic().read(folder, {}, {}, [&](double) { ++told; });
        QVERIFY(told > 0);
        QVERIFY_EXCEPTION_THROWN(CocoPanoptic().read(folder, {}, stop.get_token(), {}),
                                 core::Error);
    }
};

QTEST_GUILESS_MAIN(TestCocoPanoptic)
#include "tst_coco_panoptic.moc"
