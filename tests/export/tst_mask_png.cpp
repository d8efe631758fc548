// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "export/formats.h"
#include "export/formats/mask_png.h"
#include "export/maps/index_png.h"
#include "map_format.h"
#include "map_samples.h"

#include <QTemporaryDir>
#include <QtTest>

namespace fs = std::filesystem;
using exporters::IndexDepth;
using exporters::MaskPng;
using exporters::ReadResult;
using exporters::WriteSummary;

class TestMaskPng : public QObject, private sample::FolderOf<MaskPng>
{
    Q_OBJECT

private:
    static void replace(const fs::path &file, const std::string &from, const std::string &to)
    {
        std::string text = sample::contentOf(file);
        const std::size_t at = text.find(from);
        QVERIFY2(at != text.npos, from.c_str());
        sample::put(file, text.replace(at, from.size(), to));
    }

private Q_SLOTS:
    void everythingComesBack()
    {
        for (unsigned seed = 1; seed <= 5; ++seed) {
            core::Dataset dataset = sample::maps(seed);
            dataset.foreign = R"({"info":{"year":2020}})";
            dataset.categories[0].foreign = R"({"code":"k1"})";
            dataset.categories[1].isThing = false;
            dataset.categories[2].supercategory = "things \u00e9";
            dataset.images[0].foreign = R"({"camera":3,"split":"val"})";
            dataset.images[1].fileName = "sub folder/b1.png";
            dataset.annotations[0].foreign = R"({"seen_by":["me"]})";
            dataset.annotations[0].isCrowd = true;
            dataset.annotations[1].track = 77;
            dataset.annotations[1].score = 0.25;
            for (core::Annotation &annotation : dataset.annotations)
                annotation.id += 1000;
            const fs::path folder = newFolder();
            const WriteSummary summary = write(dataset, folder);
            QVERIFY(summary.losses.empty());
            const ReadResult back = read(folder);
            QVERIFY(back.findings.isEmpty());
            QVERIFY(back.dataset.images == dataset.images);
            QVERIFY(back.dataset.categories == dataset.categories);
            QVERIFY(back.dataset.annotations == dataset.annotations);
            QCOMPARE(back.dataset.foreign, dataset.foreign);
            QVERIFY(exporters::recogniseFormat(folder)->name() == "mask-png");
        }
    }

