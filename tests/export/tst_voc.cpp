// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "export/formats.h"
#include "export/formats/voc.h"
#include "export/formats/voc/voc_labels.h"
#include "export/maps/index_png.h"
#include "export/splits.h"
#include "map_format.h"
#include "map_samples.h"

#include <QtTest>

namespace fs = std::filesystem;
using exporters::ReadResult;
using exporters::Voc;
using exporters::WriteSummary;

class TestVoc : public QObject, private sample::FolderOf<Voc>
{
    Q_OBJECT

private Q_SLOTS:
    void thePaletteIsVocs()
    {
        const auto &palette = exporters::vocPalette();
        QCOMPARE(palette[0], 0u);
        QCOMPARE(palette[1], 0x800000u);
        QCOMPARE(palette[2], 0x008000u);
        QCOMPARE(palette[3], 0x808000u);
        QCOMPARE(palette[4], 0x000080u);
        QCOMPARE(palette[8], 0x400000u);
        QCOMPARE(palette[20], 0x004080u);
        QCOMPARE(palette[255], 0xe0e0c0u);
    }

    void masksComeBack()
    {
        for (unsigned seed = 1; seed <= 5; ++seed) {
            const core::Dataset dataset = sample::maps(seed);
            const fs::path folder = newFolder();
            const WriteSummary summary = write(dataset, folder);
            QVERIFY(summary.losses.empty());
            QCOMPARE(summary.images, dataset.images.size());
            QCOMPARE(summary.annotations, dataset.annotations.size());
            const ReadResult back = read(folder);
            QVERIFY2(back.findings.isEmpty(), qPrintable(sample::rulesOf(back.findings).join(' ')));
            QCOMPARE(sample::described(back.dataset), sample::described(dataset));
            QVERIFY(exporters::recogniseFormat(folder)->name() == "voc");
        }
    }

    void filesAreThoseOfVoc()
    {
        core::Dataset dataset;
        dataset.categories = {{5, "cat", "", 0x123456}, {9, "<dog> & co", "", 0}};
        dataset.images = {{1, "sub/a.jpg", {4, 2}}, {2, "b.png", {3, 3}}};
        exporters::setSplit(dataset.images[1], "val");
        dataset.annotations = {
            {1, 1, 9, sample::rectangle({4, 2}, 1, 0, 3, 2)},
            {2, 1, 5, sample::rectangle({4, 2}, 3, 1, 4, 2)},
        };
        dataset.annotations[0].foreign = R"({"pose":"Left","difficult":1,"mood":{"tail":"up"}})";
        const fs::path folder = newFolder();
        write(dataset, folder);
        QCOMPARE(sample::contentOf(folder / "labelmap.txt"),
                 std::string("# label:color_rgb:parts:actions\nbackground:0,0,0::\n"
                             "cat:128,0,0::\n<dog> & co:0,128,0::\n"));
        QCOMPARE(sample::contentOf(folder / "ImageSets/Main/train.txt"), std::string("sub/a\n"));
        QCOMPARE(sample::contentOf(folder / "ImageSets/Main/val.txt"), std::string("b\n"));
        QCOMPARE(sample::contentOf(folder / "ImageSets/Segmentation/train.txt"),
                 std::string("sub/a\n"));
        QVERIFY(!fs::exists(folder / "ImageSets/Segmentation/val.txt"));
        const auto objects = exporters::readIndexPng(folder / "SegmentationObject/sub/a.png");
        QVERIFY((objects.map.values == std::vector<std::uint32_t>{0, 1, 1, 0, 0, 1, 1, 2}));
        const auto classes = exporters::readIndexPng(folder / "SegmentationClass/sub/a.png");
        QVERIFY((classes.map.values == std::vector<std::uint32_t>{0, 2, 2, 0, 0, 2, 2, 1}));
        QCOMPARE(classes.palette.size(), std::size_t(256));
        QCOMPARE(classes.palette[2], 0x008000u);
        const std::string text = sample::contentOf(folder / "Annotations/sub/a.xml");
        for (const char *part :
             {"<filename>sub/a.jpg</filename>", "<width>4</width>", "<height>2</height>",
              "<segmented>1</segmented>", "<name>&lt;dog&gt; &amp; co</name>", "<pose>Left</pose>",
              "<truncated>0</truncated>", "<difficult>1</difficult>", "<xmin>2</xmin>",
              "<ymin>1</ymin>", "<xmax>3</xmax>", "<ymax>2</ymax>", "<tail>up</tail>"})
            QVERIFY2(text.find(part) != text.npos, part);
        QVERIFY(fs::exists(folder / "Annotations/b.xml"));
    }

