// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/mask/outline_parts.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"
#include "core/mask/rle_polygon.h"
#include "export/formats.h"
#include "export/formats/coco/coco_reader.h"
#include "sample_dataset.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <random>

using Json = nlohmann::json;

namespace
{

Json load(const std::filesystem::path &file)
{
    std::ifstream stream(file);
    return Json::parse(stream);
}

exporters::WriteSummary writeCoco(const core::Dataset &dataset, const std::filesystem::path &target,
                                  const exporters::WriteOptions &options = {},
                                  std::stop_token stop = {},
                                  const exporters::Progress &progress = {})
{
    exporters::DatasetSource source(dataset);
    return exporters::findFormat("coco")->write(source, target, options, stop, progress);
}

/// The kind of the error that the call throws; the sentence must name what `mentions` says.
template <typename Call>
core::ErrorKind kindOf(Call call, const char *mentions)
{
    try {
        call();
    } catch (const core::Error &error) {
        if (!QByteArray(error.what()).contains(mentions))
            qWarning("%s", error.what());
        else
            return error.kind();
    }
    throw std::runtime_error("no such error");
}

/// Gives as many images as asked, each with two masks made when they are asked for.
class EndlessSource : public exporters::AnnotationSource
{
public:
    explicit EndlessSource(int count) : m_count(count) {}
    std::vector<core::Category> categories() override { return {{1, "thing", "", 0}}; }
    std::vector<core::ImageRecord> images() override
    {
        std::vector<core::ImageRecord> images;
        for (int i = 1; i <= m_count; ++i)
            images.push_back({i, std::to_string(i) + ".jpg", {20, 10}});
        return images;
    }
    std::vector<core::Annotation> annotations(core::Id image) override
    {
        asked.push_back(image);
        const core::Rle mask{{20, 10}, {std::uint32_t(image), 10, 190 - std::uint32_t(image)}};
        return {{2 * image, image, 1, mask, false}, {2 * image + 1, image, 1, mask, false}};
    }
    std::vector<core::Id> asked;

private:
    int m_count;
};

} // namespace

class TestCocoWriter : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::filesystem::path file(const char *name) const
    {
        return m_folder.filePath(name).toStdString();
    }
    QStringList leftovers() const { return QDir(m_folder.path()).entryList(QDir::Files); }

