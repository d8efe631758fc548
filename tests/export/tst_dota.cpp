// SPDX-License-Identifier: Apache-2.0
#include "../core/random_masks.h"
#include "core/error.h"
#include "core/mask/rle_measure.h"
#include "dataset_folder.h"
#include "export/formats.h"
#include "export/formats/dota.h"
#include "export/splits.h"

#include <QtTest>

using Texts = std::vector<std::string>;

namespace
{

const exporters::Dota format;

exporters::ReadResult read(const std::filesystem::path &input,
                           const exporters::ReadOptions &options = {})
{
    return format.read(input, options, {}, {});
}

Texts namesOf(const core::Dataset &dataset)
{
    Texts names;
    for (const core::ImageRecord &image : dataset.images)
        names.push_back(exporters::splitOf(image) + ": " + image.fileName);
    return names;
}

} // namespace

class TestDota : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTextIsRead()
    {
        const DatasetFolder folder;
        folder.picture("images/P1.png", {6, 4});
        folder.write("labelTxt/P1.txt", "imagesource:GoogleEarth\r\ngsd:0.146\r\n"
                                        "1.0 1.0 3.0 1.0 3.0 3.0 1.0 3.0 small-vehicle 1\r\n"
                                        "0 0 6 0 6 4 0 4 plane 0\r\n"
                                        "0 0 1 0 1 1 0 1 plane\r\n"
                                        "0 0 1 0 1 1 0 1 storage tank 2\r\n");
        const exporters::ReadResult result = read(folder.path());
        QVERIFY(result.findings.isEmpty());
        const core::Dataset &dataset = result.dataset;
        QCOMPARE(
            dataset.images,
            (std::vector<core::ImageRecord>{
                {1, "images/P1.png", {6, 4}, R"({"imagesource":"GoogleEarth","gsd":"0.146"})"}}));
        QCOMPARE(dataset.categories, (std::vector<core::Category>{{1, "small-vehicle", "", 0},
                                                                  {2, "plane", "", 0},
                                                                  {3, "storage tank", "", 0}}));
        QCOMPARE(dataset.annotations.size(), std::size_t(4));
        const auto expected = [](core::Id id, core::Id category, core::Rle mask,
                                 const char *foreign) {
            core::Annotation annotation{id, 1, category, std::move(mask)};
            annotation.foreign = foreign;
            return annotation;
        };
        QCOMPARE(dataset.annotations[0],
                 expected(1, 1, {{6, 4}, {5, 2, 2, 2, 13}}, R"({"difficult":1})"));
        QCOMPARE(dataset.annotations[1], expected(2, 2, {{6, 4}, {0, 24}}, R"({"difficult":0})"));
        QCOMPARE(dataset.annotations[2], expected(3, 2, {{6, 4}, {0, 1, 23}}, ""));
        QCOMPARE(dataset.annotations[3],
                 expected(4, 3, {{6, 4}, {0, 1, 23}}, R"({"difficult":2})"));
    }

    void layouts_data()
    {
        QTest::addColumn<Texts>("files");
        QTest::addColumn<std::string>("input");
        QTest::addColumn<Texts>("names");
        QTest::newRow("images and texts")
            << Texts{"images/a.png", "labelTxt/a.txt", "images/b.png"} << std::string()
            << Texts{": images/a.png", ": images/b.png"};
        QTest::newRow("the pictures beside the folder of texts")
            << Texts{"a.png", "labelTxt/a.txt"} << std::string() << Texts{": a.png"};
        QTest::newRow("a folder for each part")
            << Texts{"train/images/a.png", "train/labelTxt/a.txt", "val/images/a.png",
                     "val/labelTxt/a.txt"}
            << std::string() << Texts{"train: train/images/a.png", "val: val/images/a.png"};
        QTest::newRow("texts of a version in a folder of their own")
            << Texts{"images/a.png", "labelTxt-v1.5/DOTA-v1.5_train/a.txt"} << std::string()
            << Texts{": images/a.png"};
        QTest::newRow("the folder of texts alone") << Texts{"images/a.png", "labelTxt/a.txt"}
                                                   << std::string("labelTxt/") << Texts{": a.png"};
    }

    void layouts()
    {
        QFETCH(Texts, files);
        QFETCH(std::string, input);
        QFETCH(Texts, names);
        const DatasetFolder folder;
        for (const std::string &file : files) {
            if (file.ends_with(".png"))
                folder.picture(file, {2, 2});
            else
                folder.write(file, "0 0 1 0 1 1 0 1 plane 0\n");
        }
        QVERIFY(format.recognises(folder.path(input)));
        const exporters::ReadResult result = read(folder.path(input));
        QVERIFY(result.findings.isEmpty());
        QCOMPARE(namesOf(result.dataset), names);
        QVERIFY(!result.dataset.annotations.empty());
    }

    void picturesElsewhere()
    {
        const DatasetFolder folder, pictures;
        folder.write("train/labelTxt/a.txt", "0 0 1 0 1 1 0 1 plane 0\n");
        folder.write("val/labelTxt/a.txt", "0 0 1 0 1 1 0 1 plane 0\n");
        folder.write("val/labelTxt/b.txt", "0 0 1 0 1 1 0 1 plane 0\n");
        pictures.picture("val/a.jpg", {2, 2});
        pictures.picture("other/b.jpg", {2, 2});
        const exporters::ReadResult result = read(folder.path(), {pictures.path()});
        // The only picture called a is that of val.
        QCOMPARE(namesOf(result.dataset), (Texts{"val: other/b.jpg", "val: val/a.jpg"}));
        QCOMPARE(rulesOf(result.findings), (Texts{"picture-missing"}));
        QCOMPARE(result.dataset.annotations.size(), std::size_t(2));
    }

    void linesThatAreWrongAreToldAndTheRestIsRead_data()
    {
        QTest::addColumn<std::string>("line");
        QTest::addColumn<std::string>("rule");
        const auto row = [](const char *name, const char *line, const char *rule) {
            QTest::newRow(name) << std::string(line) << std::string(rule);
        };
        row("three corners", "0 0 1 0 1 1 plane 0", "dota-line");
        row("no class", "0 0 1 0 1 1 0 1", "dota-line");
        row("not a number", "0 0 1 0 nan 1 0 1 plane 0", "dota-number");
        row("infinite", "0 0 1 0 inf 1 0 1 plane 0", "dota-number");
        row("enormous", "0 0 1 0 1e300 1 0 1 plane 0", "outline");
        row("outside of the picture", "10 10 20 10 20 20 10 20 plane 0", "outline-empty");
        row("bytes",
            "0 0 1 0 1 1 0 1 pl\xff"
            "ane 0",
            "not-utf8");
        row("another header", "version:7", "dota-line");
    }

    void linesThatAreWrongAreToldAndTheRestIsRead()
    {
        QFETCH(std::string, line);
        QFETCH(std::string, rule);
        const DatasetFolder folder;
        folder.picture("images/a.png", {2, 2});
        folder.write("labelTxt/a.txt", "\xEF\xBB\xBF" + line + "\n0 0 2 0 2 2 0 2 plane 0");
        const exporters::ReadResult result = read(folder.path());
        QCOMPARE(rulesOf(result.findings), Texts{rule + " line 1"});
        QCOMPARE(result.dataset.annotations.size(), std::size_t(1));
        QCOMPARE(result.dataset.categories.size(), std::size_t(1));
    }

    void picturesThatAreMissingOrBrokenAreTold()
    {
        const DatasetFolder folder;
        folder.write("labelTxt/gone.txt", "0 0 1 0 1 1 0 1 plane 0\n");
        folder.write("images/broken.png", "no picture");
        folder.picture("images/good.png", {2, 2});
        std::filesystem::create_directory_symlink(folder.path(), folder.path("labelTxt/again"));
        const exporters::ReadResult result = read(folder.path());
        QCOMPARE(rulesOf(result.findings), (Texts{"picture-unreadable", "picture-missing"}));
        QCOMPARE(namesOf(result.dataset), (Texts{": images/good.png"}));
        QVERIFY_THROWS_EXCEPTION(core::Error, read(folder.path("images")));
        QVERIFY_THROWS_EXCEPTION(core::Error, read(folder.path("none")));
        QVERIFY(!format.recognises(folder.path("images")) && !format.recognises(""));
    }

    void filesAreAsWrittenByHand()
    {
        core::Dataset dataset;
        dataset.categories = {
            {1, "small vehicle", "", 0}, {2, "small-vehicle", "", 0}, {3, "", "", 0}};
        dataset.images = {{1, "val/images/P2.png", {6, 4}, R"({"gsd":0.5,"split":"val"})"},
                          {2, "P2.png", {6, 4}, R"({"imagesource":"a\nb"})"}};
        core::Annotation block{1, 1, 1, {{6, 4}, {5, 2, 2, 2, 13}}};
        block.foreign = R"({"difficult":1})";
        core::Annotation box{2, 1, 2, {{6, 4}, {}}};
        box.box = core::Box{-0.5, -0.5, 1, 1};
        box.foreign = R"({"difficult":true})";
        core::Annotation pixel{3, 2, 3, {{6, 4}, {0, 1, 23}}};
        pixel.foreign = R"({"difficult":"x"})";
        dataset.annotations = {block, box, pixel, {4, 2, 3, {{6, 4}, {24}}}};
        const DatasetFolder folder;
        exporters::DatasetSource source(dataset);
        const exporters::WriteSummary summary =
            format.write(source, folder.path("out"), {}, {}, {});
        QCOMPARE(folder.read("out/val/labelTxt/P2.txt"),
                 std::string("gsd:0.5\n1 1 3 1 3 3 1 3 small-vehicle 1\n"
                             "0 0 1.5 0 1.5 1.5 0 1.5 small-vehicle-2 1\n"));
        QCOMPARE(folder.read("out/train/labelTxt/P2.txt"),
                 std::string("imagesource:a b\n0 0 1 0 1 1 0 1 object 0\n"));
        QCOMPARE(lossOf(summary, "masks were reduced to rotated boxes"), std::size_t(2));
        QCOMPARE(lossOf(summary, "objects have a category whose name"), std::size_t(3));
        QCOMPARE(lossOf(summary, "objects without a pixel were left out"), std::size_t(1));
        QCOMPARE(summary.annotations, std::size_t(3));
    }

    void boxesSurviveThereAndBack()
    {
        core::Dataset dataset;
        dataset.categories = {{1, "plane", "", 0}};
        std::mt19937 random(13);
        const DatasetFolder folder;
        for (int i = 1; i <= 30; ++i) {
            const core::Size size{20 + int(random() % 30), 20 + int(random() % 30)};
            const std::string name = "train/images/" + std::to_string(i) + ".png";
            folder.picture("in/" + name, size);
            core::ImageRecord image{i, name, size};
            exporters::setSplit(image, "train");
            dataset.images.push_back(image);
            core::Mask mask(size);
            const int left = int(random() % 10), top = int(random() % 10);
            for (int y = top; y < top + 1 + int(random() % 3) * 3; ++y)
                std::fill(mask.row(y) + left, mask.row(y) + left + 7, std::uint8_t(1));
            mask.set(left, top, true);
            core::Annotation annotation{i, i, 1, core::encode(mask)};
            if (core::area(annotation.mask) % 7 != 0)
                continue; // no rectangle
            annotation.foreign = R"({"difficult":)" + std::to_string(i % 2) + "}";
            dataset.annotations.push_back(annotation);
        }
        exporters::WriteOptions options;
        options.pictures = exporters::Pictures::Link;
        options.imageFolder = folder.path("in");
        exporters::DatasetSource source(dataset);
        format.write(source, folder.path("out"), options, {}, {});
        const exporters::ReadResult result = read(folder.path("out"));
        QVERIFY(result.findings.isEmpty());
        QCOMPARE(result.dataset.images, dataset.images);
        QCOMPARE(result.dataset.annotations.size(), dataset.annotations.size());
        for (std::size_t i = 0; i < dataset.annotations.size(); ++i) {
            QCOMPARE(result.dataset.annotations[i].mask, dataset.annotations[i].mask);
            QCOMPARE(result.dataset.annotations[i].foreign, dataset.annotations[i].foreign);
        }
        QCOMPARE(exporters::recogniseFormat(folder.path("out"))->name(), format.name());
    }
};

QTEST_GUILESS_MAIN(TestDota)
#include "tst_dota.moc"
