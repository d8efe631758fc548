// SPDX-License-Identifier: Apache-2.0
#include "../core/random_masks.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"
#include "dataset_folder.h"
#include "export/formats.h"
#include "export/formats/yolo_det.h"
#include "export/formats/yolo_obb.h"
#include "export/outlines/rotated_box.h"

#include <QtTest>

#include <cmath>

using Texts = std::vector<std::string>;

namespace
{

core::Dataset dataset(core::Rle mask)
{
    core::Dataset dataset;
    dataset.categories = {{1, "a", "", 0}};
    dataset.images = {{1, "x.png", mask.size}};
    dataset.annotations = {{1, 1, 1, std::move(mask)}};
    return dataset;
}

core::Dataset dataset(core::Size size, core::Box box)
{
    core::Dataset boxes = dataset(core::Rle{size, {}});
    boxes.annotations[0].box = box;
    return boxes;
}

/// A bar that leans.
const char *const bar = "..#.....\n"
                        ".###....\n"
                        "#####...\n"
                        ".#####..\n"
                        "..#####.\n"
                        "...####.\n"
                        "....##..\n"
                        "........\n";

} // namespace

class TestYoloBoxes : public QObject
{
    Q_OBJECT

private:
    /// The line of one object; the folder keeps the dataset under "out", with its picture.
    static std::string lineOf(const exporters::Format &format, const core::Dataset &dataset,
                              const DatasetFolder &folder, exporters::WriteSummary &summary)
    {
        folder.picture("in/x.png", dataset.images[0].size);
        exporters::DatasetSource source(dataset);
        exporters::WriteOptions options;
        options.pictures = exporters::Pictures::Copy;
        options.imageFolder = folder.path("in");
        summary = format.write(source, folder.path("out"), options);
        return folder.read("out/labels/train/x.txt");
    }

private Q_SLOTS:
    void lines_data()
    {
        QTest::addColumn<std::string>("format");
        QTest::addColumn<core::Dataset>("dataset");
        QTest::addColumn<std::string>("line");
        QTest::addColumn<Texts>("losses");
        const auto row = [](const char *name, const char *format, core::Dataset dataset,
                            const char *line, Texts losses = {}) {
            QTest::newRow(name) << std::string(format) << std::move(dataset) << std::string(line)
                                << std::move(losses);
        };
        const core::Rle block = core::encode(drawn(".....\n.##..\n.##..\n.....\n"));
        row("the box of a mask", "yolo-det", dataset(block), "0 0.4 0.5 0.4 0.5\n",
            {"masks were reduced to their boxes"});
        // Boxes count from the centre of the first pixel.
        row("a box alone", "yolo-det", dataset({5, 4}, {0.5, 0.5, 2.5, 2.5}),
            "0 0.4 0.5 0.4 0.5\n");
        row("a box that reaches out", "yolo-det", dataset({5, 4}, {-9, -9, 1.5, 9}),
            "0 0.2 0.5 0.4 1\n");
        row("a box outside", "yolo-det", dataset({5, 4}, {9, 0, 12, 3}), "",
            {"objects without a pixel were left out"});
        row("a mask without pixels", "yolo-det", dataset(core::Rle{{5, 4}, {20}}), "",
            {"objects without a pixel were left out"});
        row("neither mask nor box", "yolo-det", dataset(core::Rle{{5, 4}, {}}), "",
            {"objects without a pixel were left out"});
        row("corners of a mask", "yolo-obb", dataset(block),
            "0 0.2 0.25 0.6 0.25 0.6 0.75 0.2 0.75\n", {"masks were reduced to rotated boxes"});
        row("corners of a box alone", "yolo-obb", dataset({5, 4}, {0.5, 0.5, 2.5, 2.5}),
            "0 0.2 0.25 0.6 0.25 0.6 0.75 0.2 0.75\n");
        row("a box that reaches out", "yolo-obb", dataset({5, 4}, {-9, -9, 1.5, 9}),
            "0 0 0 0.4 0 0.4 1 0 1\n",
            {"rotated boxes reached out of their picture and were cut off at its border"});
        row("corners outside", "yolo-obb", dataset({5, 4}, {9, 0, 12, 3}), "",
            {"objects without a pixel were left out"});
        row("corners of a mask without pixels", "yolo-obb", dataset(core::Rle{{5, 4}, {20}}), "",
            {"objects without a pixel were left out"});
    }

    void lines()
    {
        QFETCH(std::string, format);
        QFETCH(core::Dataset, dataset);
        QFETCH(std::string, line);
        QFETCH(Texts, losses);
        const DatasetFolder folder;
        exporters::WriteSummary summary;
        QCOMPARE(lineOf(*exporters::findFormat(format), dataset, folder, summary), line);
        Texts told;
        for (const exporters::Loss &loss : summary.losses)
            told.push_back(loss.what);
        QCOMPARE(told, losses);
        QCOMPARE(summary.annotations, std::size_t(!line.empty()));
    }

