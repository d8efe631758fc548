// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/mask/rle_string.h"
#include "export/formats.h"
#include "export/formats/mots.h"
#include "export/maps/index_png.h"
#include "export/splits.h"
#include "map_format.h"
#include "map_samples.h"

#include <QTemporaryDir>
#include <QtTest>

namespace fs = std::filesystem;
using exporters::IndexDepth;
using exporters::IndexMap;
using exporters::Mots;
using exporters::ReadResult;
using exporters::WriteSummary;

using Values = std::vector<std::uint32_t>;

class TestMots : public QObject, private sample::FolderOf<Mots>
{
    Q_OBJECT

private:
    static void putMap(const fs::path &file, core::Size size, Values values)
    {
        sample::putMap(file, size, std::move(values), IndexDepth::Grey16);
    }
    /// Pictures of one row of `width` pixels, an object each pixel.
    static core::Dataset rows(int pictures, int width)
    {
        core::Dataset dataset;
        dataset.categories = {{1, "car", "", 0}, {2, "person", "", 0}};
        for (int i = 1; i <= pictures; ++i) {
            dataset.images.push_back({i, "00000" + std::to_string(i) + ".jpg", {width, 1}});
            for (int x = 0; x < width; ++x)
                dataset.annotations.push_back({core::Id(dataset.annotations.size() + 1), i, 1,
                                               sample::rectangle({width, 1}, x, 0, x + 1, 1)});
        }
        return dataset;
    }
    static Values valuesOf(const fs::path &file)
    {
        return exporters::readIndexPng(file).map.values;
    }

private Q_SLOTS:
    void masksAndTracksComeBack()
    {
        for (unsigned seed = 1; seed <= 5; ++seed) {
            core::Dataset dataset = sample::maps(seed);
            for (std::size_t i = 0; i < dataset.annotations.size(); ++i)
                dataset.annotations[i].track = core::Id(i % 2 == 0 ? i + 1 : 0);
            const fs::path folder = newFolder();
            QVERIFY(write(dataset, folder).losses.empty());
            const ReadResult back = read(folder);
            QVERIFY(back.findings.isEmpty());
            QCOMPARE(sample::described(back.dataset), sample::described(dataset));
            QVERIFY(exporters::recogniseFormat(folder)->name() == "mots");
            // A second time nothing changes any more, tracks included.
            const fs::path again = newFolder();
            write(back.dataset, again);
            QVERIFY(read(again).dataset.annotations == back.dataset.annotations);
        }
    }

    void numbersFollowTracks()
    {
        core::Dataset dataset = rows(2, 3);
        dataset.annotations[0].track = 5;
        dataset.annotations[1].track = 2007; // of a file where it was a person
        dataset.annotations[4].track = 5;
        dataset.annotations[5].track = 1042;
        const fs::path folder = newFolder();
        QVERIFY(write(dataset, folder).losses.empty());
        QVERIFY((valuesOf(folder / "instances/000001.png") == Values{1005, 1001, 1999}));
        QVERIFY((valuesOf(folder / "instances/000002.png") == Values{1998, 1005, 1042}));
        QCOMPARE(sample::contentOf(folder / "instances/labels.txt"), std::string("car\nperson\n"));
        const core::Dataset back = read(folder).dataset;
        QCOMPARE(back.annotations[1].track, core::Id(1005));
        QCOMPARE(back.annotations[3].track, core::Id(1005));
        QCOMPARE(back.images[0].fileName, std::string("000001.jpg"));
    }

    void tracksOfAnotherSequenceAreOthers()
    {
        core::Dataset dataset = rows(2, 1);
        dataset.images[0].fileName = "0000/1.png";
        dataset.images[1].fileName = "0001/1.png";
        const fs::path folder = newFolder();
        write(dataset, folder);
        QVERIFY((valuesOf(folder / "instances/0001/1.png") == Values{1999}));
        const core::Dataset back = read(folder).dataset;
        QCOMPARE(back.annotations[0].track, core::Id(1999));
        QCOMPARE(back.annotations[1].track, core::Id(101999));
        const fs::path again = newFolder();
        write(back, again);
        QVERIFY(read(again).dataset.annotations == back.annotations);
    }