private Q_SLOTS:
    void writesTheGoldenFile()
    {
        const auto target = file("golden.json");
        const exporters::WriteSummary summary = writeCoco(sample::dataset(), target);
        QCOMPARE(summary.images, std::size_t(2));
        QCOMPARE(summary.annotations, std::size_t(3));
        Json written = load(target);
        QVERIFY(
            written["info"]["description"].get<std::string>().starts_with("Made with Maskwright"));
        written["info"]["description"] = "Made with Maskwright";
        const Json expected = load(TEST_DATA_DIR "/coco/two_images.json");
        QVERIFY2(written == expected, written.dump(1).c_str());
    }

    void writesTheSameBytesTwice()
    {
        writeCoco(sample::dataset(), file("first.json"));
        writeCoco(sample::dataset(), file("second.json"));
        QFile first(m_folder.filePath("first.json")), second(m_folder.filePath("second.json"));
        QVERIFY(first.open(QIODevice::ReadOnly) && second.open(QIODevice::ReadOnly));
        QCOMPARE(first.readAll(), second.readAll());
    }

    void comesBackBitForBit()
    {
        std::mt19937 random(41);
        core::Dataset dataset = sample::dataset();
        for (core::Id id = 100; id < 200; ++id) {
            const core::Size size{1 + int(random() % 90), 1 + int(random() % 90)};
            dataset.images.push_back({id, std::to_string(id) + ".png", size});
            core::Mask mask(size);
            const unsigned chance = 1 + random() % 30;
            for (auto &pixel : mask.pixels)
                pixel = random() % chance == 0;
            mask.set(0, 0);
            dataset.annotations.push_back({id, id, 1, core::encode(mask), random() % 2 == 0});
        }
        for (const auto form :
             {exporters::SegmentationForm::Rle, exporters::SegmentationForm::RleUncompressed}) {
            writeCoco(dataset, file("round.json"), {.segmentation = form});
            const exporters::ReadResult contents = exporters::readCoco(file("round.json"));
            QVERIFY(contents.dataset.images == dataset.images);
            QVERIFY(contents.dataset.categories == dataset.categories);
            QVERIFY(contents.dataset.annotations == dataset.annotations);
            QVERIFY(contents.findings.isEmpty());
        }
    }

    void runsMayBePlainNumbers()
    {
        writeCoco(sample::dataset(), file("plain.json"),
                  {.segmentation = exporters::SegmentationForm::RleUncompressed});
        const Json counts = load(file("plain.json"))["annotations"][0]["segmentation"]["counts"];
        QCOMPARE(counts.dump(), std::string("[0,1,2,1,1,1]"));
    }

    /// Outlines follow the edges of the pixels: filling them again gives the very masks.
    void polygonsHoldEveryPixelButHoles()
    {
        std::mt19937 random(42);
        core::Dataset dataset = sample::dataset();
        dataset.annotations.clear();
        std::size_t withHoles = 0;
        for (core::Id id = 100; id < 300; ++id) {
            const core::Size size{1 + int(random() % 40), 1 + int(random() % 40)};
            dataset.images.push_back({id, std::to_string(id) + ".png", size});
            core::Mask mask(size);
            const unsigned chance = 1 + random() % 6;
            for (auto &pixel : mask.pixels)
                pixel = random() % chance == 0;
            mask.set(0, 0);
            const core::Rle rle = core::encode(mask);
            const auto parts = core::outlineParts(rle);
            withHoles += std::ranges::any_of(parts, [](auto &part) { return !part.holes.empty(); });
            dataset.annotations.push_back({id, id, 1, rle});
        }
        const auto summary = writeCoco(dataset, file("polygons.json"),
                                       {.segmentation = exporters::SegmentationForm::Polygon});
        QCOMPARE(summary.annotations, std::size_t(200));
        QCOMPARE(summary.losses.size(), std::size_t(1));
        QCOMPARE(summary.losses[0].what, std::string("holes were filled"));
        QCOMPARE(summary.losses[0].count, withHoles);
        const Json written = load(file("polygons.json"));
        const auto read = exporters::readCoco(file("polygons.json")).dataset.annotations;
        for (std::size_t i = 0; i < read.size(); ++i) {
            const core::Rle &before = dataset.annotations[i].mask;
            QVERIFY(core::area(
                        core::combine(before, read[i].mask, core::SetOperation::Difference)) == 0);
            const auto parts = core::outlineParts(before);
            if (std::ranges::all_of(parts, [](auto &part) { return part.holes.empty(); }))
                QVERIFY(read[i].mask == before);
            QCOMPARE(written["annotations"][i]["area"].get<std::int64_t>(),
                     core::area(read[i].mask));
            const core::PixelRect box = core::boundingBox(read[i].mask);
            QVERIFY(written["annotations"][i]["bbox"] ==
                    Json({box.x, box.y, box.width, box.height}));
        }
    }

    void simplifiedPolygonsTellWhatItCost()
    {
        core::Dataset dataset;
        dataset.categories = {{1, "c", "", 0}};
        dataset.images = {{1, "a.jpg", {200, 200}}};
        std::vector<double> circle;
        for (int i = 0; i < 60; ++i) {
            circle.push_back(100 + 80 * std::cos(i * 0.1047));
            circle.push_back(100 + 80 * std::sin(i * 0.1047));
        }
        dataset.annotations = {{1, 1, 1, core::rleFromPolygon(circle, {200, 200})}};
        const auto write = [&](double tolerance) {
            return writeCoco(
                dataset, file("simple.json"),
                {.segmentation = exporters::SegmentationForm::Polygon, .simplify = tolerance});
        };
        QVERIFY(write(0).losses.empty());
        const std::size_t exact = load(file("simple.json")).dump().size();
        const auto losses = write(2).losses;
        QVERIFY(load(file("simple.json")).dump().size() < exact / 2);
        QCOMPARE(losses.size(), std::size_t(1));
        QVERIFY2(losses[0].what.starts_with("outlines were simplified (IoU 0.9"),
                 losses[0].what.c_str());
        const auto read = exporters::readCoco(file("simple.json")).dataset;
        QVERIFY(core::iou(read.annotations[0].mask, dataset.annotations[0].mask) > 0.95);
    }

    void whatOthersSaidComesOutAgain()
    {
        core::Dataset dataset = sample::dataset();
        dataset.foreign = R"({"info":{"year":1999},"x":[{"z":1,"a":2}],"images":"never"})";
        dataset.images[0].foreign = R"({"license":3,"width":7,"date":"2020"})";
        dataset.categories[1].foreign = R"({"keypoints":["b","a"]})";
        dataset.categories[1].isThing = false;
        dataset.annotations[0].foreign = R"({"area":1,"z":{"b":1,"a":2},"a \u0022":null})";
        dataset.annotations[0].score = 0.125;
        dataset.annotations[1].track = 12;
        dataset.annotations.push_back({20, 3, 1, {{3, 2}, {}}});
        dataset.annotations.back().box = core::Box{0.6, -0.5, 1.5, 1.25};
        writeCoco(dataset, file("foreign.json"));
        std::ifstream stream(file("foreign.json"));
        const auto json = nlohmann::ordered_json::parse(stream);
        QCOMPARE(json["info"].dump(), std::string(R"({"year":1999})"));
        QCOMPARE(json["licenses"].dump(), std::string("[]"));
        QCOMPARE(json["x"].dump(), std::string(R"([{"z":1,"a":2}])"));
        QCOMPARE(json["images"][0].dump(),
                 std::string(R"({"id":3,"width":3,"height":2,"file_name":"a.jpg","license":3,)"
                             R"("date":"2020"})"));
        QCOMPARE(json["categories"][1]["isthing"].dump(), std::string("0"));
        QCOMPARE(json["categories"][0]["isthing"].dump(), std::string("1"));
        QCOMPARE(json["categories"][1]["keypoints"].dump(), std::string(R"(["b","a"])"));
        const auto &first = json["annotations"][0];
        QCOMPARE(first["area"].dump(), std::string("3"));
        QCOMPARE(first["score"].dump(), std::string("0.125"));
        QCOMPARE(first["z"].dump(), std::string(R"({"b":1,"a":2})"));
        QVERIFY(first.contains("a \"") && first["a \""].is_null());
        const auto &box = json["annotations"][1];
        QCOMPARE(box["segmentation"].dump(), std::string("[]"));
        QCOMPARE(box["bbox"].dump(), std::string("[1.1,0,0.9,1.75]"));
        QCOMPARE(box["area"].dump(), std::string("1.575"));
        QCOMPARE(json["annotations"][2]["track_id"].dump(), std::string("12"));
    }

    void aForeignFileComesBackTheSame()
    {
        core::Dataset dataset = sample::dataset();
        dataset.foreign = R"({"info":{"year":1999},"licenses":[{"id":1}],"x":{"z":1,"a":2}})";
        dataset.annotations[0].foreign = R"({"b":1,"a":[1.5,"\u005c"]})";
        dataset.annotations[0].score = 0.1;
        dataset.annotations.push_back({20, 7, 1, {{15, 12}, {}}});
        dataset.annotations.back().box = core::Box{0.1, 0.2, 3.3, 4.4};
        writeCoco(dataset, file("once.json"));
        writeCoco(exporters::readCoco(file("once.json")).dataset, file("twice.json"));
        QFile first(m_folder.filePath("once.json")), second(m_folder.filePath("twice.json"));
        QVERIFY(first.open(QIODevice::ReadOnly) && second.open(QIODevice::ReadOnly));
        QCOMPARE(first.readAll(), second.readAll());
    }

    void nothingIsAFileToo()
    {
        const exporters::WriteSummary summary = writeCoco({}, file("nothing.json"));
        QCOMPARE(summary.images, std::size_t(0));
        QVERIFY(exporters::readCoco(file("nothing.json")).dataset.images.empty());
    }

    void emptyMasksAreLeftOut()
    {
        core::Dataset dataset = sample::dataset();
        dataset.annotations[0].mask.counts = {6};
        const exporters::WriteSummary summary = writeCoco(dataset, file("empty.json"));
        QCOMPARE(summary.losses.size(), std::size_t(1));
        QCOMPARE(summary.losses[0].count, std::size_t(1));
        QCOMPARE(load(file("empty.json"))["annotations"].size(), std::size_t(2));
    }

    void pullsImageByImageAndTellsProgress()
    {
        EndlessSource source(50);
        std::vector<std::size_t> steps;
        exporters::findFormat("coco")->write(source, file("many.json"), {}, {}, [&](double share) {
            const auto done = std::size_t(std::lround(share * 50));
            QCOMPARE(source.asked.size(), done); // none asked for before its turn
            steps.push_back(done);
        });
        QCOMPARE(steps.size(), std::size_t(50));
        QCOMPARE(exporters::readCoco(file("many.json")).dataset.annotations.size(),
                 std::size_t(100));
    }

    void stoppingLeavesTheOldFile()
    {
        writeCoco(sample::dataset(), file("kept.json"));
        const Json before = load(file("kept.json"));
        EndlessSource source(1000);
        std::stop_source stop;
        const auto write = [&] {
            exporters::findFormat("coco")->write(source, file("kept.json"), {}, stop.get_token(),
                                                 [&](double share) {
                                                     if (share == 0.003)
                                                         stop.request_stop();
                                                 });
        };
        QVERIFY(kindOf(write, "stopped") == core::ErrorKind::Cancelled);
        QCOMPARE(source.asked.size(), std::size_t(4));
        QVERIFY(load(file("kept.json")) == before);
        QVERIFY(leftovers().filter("kept.json") == QStringList("kept.json"));
    }

    void refused_data()
    {
        QTest::addColumn<core::Dataset>("dataset");
        QTest::addColumn<QByteArray>("mentions");
        const auto add = [](const char *name, auto change, const char *mentions) {
            core::Dataset dataset = sample::dataset();
            change(dataset);
            QTest::newRow(name) << dataset << QByteArray(mentions);
        };
        using core::Dataset;
        add(
            "annotation id 0", [](Dataset &d) { d.annotations[1].id = 0; }, "annotation id 0");
        add(
            "image id 0", [](Dataset &d) { d.images[0].id = 0; }, "image id 0");
        add(
            "same annotation id", [](Dataset &d) { d.annotations[2].id = 5; },
            "id 5 is used twice");
        add(
            "same category id", [](Dataset &d) { d.categories[1].id = 1; }, "id 1 is used twice");
        add(
            "no such category", [](Dataset &d) { d.annotations[0].categoryId = 4; },
            "category id 4");
        add(
            "mask of another size",
            [](Dataset &d) {
                d.annotations[0].mask.size = {2, 3};
            },
            "a.jpg");
        add(
            "damaged mask", [](Dataset &d) { d.annotations[0].mask.counts = {5}; }, "add up to 5");
        add(
            "name that is not UTF-8", [](Dataset &d) { d.images[0].fileName = "a\xff.jpg"; },
            "UTF-8");
    }
    void refused()
    {
        QFETCH(core::Dataset, dataset);
        QFETCH(QByteArray, mentions);
        const auto write = [&] { writeCoco(dataset, file("refused.json")); };
        QVERIFY(kindOf(write, mentions.constData()) == core::ErrorKind::BadDataset);
        QVERIFY(leftovers().filter("refused").isEmpty());
    }

    void badTargets()
    {
        const auto write = [](const std::filesystem::path &target) {
            return [=] { writeCoco(sample::dataset(), target); };
        };
        using core::ErrorKind;
        QVERIFY(QDir(m_folder.path()).mkdir("folder"));
        QVERIFY(kindOf(write(file("folder")), "folder") == ErrorKind::FileUnwritable);
        QVERIFY(QDir(m_folder.filePath("folder")).isEmpty());
        QVERIFY(kindOf(write(file("missing/a.json")), "missing") == ErrorKind::FileUnwritable);
        writeCoco(sample::dataset(), file("plain_file"));
        QVERIFY(kindOf(write(file("plain_file/a.json")), "plain_file") ==
                ErrorKind::FileUnwritable);
        QVERIFY(kindOf(write("/dev/null"), "/dev/null") == ErrorKind::FileUnwritable);
        QVERIFY(kindOf(write("/proc/a.json"), "/proc") == ErrorKind::FileUnwritable);
    }

    void unknownFormat() { QVERIFY(exporters::findFormat("wav") == nullptr); }
};

QTEST_GUILESS_MAIN(TestCocoWriter)
#include "tst_coco_writer.moc"
