// SPDX-License-Identifier: Apache-2.0
#include "../core/random_masks.h"
#include "core/error.h"
#include "core/mask/rle_measure.h"
#include "dataset_folder.h"
#include "export/formats.h"
#include "export/formats/yolo_seg.h"
#include "export/splits.h"

#include <QtTest>

#include <random>

using Texts = std::vector<std::string>;

namespace
{

const exporters::YoloSeg format;

core::Dataset twoPictures()
{
    core::Dataset dataset;
    dataset.categories = {{7, "cat", "", 0}, {3, "dog \"x\"", "", 0}};
    dataset.images = {{4, "sub/b.png", {4, 4}}, {9, "a.png", {5, 2}}};
    // Two parts; a block of 2 x 2.
    dataset.annotations = {{1, 4, 3, core::encode(drawn("#...\n#...\n..##\n..##\n"))},
                           {2, 4, 7, core::encode(drawn("....\n.##.\n.##.\n....\n"))}};
    return dataset;
}

} // namespace

class TestYoloSeg : public QObject
{
    Q_OBJECT

private:
    exporters::WriteSummary write(const core::Dataset &dataset, const std::filesystem::path &target,
                                  const exporters::WriteOptions &options = {})
    {
        exporters::DatasetSource source(dataset);
        return format.write(source, target, options, {}, {});
    }

    static exporters::ReadResult read(const std::filesystem::path &input,
                                      const exporters::ReadOptions &options = {})
    {
        return format.read(input, options, {}, {});
    }

private Q_SLOTS:
    void filesAreAsWrittenByHand()
    {
        const DatasetFolder folder;
        const exporters::WriteSummary summary = write(twoPictures(), folder.path("out"));
        QCOMPARE(
            folder.read("out/labels/train/sub/b.txt"),
            std::string("1 0 0 0.25 0 0.25 0.5 0.5 0.5 1 0.5 1 1 0.5 1 0.5 0.5 0.25 0.5 0 0.5\n"
                        "0 0.25 0.25 0.75 0.25 0.75 0.75 0.25 0.75\n"));
        QCOMPARE(folder.read("out/labels/train/a.txt"), std::string());
        const std::string yaml = folder.read("out/data.yaml");
        QVERIFY(yaml.ends_with("train: images/train\nval: images/train\nnc: 2\nnames:\n"
                               "  0: \"cat\"\n  1: \"dog \\\"x\\\"\"\n"));
        QVERIFY(folder.has("out/images/train"));
        QCOMPARE(summary.images, std::size_t(2));
        QCOMPARE(summary.annotations, std::size_t(2));
        QVERIFY(summary.losses.empty());
    }

    void partsOfTheDatasetHaveFolders()
    {
        core::Dataset dataset = twoPictures();
        exporters::setSplit(dataset.images[0], "val");
        exporters::setSplit(dataset.images[1], "../../elsewhere");
        const DatasetFolder folder;
        const exporters::WriteSummary summary = write(dataset, folder.path("out"));
        QVERIFY(folder.has("out/labels/val/sub/b.txt") && folder.has("out/labels/train/a.txt"));
        QCOMPARE(lossOf(summary, "pictures of a part other than"), std::size_t(1));
        exporters::WriteOptions options;
        options.split = [](const core::ImageRecord &image) {
            return std::string(image.id == 4 ? "test" : "valid");
        };
        write(dataset, folder.path("again"), options);
        QVERIFY(folder.has("again/labels/test/sub/b.txt") && folder.has("again/labels/val/a.txt"));
        QVERIFY(folder.read("again/data.yaml")
                    .find("train: images/val\nval: images/val\ntest: images/test\n") !=
                std::string::npos);
    }

    void noOtherFolderIsCalledImages()
    {
        core::Dataset dataset = twoPictures();
        dataset.images[0].fileName = "images/cam/images/images/b.png";
        const DatasetFolder folder;
        const exporters::WriteSummary summary = write(dataset, folder.path("out"));
        QVERIFY(folder.has("out/labels/train/cam/images_/images_/b.txt"));
        QCOMPARE(lossOf(summary, "pictures got another name"), std::size_t(1));
    }

    void picturesComeAlong_data()
    {
        QTest::addColumn<int>("pictures");
        QTest::newRow("copied") << int(exporters::Pictures::Copy);
        QTest::newRow("linked") << int(exporters::Pictures::Link);
    }

