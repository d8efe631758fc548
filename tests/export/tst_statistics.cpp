// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_merge.h"
#include "core/mask/rle_polygon.h"
#include "export/operations/statistics.h"
#include "export/operations/statistics_report.h"

#include <QtTest>

using namespace exporters;

namespace
{

constexpr core::Size size{200, 100};

core::Rle box(double x, double y, double width, double height)
{
    return core::rleFromBox(x, y, width, height, size);
}

core::Annotation annotation(core::Id id, core::Id image, core::Id category, core::Rle mask)
{
    core::Annotation result;
    result.id = id;
    result.imageId = image;
    result.categoryId = category;
    result.mask = std::move(mask);
    return result;
}

/// Three images; the first has everything, the third nothing.
core::Dataset sample()
{
    core::Dataset dataset;
    dataset.categories = {{3, "cat", "animal", 0}, {5, "\u00fcmlaut", "", 0}, {8, "never", "", 0}};
    dataset.images = {{1, "a", size}, {2, "b", size}, {3, "c", {64, 48}}};
    const core::Rle ring = core::combine(box(0, 0, 10, 10), box(2, 2, 3, 3),
                                         core::SetOperation::Difference); // 91 pixels, one hole
    const core::Rle two =
        core::combine(box(0, 0, 40, 40), box(60, 0, 5, 5), core::SetOperation::Union); // 1625
    dataset.annotations = {
        annotation(1, 1, 3, ring),
        annotation(2, 1, 3, two),
        annotation(3, 1, 5, box(0, 0, 200, 100)), // 20000
        annotation(4, 1, 5, box(0, 0, 0, 0)),     // no pixel
        annotation(5, 2, 3, {size, {}}),          // a box alone
        annotation(6, 2, 3, box(0, 0, 50, 50)),   // a crowd
    };
    dataset.annotations[4].box = core::Box{0, 0, 30, 10};
    dataset.annotations[4].score = 0.5;
    dataset.annotations[5].isCrowd = true;
    return dataset;
}

} // namespace

class TestStatistics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsWhatIsThere()
    {
        const core::Dataset dataset = sample();
        DatasetSource source(dataset);
        const Statistics s = measure(source);
        QCOMPARE(s.images, std::size_t(3));
        QCOMPARE(s.unlabelledImages, std::size_t(1));
        QCOMPARE(s.annotations, std::size_t(6));
        QCOMPARE(s.crowds, std::size_t(1));
        QCOMPARE(s.boxesAlone, std::size_t(1));
        QCOMPARE(s.emptyMasks, std::size_t(1));
        QCOMPARE(s.scored, std::size_t(1));
        QCOMPARE(s.withHoles, std::size_t(1));
        QCOMPARE(s.holes, std::size_t(1));
        QCOMPARE(s.withParts, std::size_t(1));
        QCOMPARE(s.parts, std::size_t(5));
        QCOMPARE(s.small, std::size_t(2)); // the ring and the box of 300
        QCOMPARE(s.medium, std::size_t(1));
        QCOMPARE(s.large, std::size_t(1));
        QCOMPARE(s.categories[0].annotations, std::size_t(4));
        QCOMPARE(s.categories[0].images, std::size_t(2));
        QCOMPARE(s.categories[0].crowds, std::size_t(1));
        QCOMPARE(s.categories[0].pixels, std::int64_t(91 + 1625 + 2500));
        QCOMPARE(s.categories[2].annotations, std::size_t(0));
        QCOMPARE(s.imagesWithCount, (std::map<std::size_t, std::size_t>{{0, 1}, {2, 1}, {4, 1}}));
        QCOMPARE(s.imageSizes.at({200, 100}), std::size_t(2));
        // 91 in 64..127, 1625 in 1024..2047, 2500 in 2048..4095, 20000 in 16384..
        std::vector<std::size_t> areas(15);
        areas[6] = areas[10] = areas[11] = areas[14] = 1;
        QCOMPARE(s.areas.counts(), areas);
        // Sides 10, 65, 200, 30, 50.
        QCOMPARE(s.boxSides.counts(), (std::vector<std::size_t>{0, 0, 0, 1, 1, 1, 1, 1}));
    }

    void powersOfTwo()
    {
        PowerHistogram histogram;
        for (const int value : {0, 1, 2, 3, 4, 7, 8})
            histogram.add(value);
        QCOMPARE(histogram.counts(), (std::vector<std::size_t>{2, 2, 2, 1}));
        QCOMPARE(PowerHistogram::from(0), std::int64_t(0));
        QCOMPARE(PowerHistogram::from(3), std::int64_t(8));
    }

    void isToldAsTextAndAsJson()
    {
        const core::Dataset dataset = sample();
        DatasetSource source(dataset);
        const Statistics s = measure(source);
        const QJsonObject json =
            QJsonDocument::fromJson(QByteArray::fromStdString(reportJson(s))).object();
        QCOMPARE(json["images"].toInt(), 3);
        QCOMPARE(json["categories"][1]["name"].toString(), QString("\u00fcmlaut"));
        QCOMPARE(json["categories"][0]["annotations"].toInt(), 4);
        QCOMPARE(json["areas"][6]["from"].toInt(), 64);
        QCOMPARE(json["areas"][6]["count"].toInt(), 1);
        QCOMPARE(json["annotations_per_image"][2]["annotations"].toInt(), 4);
        QCOMPARE(json["image_sizes"][0]["width"].toInt(), 64);

        const QString text = QString::fromStdString(reportText(s));
        QVERIFY2(text.contains("objects with holes          1  1 hole\n"), qPrintable(text));
        // The most frequent one first, numbers in one column whatever the bytes of the names.
        QVERIFY2(text.contains("  cat     4  in 2 images\n  \u00fcmlaut  2  in 1 image\n"
                               "  never   0"),
                 qPrintable(text));
    }

    void anEmptyDatasetHasNothing()
    {
        const core::Dataset dataset;
        DatasetSource source(dataset);
        const Statistics s = measure(source);
        QCOMPARE(s.images, std::size_t(0));
        QVERIFY(!reportText(s).empty());
        QVERIFY(!reportJson(s).empty());
    }
};

QTEST_GUILESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