    void crowdsAreRegionsToIgnore()
    {
        core::Dataset dataset = rows(1, 4);
        dataset.annotations[1].isCrowd = dataset.annotations[3].isCrowd = true;
        fs::path folder = newFolder();
        QCOMPARE(sample::lossesOf(write(dataset, folder)),
                 (QStringList{"1 crowds became one with others of their picture",
                              "2 crowds became regions to ignore, without their category"}));
        QVERIFY((valuesOf(folder / "instances/000001.png") == Values{1999, 10000, 1998, 10000}));
        QCOMPARE(sample::contentOf(folder / "instances/labels.txt"),
                 std::string("car\nperson\nignored\n"));
        const core::Dataset back = read(folder).dataset;
        QCOMPARE(sample::described(back, true),
                 (QStringList{"000001.jpg 4x1", "000001.jpg: car 0 1 3", "000001.jpg: car 2 1 1",
                              "000001.jpg: ignored (crowd) 1 1 1 1"}));
        folder = newFolder();
        QVERIFY(write(back, folder).losses.empty());
        QCOMPARE(sample::described(read(folder).dataset, true), sample::described(back, true));
        // With ten classes the number is one of theirs.
        for (int i = 3; i <= 10; ++i)
            dataset.categories.push_back({i, "c" + std::to_string(i), "", 0});
        folder = newFolder();
        QCOMPARE(sample::lossesOf(write(dataset, folder)),
                 (QStringList{"2 crowds became ordinary objects"}));
        QCOMPARE(read(folder).dataset.annotations.size(), std::size_t(4));
    }

    void textHasNoTenthClass()
    {
        core::Dataset dataset = rows(1, 3);
        for (int i = 3; i <= 11; ++i)
            dataset.categories.push_back({i, "c" + std::to_string(i), "", 0});
        dataset.annotations[0].categoryId = 10;
        dataset.annotations[1].categoryId = 11;
        dataset.annotations[2].isCrowd = true;
        const fs::path file = newFolder().string() + ".txt";
        write(dataset, file);
        QCOMPARE(sample::described(read(file).dataset, true),
                 (QStringList{"000001.png 3x1", "000001.png: class 11 0 1 2",
                              "000001.png: class 12 1 1 1", "000001.png: ignored (crowd) 2 1"}));
    }

    void anEmptyLabelKeepsItsNumber()
    {
        core::Dataset dataset = rows(1, 2);
        dataset.categories[0].name = "";
        dataset.annotations[1].categoryId = 2;
        const fs::path folder = newFolder();
        write(dataset, folder);
        const QStringList described{"000001.jpg 2x1", "000001.jpg: class 1 0 1 1",
                                    "000001.jpg: person 1 1"};
        QCOMPARE(sample::described(read(folder).dataset), described);
        sample::put(folder / "instances/labels.txt", "\nperson\n\n\n");
        QCOMPARE(sample::described(read(folder).dataset), described);
        QCOMPARE(read(folder).dataset.categories.size(), std::size_t(2));
    }

    void lossesAreCounted()
    {
        core::Dataset dataset = sample::overlapping();
        core::Annotation box{7, 1, 1, {{10, 8}, {}}};
        box.box = core::Box{0, 0, 3, 4};
        dataset.annotations.push_back(box);
        dataset.annotations[0].track = dataset.annotations[4].track = 3;
        dataset.annotations[1].score = 0.5;
        const fs::path folder = newFolder();
        QCOMPARE(
            sample::lossesOf(write(dataset, folder)),
            (QStringList{"1 boxes without a mask were left out",
                         "1 objects became one with others of their track in the same "
                         "picture",
                         "1 objects lie partly under others; their covered pixels were lost",
                         "1 objects lie wholly under others and were left out",
                         "1 objects without a pixel were left out", "1 scores were left out"}));
        QCOMPARE(read(folder).dataset.annotations.size(), std::size_t(3));
    }

    void moreObjectsThanNumbers()
    {
        core::Dataset dataset = rows(2, 600);
        QCOMPARE(sample::lossesOf(write(dataset, newFolder())),
                 QStringList("201 objects that are not followed have the number of one in another "
                             "picture"));
        dataset = rows(1, 1003);
        for (std::size_t i = 0; i < dataset.annotations.size(); ++i)
            dataset.annotations[i].track = core::Id(i + 1);
        const fs::path folder = newFolder();
        const WriteSummary summary = write(dataset, folder);
        // The last but the three: 1000 is class 1's number 0, which is a track's own.
        QCOMPARE(sample::lossesOf(summary),
                 QStringList("3 objects were left out, all 999 numbers of their class being "
                             "taken"));
        QCOMPARE(summary.annotations, read(folder).dataset.annotations.size());
    }