    void picturesComeAlong()
    {
        QFETCH(int, pictures);
        core::Dataset dataset = twoPictures();
        dataset.images.push_back({10, "a.jpg", {5, 2}});
        dataset.images.push_back({11, "a.tif", {5, 2}});
        dataset.images.push_back({12, "gone.tif", {5, 2}});
        const DatasetFolder folder;
        folder.picture("in/sub/b.png", {4, 4});
        for (const char *name : {"in/a.png", "in/a.jpg", "in/a.tif"})
            folder.picture(name, {5, 2});
        exporters::WriteOptions options;
        options.pictures = exporters::Pictures(pictures);
        options.imageFolder = folder.path("in");
        const exporters::WriteSummary summary = write(dataset, folder.path("out"), options);
        for (const char *name : {"sub/b.png", "a.png", "a_jpg.jpg", "a_tif.tif"})
            QVERIFY2(folder.has(std::string("out/images/train/") + name), name);
        for (const char *name : {"sub/b.txt", "a.txt", "a_jpg.txt", "a_tif.txt", "gone.txt"})
            QVERIFY2(folder.has(std::string("out/labels/train/") + name), name);
        QCOMPARE(lossOf(summary, "pictures got another name"), std::size_t(2));
        QCOMPARE(lossOf(summary, "pictures were not found"), std::size_t(1));
        QCOMPARE(summary.images, std::size_t(5));
        QCOMPARE(read(folder.path("out")).dataset.images.size(), std::size_t(4));
    }

    void picturesOfOneNameWithoutThemAreLeftOut()
    {
        core::Dataset dataset = twoPictures();
        dataset.images.push_back({10, "sub/b.jpg", {5, 2}});
        const DatasetFolder folder;
        const exporters::WriteSummary summary = write(dataset, folder.path("out"));
        QCOMPARE(summary.images, std::size_t(2));
        QCOMPARE(lossOf(summary, "pictures whose names differ"), std::size_t(1));
        QVERIFY(folder.read("out/labels/train/sub/b.txt").starts_with("1 0 0 "));
    }

    void masksAreReadAsTheyWere()
    {
        std::mt19937 random(41);
        core::Dataset dataset;
        dataset.categories = {{1, "a", "", 0}, {2, "b", "", 0}, {3, "c", "", 0}};
        const DatasetFolder folder;
        for (int i = 1; i <= 40; ++i) {
            const core::Size size{1 + int(random() % 70), 1 + int(random() % 70)};
            const std::string split = i % 3 == 0 ? "val" : "train";
            const std::string name = "images/" + split + "/" + std::to_string(i) + ".png";
            folder.picture("in/" + name, size);
            core::ImageRecord image{i, name, size};
            exporters::setSplit(image, split);
            dataset.images.push_back(image);
            for (int n = int(random() % 6); n > 0; --n) {
                const core::Rle mask = core::encode(randomMask(size, random));
                if (core::area(mask) > 0)
                    dataset.annotations.push_back({core::Id(dataset.annotations.size()) + 1, i,
                                                   1 + core::Id(random() % 3), mask});
            }
        }
        exporters::WriteOptions options;
        options.pictures = exporters::Pictures::Copy;
        options.imageFolder = folder.path("in");
        QVERIFY(write(dataset, folder.path("out"), options).losses.empty());

        exporters::ReadResult result = read(folder.path("out"));
        QVERIFY(result.findings.isEmpty());
        QCOMPARE(result.dataset.categories, dataset.categories);
        QCOMPARE(result.dataset.images.size(), dataset.images.size());
        // Pictures are numbered in the order of their names: train before val.
        std::size_t compared = 0;
        for (const core::ImageRecord &image : result.dataset.images) {
            const auto original =
                std::ranges::find(dataset.images, image.fileName, &core::ImageRecord::fileName);
            QVERIFY(original != dataset.images.end());
            QCOMPARE(image.size, original->size);
            QCOMPARE(exporters::splitOf(image), exporters::splitOf(*original));
            exporters::DatasetSource source(dataset), readSource(result.dataset);
            const auto expected = source.annotations(original->id);
            const auto found = readSource.annotations(image.id);
            QCOMPARE(found.size(), expected.size());
            for (std::size_t i = 0; i < found.size(); ++i) {
                QCOMPARE(found[i].mask, expected[i].mask);
                QCOMPARE(found[i].categoryId, expected[i].categoryId);
                ++compared;
            }
        }
        QCOMPARE(compared, dataset.annotations.size());
        // Once more, it gives the same bytes.
        options.imageFolder = folder.path("out");
        write(result.dataset, folder.path("again"), options);
        for (const core::ImageRecord &image : result.dataset.images) {
            const std::string label =
                "labels/" + image.fileName.substr(7, image.fileName.size() - 10) + "txt";
            QCOMPARE(folder.read("again/" + label), folder.read("out/" + label));
        }
        QCOMPARE(exporters::recogniseFormat(folder.path("out"))->name(), format.name());
    }