    void filesAreAsTheHeaderSays()
    {
        core::Dataset dataset;
        dataset.categories = {{3, "cat", "animal", 0xff8000}};
        dataset.images = {{1, "a.jpg", {3, 1}}};
        dataset.annotations = {{9, 1, 3, sample::rectangle({3, 1}, 1, 0, 2, 1)},
                               {4, 1, 3, sample::rectangle({3, 1}, 2, 0, 3, 1)}};
        const fs::path folder = newFolder();
        write(dataset, folder);
        QCOMPARE(sample::contentOf(folder / "classes.json"),
                 std::string(R"({"classes":[
{"id":3,"name":"cat","supercategory":"animal","color":"#ff8000","thing":true}],
"pictures":[
{"id":1,"file_name":"a.jpg","width":3,"height":1,"classes_file":"classes/a.png",)"
                             R"("instances_file":"instances/a.png",)"
                             R"("instances":[{"value":1,"class":3,"id":9},)"
                             R"({"value":2,"class":3,"id":4}]}]}
)"));
        const auto classes = exporters::readIndexPng(folder / "classes/a.png");
        QVERIFY((classes.map.values == std::vector<std::uint32_t>{0, 3, 3}));
        QCOMPARE(classes.palette.at(3), 0xff8000u);
        const auto instances = exporters::readIndexPng(folder / "instances/a.png");
        QVERIFY((instances.map.values == std::vector<std::uint32_t>{0, 1, 2}));
        QCOMPARE(sample::contentOf(folder / "instances/a.png")[24], char(16));
    }

    void classesAbove255NeedSixteenBits()
    {
        core::Dataset dataset = sample::maps(1);
        dataset.categories[2].id = 300;
        for (core::Annotation &annotation : dataset.annotations)
            annotation.categoryId = annotation.categoryId == 3 ? 300 : annotation.categoryId;
        fs::path folder = newFolder();
        QVERIFY(write(dataset, folder).losses.empty());
        QCOMPARE(sample::contentOf(folder / "classes/b1.png")[24], char(16));
        QVERIFY(read(folder).dataset.annotations == dataset.annotations);

        dataset.categories[2].id = 70000;
        for (core::Annotation &annotation : dataset.annotations)
            annotation.categoryId = annotation.categoryId == 300 ? 70000 : annotation.categoryId;
        folder = newFolder();
        QCOMPARE(sample::lossesOf(write(dataset, folder)),
                 QStringList("1 ids of categories are above 65535 and all of them were numbered "
                             "anew"));
        QCOMPARE(sample::described(read(folder).dataset), sample::described(dataset));
    }

    void lossesAreCounted()
    {
        core::Dataset dataset = sample::overlapping();
        core::Annotation box{7, 1, 1, {{10, 8}, {}}};
        box.box = core::Box{0, 0, 3, 4};
        dataset.annotations.push_back(box);
        QCOMPARE(sample::lossesOf(write(dataset, newFolder())),
                 (QStringList{"1 boxes without a mask were left out",
                              "1 objects lie partly under others; their covered pixels were lost",
                              "1 objects lie wholly under others and were left out",
                              "1 objects without a pixel were left out"}));
    }

    void picturesOfTheSameStem()
    {
        core::Dataset dataset = sample::maps(1, 2);
        dataset.images[0].fileName = "a.jpg";
        dataset.images[1].fileName = "a.png";
        const fs::path folder = newFolder();
        write(dataset, folder);
        QVERIFY(read(folder).dataset.annotations == dataset.annotations);
    }

    void aFolderFromElsewhere()
    {
        const fs::path folder = newFolder();
        sample::putMap(folder / "b/two.png", {3, 1}, {0, 1000, 7}, IndexDepth::Grey16);
        sample::putMap(folder / "one10.png", {2, 1}, {7, 255}, IndexDepth::Grey8);
        sample::putMap(folder / "one9.png", {2, 1}, {0, 0}, IndexDepth::Grey8);
        const ReadResult result = read(folder);
        QVERIFY(result.findings.isEmpty());
        QCOMPARE(sample::described(result.dataset),
                 (QStringList{"b/two.png 3x1", "b/two.png: class 1000 1 1 1",
                              "b/two.png: class 7 2 1", "one10.png 2x1", "one10.png: class 255 1 1",
                              "one10.png: class 7 0 1 1", "one9.png 2x1"}));
        QCOMPARE(result.dataset.categories[0].id, core::Id(7));
        QCOMPARE(result.dataset.images[1].fileName, std::string("one9.png"));
        QVERIFY(!MaskPng().recognises(folder)); // it may be any PNGs
    }

    void aTableFromElsewhere()
    {
        const fs::path folder = newFolder();
        sample::putMap(folder / "a.png", {3, 1}, {0, 1, 2}, IndexDepth::Grey8);
        sample::putMap(folder / "b.png", {2, 1}, {exporters::toValue(0xff0000), 0},
                       IndexDepth::Rgb);
        sample::putMap(folder / "c.png", {2, 1}, {exporters::toValue(0xff0001), 0},
                       IndexDepth::Rgb);
        sample::put(folder / "classes.json",
                    R"({"classes": [{"id": 0, "name": "nothing"},
                        {"id": 1, "name": "cat", "color": [255, 0, 0]},
                        {"id": 1, "name": "twice"}, {"name": "no id"}, 7,
                        {"id": 2, "name": "colourless", "color": "red"}]})");
        const ReadResult result = read(folder);
        QCOMPARE(
            sample::rulesOf(result.findings),
            (QStringList{"table-entry", "table-entry", "table-entry", "table-entry", "map-color"}));
        QCOMPARE(sample::described(result.dataset),
                 (QStringList{"a.png 3x1", "a.png: cat 1 1 1", "a.png: class 2 2 1", "b.png 2x1",
                              "b.png: cat 0 1 1"}));
        QVERIFY(MaskPng().recognises(folder));
    }

    void keysOfOthersHideNothing()
    {
        core::Dataset dataset = sample::maps(2);
        dataset.foreign = "{\"info\":{\"text\":\"" + std::string(5 << 20, 'a') + "\"}}";
        const fs::path folder = newFolder();
        write(dataset, folder);
        QVERIFY(MaskPng().recognises(folder));
        ReadResult back = read(folder);
        QVERIFY(back.findings.isEmpty());
        QVERIFY(back.dataset.foreign == dataset.foreign);
        QCOMPARE(sample::described(back.dataset), sample::described(dataset));
        // The keys first, as they were once written.
        const fs::path table = folder / "classes.json";
        const std::string text = sample::contentOf(table);
        sample::put(table, dataset.foreign.substr(0, dataset.foreign.size() - 1) + "," +
                               text.substr(text.find("\"classes\"")));
        QCOMPARE(sample::described(read(folder).dataset), sample::described(dataset));
    }

    void stoppedBetweenPictures()
    {
        const fs::path folder = newFolder();
        write(sample::maps(2), folder);
        std::stop_source stop;
        try {
            MaskPng().read(folder, {}, stop.get_token(), [&](double) { stop.request_stop(); });
            QFAIL("not stopped");
        } catch (const core::Error &error) {
            QCOMPARE(error.kind(), core::ErrorKind::Cancelled);
        }
    }

    void whatIsWrongIsToldAndTheRestRead()
    {
        const core::Dataset dataset = sample::maps(3, 6);
        const fs::path folder = newFolder();
        write(dataset, folder);
        sample::cut(folder / "instances/b1.png", 30);
        fs::remove(folder / "instances/b2.png");
        sample::putMap(folder / "instances/b3.png", {2, 2}, {1, 1, 1, 1}, IndexDepth::Grey16);
        const fs::path table = folder / "classes.json";
        replace(table, "\"instances/b4.png\"", "\"../../b4.png\"");
        replace(table, "\"file_name\":\"b5.jpg\"", "\"file_name\":\"/etc/passwd\"");
        const ReadResult result = read(folder);
        QCOMPARE(sample::rulesOf(result.findings),
                 (QStringList{"map-unreadable", "map-missing", "map-size", "table-entry",
                              "table-entry"}));
        std::vector<core::Annotation> good = dataset.annotations;
        std::erase_if(good, [](const core::Annotation &a) { return a.imageId != 6; });
        QVERIFY(!good.empty());
        QVERIFY(result.dataset.annotations == good);
    }

    void instancesThatAreWrong()
    {
        core::Dataset dataset = sample::overlapping();
        const fs::path folder = newFolder();
        write(dataset, folder); // 1, 2, 4 and 5 have the values 1 to 4
        const fs::path table = folder / "classes.json";
        replace(table, R"({"value":1,)", R"({"value":9,)");
        replace(table, R"("value":2,"class":2)", R"("value":2,"class":8)");
        replace(table, R"("class":2,"id":4)", R"("class":2,"id":5)");
        const ReadResult result = read(folder);
        QCOMPARE(sample::rulesOf(result.findings),
                 (QStringList{"table-entry", "table-entry", "table-entry", "no-class", "no-class",
                              "no-class"}));
        QCOMPARE(result.dataset.annotations.size(), std::size_t(1));
        QCOMPARE(result.dataset.annotations[0].id, core::Id(5));
    }

    void damagedTables()
    {
        const fs::path folder = newFolder();
        write(sample::maps(1), folder);
        const std::string whole = sample::contentOf(folder / "classes.json");
        for (const std::string &text :
             {whole.substr(0, whole.size() / 2), std::string("{\"pictures\":7}"),
              "{\"pictures\":" + std::string(100000, '[')}) {
            sample::put(folder / "classes.json", text);
            try {
                read(folder); // without pictures in sight: as from elsewhere
            } catch (const core::Error &error) {
                QCOMPARE(error.kind(), core::ErrorKind::BadDataset);
            }
        }
        QVERIFY_EXCEPTION_THROWN(read("/no/such/folder"), core::Error);
        QTemporaryDir empty;
        QVERIFY_EXCEPTION_THROWN(read(empty.path().toStdString()), core::Error);
    }

    void linksThatGoRound()
    {
        const fs::path folder = newFolder();
        sample::putMap(folder / "a/one.png", {1, 1}, {7}, IndexDepth::Grey8);
        fs::create_directory_symlink(folder, folder / "a/round");
        fs::create_symlink(folder / "nowhere", folder / "a/nowhere.png");
        QCOMPARE(sample::described(read(folder).dataset),
                 (QStringList{"a/one.png 1x1", "a/one.png: class 7 0 1"}));
    }

    void stoppedInBetweenNothingIsThere()
    {
        const core::Dataset dataset = sample::maps(2);
        std::stop_source stop;
        sample::StoppingSource source(dataset, stop);
        const fs::path folder = newFolder();
        QVERIFY_EXCEPTION_THROWN(MaskPng().write(source, folder, {}, stop.get_token(), {}),
                                 core::Error);
        QVERIFY(!fs::exists(folder));
        write(dataset, folder);
        int told = 0;
        MaskPng().read(folder, {}, {}, [&](double) { ++told; });
        QVERIFY(told > 0);
        QVERIFY_EXCEPTION_THROWN(MaskPng().read(folder, {}, stop.get_token(), {}), core::Error);
    }
};

QTEST_GUILESS_MAIN(TestMaskPng)
#include "tst_mask_png.moc"