    void moreCategoriesThanBits()
    {
        core::Dataset dataset = rows(1, 2);
        for (int i = 3; i <= 65; ++i)
            dataset.categories.push_back({i, "c" + std::to_string(i), "", 0});
        dataset.annotations[0].categoryId = 64;
        dataset.annotations[1].categoryId = 65;
        const fs::path folder = newFolder();
        QCOMPARE(sample::lossesOf(write(dataset, folder)),
                 QStringList("1 objects of categories beyond the 64th were left out"));
        QVERIFY((valuesOf(folder / "instances/000001.png") == Values{64999, 0}));
    }

    void theOriginalsLayout()
    {
        const fs::path folder = newFolder();
        putMap(folder / "instances/0002/000000.png", {4, 1}, {1000, 2003, 10000, 0});
        putMap(folder / "instances/0002/000001.png", {4, 1}, {0, 1000, 0, 5});
        const ReadResult result = read(folder);
        QCOMPARE(sample::rulesOf(result.findings), QStringList("no-class"));
        QCOMPARE(sample::described(result.dataset, true),
                 (QStringList{"0002/000000.png 4x1", "0002/000000.png: car 0 1 3",
                              "0002/000000.png: ignored (crowd) 2 1 1",
                              "0002/000000.png: pedestrian 1 1 2", "0002/000001.png 4x1",
                              "0002/000001.png: car 1 1 2"}));
        QCOMPARE(result.dataset.annotations[0].track, core::Id(1000));
        QCOMPARE(result.dataset.annotations[2].track, core::Id(0));
        QCOMPARE(result.dataset.annotations[3].track, core::Id(1000));
        QCOMPARE(result.dataset.categories[2].id, core::Id(10));
        const fs::path again = newFolder();
        QVERIFY(write(result.dataset, again).losses.empty());
        QVERIFY((valuesOf(again / "instances/0002/000000.png") == Values{1000, 2003, 10000, 0}));
    }

    void labelsInLatin1()
    {
        const fs::path folder = newFolder();
        putMap(folder / "instances/a.png", {2, 1}, {1001, 0});
        sample::put(folder / "instances/labels.txt", "B\xe4r\r\n\n  dog \n");
        const ReadResult result = read(folder);
        QVERIFY(result.findings.isEmpty());
        QCOMPARE(result.dataset.categories.size(), std::size_t(3)); // an empty line is one, too
        QCOMPARE(result.dataset.categories[0].name, std::string("B\u00e4r"));
        QCOMPARE(result.dataset.categories[2].name, std::string("dog"));
    }

    void cvatsSubsets()
    {
        core::Dataset dataset = rows(2, 2);
        exporters::setSplit(dataset.images[1], "val");
        const fs::path folder = newFolder();
        write(dataset, folder);
        QVERIFY(fs::exists(folder / "train/instances/labels.txt"));
        QVERIFY(fs::exists(folder / "val/instances/000002.png"));
        const ReadResult result = read(folder);
        QVERIFY(result.findings.isEmpty());
        QCOMPARE(sample::described(result.dataset), sample::described(dataset));
        QCOMPARE(exporters::splitOf(result.dataset.images[1]), std::string("val"));
        QVERIFY(Mots().recognises(folder));
    }

    void textComesBack()
    {
        core::Dataset dataset = sample::maps(1, 3);
        dataset.categories[0].name = "car";
        dataset.categories[1].name = "pedestrian";
        dataset.categories[2].name = "class 3";
        for (core::ImageRecord &image : dataset.images)
            image.fileName = "00000" + std::to_string(image.id) + ".png";
        const fs::path file = place("0001.txt");
        QCOMPARE(sample::lossesOf(write(dataset, file)),
                 QStringList("3 names of categories are not in the file"));
        const ReadResult back = read(file);
        QVERIFY(back.findings.isEmpty());
        QCOMPARE(sample::described(back.dataset), sample::described(dataset));
        QVERIFY(exporters::recogniseFormat(file)->name() == "mots");
    }

