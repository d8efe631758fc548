// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_polygon.h"
#include "export/formats.h"
#include "export/formats/coco/coco_reader.h"
#include "export/operations/split.h"
#include "export/operations/split_writer.h"
#include "export/splits.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

using namespace exporters;

namespace
{

SplitOptions options(std::uint64_t seed = 0)
{
    SplitOptions options;
    options.parts = {{"train", 0.8}, {"val", 0.1}, {"test", 0.1}};
    options.seed = seed;
    return options;
}

/// Image i has every category k that divides it, so that images have several and some are rare.
core::Dataset manyLabels(int images)
{
    core::Dataset dataset;
    for (int k = 2; k <= 20; ++k)
        dataset.categories.push_back({k, "every " + std::to_string(k), "", 0});
    for (int i = 1; i <= images; ++i) {
        dataset.images.push_back(
            {i, "p" + std::to_string(i / 10) + "/" + std::to_string(i) + ".png", {8, 8}});
        for (int k = 2; k <= 20; ++k) {
            if (i % k == 0)
                dataset.annotations.push_back({core::Id(dataset.annotations.size()) + 1, i, k,
                                               core::rleFromBox(0, 0, 4, 4, {8, 8})});
        }
    }
    return dataset;
}

} // namespace

class TestSplit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPartHasItsShareOfEveryCategory()
    {
        const core::Dataset dataset = manyLabels(1000);
        for (const std::uint64_t seed : {0, 1, 2}) {
            const SplitOptions asked = options(seed);
            const auto parts = splitImages(dataset, asked);
            std::map<core::Id, std::array<int, 3>> counts;
            std::array<int, 3> images = {};
            for (const std::size_t part : parts)
                ++images[part];
            for (const core::Annotation &annotation : dataset.annotations)
                ++counts[annotation.categoryId][parts[std::size_t(annotation.imageId - 1)]];
            for (std::size_t part = 0; part < 3; ++part) {
                const double share = asked.parts[part].share;
                QVERIFY(std::abs(images[part] - share * 1000) <= 10);
                for (const auto &[category, count] : counts) {
                    const double all = count[0] + count[1] + count[2];
                    QVERIFY2(std::abs(count[part] - share * all) <= std::max(2.0, 0.04 * all),
                             qPrintable(QString::asprintf("seed %d part %d category %d: %d of %g",
                                                          int(seed), int(part), int(category),
                                                          count[part], all)));
                }
            }
        }
    }

    void groupsAreNotTorn()
    {
        const core::Dataset dataset = manyLabels(500);
        SplitOptions asked = options();
        asked.groups = "folder";
        const auto parts = splitImages(dataset, asked);
        std::map<std::string, std::size_t> partOf;
        std::array<int, 3> images = {};
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const std::string &name = dataset.images[i].fileName;
            const auto group = partOf.emplace(name.substr(0, name.find('/')), parts[i]).first;
            QCOMPARE(group->second, parts[i]);
            ++images[parts[i]];
        }
        QVERIFY(std::abs(images[0] - 400) <= 20);
        QVERIFY(std::abs(images[1] - 50) <= 20);
    }

    void dependsOnSeedAndNamesAlone()
    {
        const core::Dataset dataset = manyLabels(200);
        const auto parts = splitImages(dataset, options(7));
        QCOMPARE(splitImages(dataset, options(7)), parts);
        QVERIFY(splitImages(dataset, options(8)) != parts);

        core::Dataset reversed = dataset;
        std::ranges::reverse(reversed.images);
        std::ranges::reverse(reversed.annotations);
        auto back = splitImages(reversed, options(7));
        std::ranges::reverse(back);
        QCOMPARE(back, parts);
    }

    void partsOfNoShareGetNothing()
    {
        SplitOptions asked;
        asked.parts = {{"train", 0.5}, {"val", 0.5}, {"test", 0}};
        const auto parts = splitImages(manyLabels(60), asked);
        QCOMPARE(std::ranges::count(parts, std::size_t(2)), 0);
        QVERIFY(std::abs(std::ranges::count(parts, std::size_t(0)) - 30) <= 2);
    }

    void imagesWithoutCategoriesAreDealtOutByNumber()
    {
        core::Dataset dataset = manyLabels(100);
        dataset.annotations.clear();
        const auto parts = splitImages(dataset, options());
        QCOMPARE(std::ranges::count(parts, std::size_t(0)), 80);
        QCOMPARE(std::ranges::count(parts, std::size_t(1)), 10);
        QVERIFY(splitImages({}, options()).empty());
    }

    void partsAreWrittenApartAndMakeTheWhole()
    {
        const core::Dataset dataset = manyLabels(30);
        const auto parts = splitImages(dataset, options());
        QTemporaryDir directory;
        const std::filesystem::path target = directory.filePath("parts").toStdString();
        DatasetSource source(dataset);
        const WriteSummary summary =
            writeParts(source, parts, {"train", "val", "test"}, *findFormat("coco"), target);
        QCOMPARE(summary.images, std::size_t(30));
        QCOMPARE(summary.annotations, dataset.annotations.size());
        std::set<std::string> names;
        for (const char *part : {"train.json", "val.json", "test.json"}) {
            const core::Dataset read = readCoco(target / part).dataset;
            QCOMPARE(read.categories, dataset.categories);
            for (const core::ImageRecord &image : read.images)
                QVERIFY(names.insert(image.fileName).second);
        }
        QCOMPARE(names.size(), std::size_t(30));
        QCOMPARE(QDir(directory.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
                 QStringList{"parts"});
    }

    void imagesAreOfTheirNewPart()
    {
        core::Dataset dataset = manyLabels(3);
        exporters::setSplit(dataset.images[0], "train");
        exporters::setSplit(dataset.images[1], "train");
        QTemporaryDir directory;
        const std::filesystem::path target = directory.filePath("parts").toStdString();
        DatasetSource source(dataset);
        writeParts(source, {0, 1, 1}, {"train", "val"}, *findFormat("coco"), target);
        QCOMPARE(splitOf(readCoco(target / "train.json").dataset.images.at(0)),
                 std::string("train"));
        const core::Dataset val = readCoco(target / "val.json").dataset;
        QCOMPARE(splitOf(val.images.at(0)), std::string("val"));
        QVERIFY(splitOf(val.images.at(1)).empty()); // it never said so
    }

    void emptyPartsAreNotWritten()
    {
        const core::Dataset dataset = manyLabels(2);
        QTemporaryDir directory;
        const std::filesystem::path target = directory.filePath("parts").toStdString();
        DatasetSource source(dataset);
        writeParts(source, {0, 2}, {"train", "val", "test"}, *findFormat("coco"), target);
        QVERIFY(std::filesystem::exists(target / "train.json"));
        QVERIFY(!std::filesystem::exists(target / "val.json"));
        QVERIFY(std::filesystem::exists(target / "test.json"));
    }
};

QTEST_GUILESS_MAIN(TestSplit)
#include "tst_split.moc"