    void aLeaningBarHasALeaningBox()
    {
        const core::Rle mask = core::encode(drawn(bar));
        const auto corners = exporters::rotatedBox({1, 1, 1, mask});
        QVERIFY(corners.has_value());
        const double length =
            std::hypot((*corners)[2] - (*corners)[0], (*corners)[3] - (*corners)[1]);
        const double width =
            std::hypot((*corners)[4] - (*corners)[2], (*corners)[5] - (*corners)[3]);
        QVERIFY(length * width < 0.8 * 7 * 7); // of the box that stands upright
        QVERIFY(length * width > double(core::area(mask)));
        const DatasetFolder folder;
        exporters::WriteSummary summary;
        const exporters::YoloObb format;
        lineOf(format, dataset(mask), folder, summary);
        const exporters::ReadResult result = format.read(folder.path("out"), {}, {}, {});
        QVERIFY(result.findings.isEmpty());
        const core::Rle &read = result.dataset.annotations.at(0).mask;
        // What is read holds the mask, but for what pixels rounded away from a slanting side are.
        QVERIFY(core::iou(read, mask) > 0.75);
    }

    void boxesAreReadAsTheyWere()
    {
        std::mt19937 random(7);
        const exporters::YoloDet format;
        for (int round = 0; round < 40; ++round) {
            const core::Size size{1 + int(random() % 3000), 1 + int(random() % 3000)};
            const double x = random() % unsigned(size.width), y = random() % unsigned(size.height);
            const core::Box box{x - 0.5, y - 0.5, x + 1 + random() % unsigned(size.width - x) - 0.5,
                                y + 1 + random() % unsigned(size.height - y) - 0.5};
            const DatasetFolder folder;
            exporters::WriteSummary summary;
            lineOf(format, dataset(size, box), folder, summary);
            QVERIFY(summary.losses.empty());
            const exporters::ReadResult result = format.read(folder.path("out"), {}, {}, {});
            QVERIFY(result.findings.isEmpty());
            const core::Annotation &read = result.dataset.annotations.at(0);
            QVERIFY(!read.hasMask() && read.mask.size == size && read.box.has_value());
            for (const double difference : {read.box->x0 - box.x0, read.box->y0 - box.y0,
                                            read.box->x1 - box.x1, read.box->y1 - box.y1})
                QVERIFY(std::abs(difference) < 0.01);
        }
    }

    void upRightMasksAreReadFromTheirCorners()
    {
        const exporters::YoloObb format;
        const core::Rle block = core::encode(drawn(".....\n.###.\n.###.\n.....\n"));
        const DatasetFolder folder;
        exporters::WriteSummary summary;
        lineOf(format, dataset(block), folder, summary);
        QCOMPARE(format.read(folder.path("out"), {}, {}, {}).dataset.annotations.at(0).mask, block);
        QCOMPARE(exporters::recogniseFormat(folder.path("out"))->name(), format.name());
    }

    void linesThatAreWrongAreTold_data()
    {
        QTest::addColumn<std::string>("format");
        QTest::addColumn<std::string>("line");
        QTest::addColumn<std::string>("rule");
        const auto row = [](const char *name, const char *format, const char *line,
                            const char *rule) {
            QTest::newRow(name) << std::string(format) << std::string(line) << std::string(rule);
        };
        row("three numbers", "yolo-det", "0 .5 .5 .1", "yolo-points");
        row("five numbers", "yolo-det", "0 .5 .5 .1 .1 .9", "yolo-points");
        row("no width", "yolo-det", "0 .5 .5 0 .1", "outline-empty");
        row("negative width", "yolo-det", "0 .5 .5 -.1 .1", "yolo-range outline-empty");
        row("outside", "yolo-det", "0 1.5 .5 .1 .1", "yolo-range outline-empty");
        row("pixels", "yolo-det", "0 320 240 20 20", "yolo-range");
        row("not a number", "yolo-det", "0 nan .5 .1 .1", "yolo-number");
        row("three corners", "yolo-obb", "0 0 0 1 0 1 1", "yolo-points");
        row("five corners", "yolo-obb", "0 0 0 1 0 1 1 0 1 0 0", "yolo-points");
        row("a box for corners", "yolo-obb", "0 .5 .5 .1 .1", "yolo-points");
        row("corners in one place", "yolo-obb", "0 0 0 0 0 0 0 0 0", "outline-empty");
        row("corners in pixels", "yolo-obb", "0 0 0 9 0 9 9 0 9", "yolo-range");
    }

    void linesThatAreWrongAreTold()
    {
        QFETCH(std::string, format);
        QFETCH(std::string, line);
        QFETCH(std::string, rule);
        const DatasetFolder folder;
        folder.write("data.yaml", "names: [a]\ntrain: images\n");
        folder.picture("images/x.png", {6, 4});
        folder.write("labels/x.txt", line);
        const exporters::ReadResult result =
            exporters::findFormat(format)->read(folder.path(), {}, {}, {});
        std::string rules;
        for (const exporters::Finding &finding : result.findings.told())
            rules += (rules.empty() ? "" : " ") + finding.rule;
        QCOMPARE(rules, rule);
        QVERIFY(result.dataset.annotations.empty());
        QCOMPARE(result.dataset.images.size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestYoloBoxes)
#include "tst_yolo_boxes.moc"