    void wideNumbersAreExact()
    {
        // Six decimals of a picture this wide are a tenth of a pixel and more.
        core::Dataset dataset;
        const core::Size size{900'000, 2};
        dataset.categories = {{1, "a", "", 0}};
        dataset.images = {{1, "a.png", size}};
        core::Mask mask(size);
        std::mt19937 random(2);
        for (std::uint8_t &pixel : mask.pixels)
            pixel = random() % 64 == 0;
        dataset.annotations = {{1, 1, 1, core::encode(mask)}};
        const DatasetFolder folder;
        folder.picture("in/a.png", size);
        exporters::WriteOptions options;
        options.pictures = exporters::Pictures::Copy;
        options.imageFolder = folder.path("in");
        write(dataset, folder.path("out"), options);
        QCOMPARE(read(folder.path("out")).dataset.annotations.at(0).mask,
                 dataset.annotations[0].mask);
    }

    void whatTheFormatCannotHoldIsCounted()
    {
        core::Dataset dataset = twoPictures();
        dataset.annotations[0].isCrowd = true;
        dataset.annotations[0].score = 0.5;
        dataset.annotations[1].track = 3;
        dataset.annotations.push_back({3, 9, 7, {{5, 2}, {10}}});
        dataset.annotations.push_back({4, 9, 7, {{5, 2}, {}}, false, core::Box{0, 0, 1, 1}});
        const DatasetFolder folder;
        exporters::WriteOptions options;
        options.parts = exporters::PartsForm::Largest;
        const exporters::WriteSummary summary = write(dataset, folder.path("out"), options);
        for (const char *what :
             {"crowd regions became", "objects lost their score", "objects lost the number",
              "objects without a pixel were left out", "boxes without a mask were left out",
              "objects lost all parts but their largest"})
            QVERIFY2(lossOf(summary, what) == 1, what);
        QCOMPARE(summary.annotations, std::size_t(2));
        QCOMPARE(folder.read("out/labels/train/a.txt"), std::string());
    }

    void whatNoFormatHoldsIsRefused()
    {
        const DatasetFolder folder;
        const auto refuses = [&](auto change) {
            core::Dataset dataset = twoPictures();
            change(dataset);
            try {
                write(dataset, folder.path("out"));
            } catch (const core::Error &error) {
                return error.kind() == core::ErrorKind::BadDataset && !folder.has("out");
            }
            return false;
        };
        QVERIFY(refuses([](auto &dataset) { dataset.annotations[0].categoryId = 99; }));
        QVERIFY(refuses([](auto &dataset) { dataset.annotations[0].mask.size = {9, 9}; }));
        QVERIFY(refuses([](auto &dataset) { dataset.annotations[0].mask.counts = {1, 2}; }));
        QVERIFY(refuses([](auto &dataset) { dataset.images[0].fileName = "../../b.png"; }));
        QVERIFY(refuses([](auto &dataset) { dataset.images[0].fileName = "/b.png"; }));
    }

    void stoppedNothingIsWrittenOrRead()
    {
        const DatasetFolder folder;
        const core::Dataset dataset = twoPictures();
        exporters::DatasetSource source(dataset);
        std::stop_source stop;
        const auto stopAtOnce = [&](double) { stop.request_stop(); };
        QVERIFY_THROWS_EXCEPTION(core::Error, format.write(source, folder.path("out"), {},
                                                           stop.get_token(), stopAtOnce));
        QVERIFY(!folder.has("out"));
        write(dataset, folder.path("out"));
        QVERIFY_THROWS_EXCEPTION(core::Error,
                                 format.read(folder.path("out"), {}, stop.get_token(), {}));
    }

    void linesThatAreWrongAreToldAndTheRestIsRead_data()
    {
        QTest::addColumn<std::string>("line");
        QTest::addColumn<std::string>("rule");
        QTest::addColumn<std::size_t>("read");
        const auto row = [](const char *name, const std::string &line, const char *rule,
                            std::size_t read = 0) {
            QTest::newRow(name) << line << std::string(rule) << read;
        };
        const std::string square = " 0 0 1 0 1 1 0 1";
        row("good", "1" + square, "", 1);
        row("a class with a point", "1.0" + square, "", 1);
        row("tabs and a carriage return", "0\t0 0\t1 0 1 1 0 1 \r", "", 1);
        row("two points", "0 0 0 1 1", "yolo-points");
        row("a class alone", "0", "yolo-points");
        row("half a point", "0 0 0 1 0 1 1 0", "yolo-points");
        row("not a number", "0 0 0 nan 0 1 1", "yolo-number");
        row("infinite", "0 0 0 inf 0 1 1", "yolo-number");
        row("beyond double", "0 0 0 1e999 0 1 1", "yolo-number");
        row("words", "cat" + square, "yolo-number");
        row("bytes", "\xff\xfe\x01" + square, "yolo-number");
        row("class beyond the names", "2" + square, "yolo-class");
        row("negative class", "-1" + square, "yolo-class");
        row("half a class", "0.5" + square, "yolo-class");
        row("enormous class", "1e300" + square, "yolo-class");
        row("a little outside", "0 -0.1 0 1.1 0 1 1", "yolo-range", 1);
        row("pixels", "0 0 0 640 0 640 480", "yolo-range");
        row("enormous", "0 0 0 1e300 0 1 1", "yolo-range");
        row("no area", "0 0.5 0.5 0.5 0.5 0.5 0.5", "outline-empty");
        std::string longLine = "0";
        for (int i = 0; i < 200'001; ++i)
            longLine += square;
        row("a very long line", longLine, "", 1);
    }

    void linesThatAreWrongAreToldAndTheRestIsRead()
    {
        QFETCH(std::string, line);
        QFETCH(std::string, rule);
        QFETCH(std::size_t, read);
        const DatasetFolder folder;
        folder.write("data.yaml", "names: [a, b]\ntrain: images\n");
        folder.picture("images/x.png", {6, 4});
        folder.write("labels/x.txt", "\xEF\xBB\xBF" + line + "\n\n1 0 0 0.5 0 0.5 1 0 1");
        const exporters::ReadResult result = TestYoloSeg::read(folder.path());
        QCOMPARE(rulesOf(result.findings), rule.empty() ? Texts() : Texts{rule + " line 1"});
        QCOMPARE(result.dataset.annotations.size(), read + 1);
        QCOMPARE(result.dataset.annotations.back().mask, (core::Rle{{6, 4}, {0, 12, 12}}));
        QCOMPARE(result.dataset.annotations.back().categoryId, core::Id(2));
    }

    void brokenBytesAreReadOrTold()
    {
        const DatasetFolder folder;
        folder.write("data.yaml", "names: [a, b]\ntrain: images\n");
        folder.picture("images/x.png", {6, 4});
        const std::string good = "0 0 0 1 0 1 1 0 1\n1 0.25 0.5 0.75 0.5 0.5 1\r\n";
        std::mt19937 random(29);
        const std::string marks = "0123456789.-+eE \n\r\tinfa";
        for (int round = 0; round < 2000; ++round) {
            std::string text = good;
            for (int n = 1 + int(random() % 5); n > 0; --n) {
                const std::size_t at = random() % text.size();
                text[at] = random() % 4 ? marks[random() % marks.size()] : char(random() % 256);
            }
            folder.write("labels/x.txt", text);
            const exporters::ReadResult result = read(folder.path());
            QCOMPARE(result.dataset.images.size(), std::size_t(1));
            for (const core::Annotation &annotation : result.dataset.annotations) {
                core::validate(annotation.mask);
                QVERIFY(core::area(annotation.mask) > 0);
            }
        }
    }

    void picturesThatAreMissingOrBrokenAreToldAndTheRestIsRead()
    {
        const DatasetFolder folder;
        folder.write("data.yaml", "names: [a]\ntrain: images\n");
        folder.write("labels/gone.txt", "0 0 0 1 0 1 1\n");
        folder.write("images/broken.png", "no picture");
        folder.picture("images/odd.png", {3, 3});
        std::filesystem::create_directories(folder.path("labels/odd.txt"));
        folder.picture("images/empty.png", {3, 2});
        folder.write("labels/empty.txt", "\r\n");
        folder.picture("images/none.png", {3, 2});
        const exporters::ReadResult result = read(folder.path());
        QCOMPARE(rulesOf(result.findings),
                 (Texts{"picture-unreadable", "picture-missing", "label-unreadable"}));
        QCOMPARE(result.dataset.images.size(), std::size_t(3));
        QVERIFY(result.dataset.annotations.empty());
        for (std::size_t i = 0; i < 3; ++i)
            QCOMPARE(result.dataset.images[i].id, core::Id(i + 1));
    }
};

QTEST_GUILESS_MAIN(TestYoloSeg)
#include "tst_yolo_seg.moc"