    void whatTheXmlSaysOfAnObjectIsKept()
    {
        const std::string keys = R"({"difficult":1,"mood":{"tail":["up","down"]},"pose":"Left"})";
        core::Dataset dataset = sample::overlapping();
        dataset.annotations[4].foreign = keys;
        dataset.images[0].foreign = R"({"source":{"database":"ours"}})";
        const fs::path folder = newFolder();
        write(dataset, folder);
        const core::Dataset back = read(folder).dataset;
        QCOMPARE(back.annotations.size(), std::size_t(4));
        QVERIFY(back.annotations[0].foreign.empty());
        const auto found = std::ranges::find_if(
            back.annotations, [](const core::Annotation &a) { return !a.foreign.empty(); });
        QVERIFY(found != back.annotations.end());
        QVERIFY(found->mask == dataset.annotations[4].mask);
        for (const char *part : {R"("pose":"Left")", R"("difficult":1)", R"("tail":["up","down"])"})
            QVERIFY2(found->foreign.find(part) != std::string::npos, part);
        QVERIFY(back.images[0].foreign.find(R"("database":"ours")") != std::string::npos);
        QCOMPARE(exporters::splitOf(back.images[0]), std::string("train"));
    }

    void lossesAreCounted()
    {
        core::Dataset dataset = sample::overlapping();
        dataset.annotations[0].isCrowd = true;
        dataset.annotations[0].score = 0.5;
        dataset.annotations[4].track = 3;
        core::Annotation box{7, 1, 1, {{10, 8}, {}}};
        box.box = core::Box{0.25, 0, 3, 4};
        dataset.annotations.push_back(box);
        const WriteSummary summary = write(dataset, newFolder());
        QCOMPARE(
            sample::lossesOf(summary),
            (QStringList{"1 boxes were rounded to whole pixels", "1 crowds became ordinary objects",
                         "1 objects are no longer followed from picture to picture",
                         "1 objects lie partly under others; their covered pixels were lost",
                         "1 objects lie wholly under others and were left out",
                         "1 objects without a pixel were left out", "1 scores were left out"}));
        QCOMPARE(summary.annotations, std::size_t(5));
    }

    void boxesComeBack()
    {
        core::Dataset dataset = sample::overlapping();
        dataset.annotations.resize(1);
        core::Annotation box{7, 1, 2, {{10, 8}, {}}};
        box.box = core::Box{-0.5, 1.5, 3.5, 4.5}; // columns 0 to 3, rows 2 to 4
        dataset.annotations.push_back(box);
        const fs::path folder = newFolder();
        const WriteSummary summary = write(dataset, folder);
        QVERIFY(summary.losses.empty());
        QCOMPARE(sample::described(read(folder).dataset), sample::described(dataset));
    }

    void moreObjectsThanNumbers()
    {
        core::Dataset dataset;
        dataset.categories = {{1, "dot", "", 0}};
        dataset.images = {{1, "a.jpg", {300, 1}}};
        for (int i = 0; i < 300; ++i)
            dataset.annotations.push_back(
                {i + 1, 1, 1, sample::rectangle({300, 1}, i, 0, i + 1, 1)});
        const fs::path folder = newFolder();
        const WriteSummary summary = write(dataset, folder);
        QCOMPARE(sample::lossesOf(summary),
                 QStringList("46 objects beyond the 254th of a picture kept only their box"));
        const core::Dataset back = read(folder).dataset;
        QCOMPARE(back.annotations.size(), std::size_t(300));
        QCOMPARE(int(std::ranges::count_if(back.annotations, &core::Annotation::hasMask)), 254);
    }

    void moreCategoriesThanNumbers()
    {
        core::Dataset dataset;
        dataset.images = {{1, "a.jpg", {2, 1}}};
        for (int i = 1; i <= 256; ++i)
            dataset.categories.push_back({i, "c" + std::to_string(i), "", 0});
        dataset.annotations = {{1, 1, 254, sample::rectangle({2, 1}, 0, 0, 1, 1)},
                               {2, 1, 255, sample::rectangle({2, 1}, 1, 0, 2, 1)}};
        const WriteSummary summary = write(dataset, newFolder());
        QCOMPARE(sample::lossesOf(summary),
                 QStringList("1 objects of categories beyond the 254th were left out"));
    }