    void textByHand()
    {
        const fs::path folder = newFolder();
        const std::string mask = core::toString({{3, 2}, {2, 2, 2}});
        sample::put(folder / "0007.txt", "12 1005 1 2 3 " + mask + "\r\n12 10000 10 2 3 " + mask +
                                             "\n\n13 2001 2 2 3 " + mask + "\n");
        sample::put(folder / "readme.txt", "hello\n");
        const ReadResult result = read(folder);
        QVERIFY(result.findings.isEmpty());
        QCOMPARE(sample::described(result.dataset, true),
                 (QStringList{"0007/000012.png 3x2", "0007/000012.png: car 2 2 2",
                              "0007/000012.png: ignored (crowd) 2 2 2", "0007/000013.png 3x2",
                              "0007/000013.png: pedestrian 2 2 2"}));
        QCOMPARE(result.dataset.annotations[0].track, core::Id(1005));
        const fs::path again = place("again.txt");
        core::Dataset upper = result.dataset;
        std::erase_if(upper.annotations,
                      [](const auto &a) { return a.isCrowd; }); // the same pixels
        write(upper, again);
        QCOMPARE(sample::contentOf(again),
                 "12 1005 1 2 3 " + mask + "\n13 2001 2 2 3 " + mask + "\n");
    }

    void linesThatAreWrong()
    {
        const fs::path file = place("wrong.txt");
        const std::string mask = core::toString({{3, 2}, {2, 2, 2}});
        sample::put(file, "1 1001 1 2 3 " + mask + "\nhello\n1 1001\n-1 1001 1 2 3 " + mask +
                              "\n1 70000 1 2 3 " + mask + "\n1 1002 1 3 3 " + mask +
                              "\n1 1002 1 100000 100000 " + mask +
                              "\n1 1002 1 2 3 ~~~\n1 5 0 2 3 " + mask + "\n1 1002 1 3 2 " + mask +
                              "\n2 1002 1 2 3 " + mask);
        const ReadResult result = read(file);
        QCOMPARE(sample::rulesOf(result.findings),
                 (QStringList{"line", "line", "line", "line", "line", "line", "line", "no-class",
                              "map-size"}));
        QCOMPARE(result.findings.told()[0].place, std::string("line 2"));
        QCOMPARE(result.dataset.annotations.size(), std::size_t(2));
        sample::put(file, "hello\n");
        QVERIFY_EXCEPTION_THROWN(read(file), core::Error);
        QVERIFY(!Mots().recognises(file));
    }

    void whatIsWrongIsToldAndTheRestRead()
    {
        const core::Dataset dataset = sample::maps(3, 5);
        const fs::path folder = newFolder();
        write(dataset, folder);
        const fs::path maps = folder / "instances";
        sample::cut(maps / "b1.png", 30);
        putMap(maps / "b2.png", {2, 1}, {9, 50001});
        IndexMap map({1, 1});
        exporters::writeIndexPng(map, IndexDepth::Rgb, maps / "b3.png");
        exporters::writeIndexPng(map, IndexDepth::Grey16, maps / "b4.png", {}, "/etc/passwd");
        fs::create_directory_symlink(folder, maps / "round");
        const ReadResult result = read(folder);
        QCOMPARE(sample::rulesOf(result.findings),
                 (QStringList{"map-unreadable", "no-class", "no-label", "map-kind", "file-name"}));
        core::Dataset good = dataset;
        core::Dataset back = result.dataset;
        for (core::Dataset *one : {&good, &back}) {
            const core::Id last = one->images.back().id;
            std::erase_if(one->annotations, [&](const auto &a) { return a.imageId != last; });
            std::erase_if(one->images, [&](const auto &image) { return image.id != last; });
        }
        QVERIFY(!good.annotations.empty());
        QCOMPARE(sample::described(back), sample::described(good));
    }

    void whatIsNoMots()
    {
        QTemporaryDir empty;
        QVERIFY(!Mots().recognises(empty.path().toStdString()));
        QVERIFY_EXCEPTION_THROWN(read(empty.path().toStdString()), core::Error);
        QVERIFY_EXCEPTION_THROWN(read("/no/such/folder"), core::Error);
    }

    void stoppedInBetweenNothingIsThere()
    {
        const core::Dataset dataset = sample::maps(2);
        for (const char *name : {"stopped", "stopped.txt"}) {
            std::stop_source stop;
            sample::StoppingSource source(dataset, stop);
            const fs::path target = place(name);
            QVERIFY_EXCEPTION_THROWN(Mots().write(source, target, {}, stop.get_token(), {}),
                                     core::Error);
            QVERIFY(!fs::exists(target));
            write(dataset, target);
            int told = 0;
            Mots().read(target, {}, {}, [&](double) { ++told; });
            QVERIFY(told > 0);
            QVERIFY_EXCEPTION_THROWN(Mots().read(target, {}, stop.get_token(), {}), core::Error);
        }
    }
};

QTEST_GUILESS_MAIN(TestMots)
#include "tst_mots.moc"