    void namesThatLookLikeSomethingElseKeepTheirPlace()
    {
        core::Dataset dataset;
        const core::Size size{4, 1};
        dataset.images = {{1, "a.jpg", size}};
        for (const char *name : {"background", "#1", "", "dog"}) {
            const int i = int(dataset.categories.size());
            dataset.categories.push_back({i + 1, name, "", 0});
            dataset.annotations.push_back(
                {i + 1, 1, i + 1, sample::rectangle(size, i, 0, i + 1, 1)});
        }
        const fs::path folder = newFolder();
        write(dataset, folder);
        const ReadResult back = read(folder);
        QVERIFY(back.findings.isEmpty());
        dataset.categories[2].name = "class 3";
        QCOMPARE(sample::described(back.dataset), sample::described(dataset));
        QCOMPARE(back.dataset.categories.size(), std::size_t(4));
        // As others may write it.
        sample::put(folder / "labelmap.txt",
                    "# label:color_rgb:parts:actions\nbackground:0,0,0::\n"
                    "background:128,0,0::\n#1:0,128,0::\n:128,128,0::\ndog:0,0,128::\n");
        QCOMPARE(sample::described(read(folder).dataset), sample::described(dataset));
    }

    void boxesOfNoWholePixelAreOne()
    {
        core::Dataset dataset;
        const core::Size size{9, 8};
        dataset.categories = {{1, "cat", "", 0}};
        dataset.images = {{1, "a.jpg", size}};
        dataset.annotations = {{1, 1, 1, {size, {}}}, {2, 1, 1, {size, {}}}};
        dataset.annotations[0].box = core::Box{2.0, 2.0, 2.8, 2.8};
        dataset.annotations[1].box = core::Box{8.4, -3, 20, 30};
        const fs::path folder = newFolder();
        write(dataset, folder);
        const ReadResult back = read(folder);
        QVERIFY(back.findings.isEmpty());
        QCOMPARE(back.dataset.annotations.size(), std::size_t(2));
        QVERIFY((back.dataset.annotations[0].box == core::Box{2.5, 2.5, 3.5, 3.5}));
        QVERIFY((back.dataset.annotations[1].box == core::Box{7.5, -0.5, 8.5, 7.5}));
    }

    void picturesGoWithThem()
    {
        QImage picture(10, 8, QImage::Format_RGB32);
        picture.fill(Qt::red);
        const fs::path photos = newFolder();
        fs::create_directories(photos);
        QVERIFY(picture.save(QString::fromStdString(photos / "a.jpg")));
        core::Dataset dataset = sample::overlapping();
        dataset.images.push_back({2, "none.jpg", {2, 2}});
        exporters::WriteOptions options;
        options.pictures = exporters::Pictures::Copy;
        options.imageFolder = photos;
        const fs::path folder = newFolder();
        const WriteSummary summary = write(dataset, folder, options);
        QVERIFY(fs::exists(folder / "JPEGImages/a.jpg"));
        QVERIFY(sample::lossesOf(summary).contains(
            "1 pictures were not found and are missing beside their annotations"));
        QVERIFY(read(folder).findings.isEmpty());
        // A picture of another size than its map.
        QVERIFY(picture.scaled(11, 8).save(QString::fromStdString(folder / "JPEGImages/a.jpg")));
        const ReadResult result = read(folder);
        QVERIFY(sample::rulesOf(result.findings).contains("map-size"));
    }

    void stoppedInBetweenNothingIsThere()
    {
        const core::Dataset dataset = sample::maps(2);
        std::stop_source stop;
        sample::StoppingSource source(dataset, stop);
        const fs::path folder = newFolder();
        QVERIFY_EXCEPTION_THROWN(Voc().write(source, folder, {}, stop.get_token(), {}),
                                 core::Error);
        QVERIFY(!fs::exists(folder));
        write(dataset, folder);
        std::vector<double> shares;
        Voc().read(folder, {}, {}, [&](double share) { shares.push_back(share); });
        QCOMPARE(shares.size(), dataset.images.size());
        QVERIFY(std::ranges::is_sorted(shares));
        QVERIFY_EXCEPTION_THROWN(Voc().read(folder, {}, stop.get_token(), {}), core::Error);
    }

    void namesThatLeadOutAreNotWritten()
    {
        core::Dataset dataset = sample::overlapping();
        dataset.images[0].fileName = "../out.jpg";
        const fs::path folder = newFolder();
        QVERIFY_EXCEPTION_THROWN(write(dataset, folder), core::Error);
        QVERIFY(!fs::exists(folder));
    }
};

QTEST_GUILESS_MAIN(TestVoc)
#include "tst_voc.moc"
