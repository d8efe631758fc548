// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/mask/rle_merge.h"
#include "export/maps/instance_map.h"
#include "map_samples.h"

#include <QtTest>

using exporters::assignPixels;
using exporters::DrawnObjects;
using exporters::drawObjects;
using exporters::IndexMap;
using exporters::masksOfValues;
using exporters::Overlap;
using exporters::ValueMask;
using exporters::WriteSummary;

using Values = std::vector<std::uint32_t>;

class TestInstanceMap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pixelsByHand()
    {
        // 3 x 2; columns from the top down.
        const core::Rle left{{3, 2}, {0, 3, 3}};   // column 0, and the top of column 1
        const core::Rle right{{3, 2}, {3, 3}};     // the bottom of column 1, and column 2
        const core::Rle middle{{3, 2}, {2, 2, 2}}; // column 1
        const std::vector<const core::Rle *> masks{&middle, &left, &right};
        QVERIFY(
            (assignPixels({3, 2}, masks, Overlap::LastOnTop).values == Values{2, 2, 3, 2, 3, 3}));
        QVERIFY((assignPixels({3, 2}, masks, Overlap::SmallestOnTop).values ==
                 Values{2, 1, 3, 2, 1, 3}));
        QVERIFY((assignPixels({3, 2}, {}, Overlap::LastOnTop).values == Values(6, 0)));
    }

    void masksByHand()
    {
        IndexMap map({3, 2});
        map.values = {7, 7, 0, 0, 7, 300000};
        const std::vector<ValueMask> masks = masksOfValues(map);
        QCOMPARE(masks.size(), std::size_t(2));
        QCOMPARE(masks[0].value, 7u);
        QVERIFY((masks[0].mask == core::Rle{{3, 2}, {0, 1, 1, 2, 2}}));
        QCOMPARE(masks[1].value, 300000u);
        QVERIFY((masks[1].mask == core::Rle{{3, 2}, {5, 1}}));
        QVERIFY(masksOfValues(IndexMap({4, 4})).empty());
    }

    void masksAreWhatEncodingEachGives()
    {
        for (unsigned seed = 1; seed <= 30; ++seed) {
            std::mt19937 random(seed);
            IndexMap map({int(1 + random() % 40), int(1 + random() % 40)});
            for (std::uint32_t &value : map.values)
                value = random() % 4 == 0 ? random() % 5 * 1000 : 2;
            std::vector<core::Rle> rles;
            std::vector<const core::Rle *> pointers;
            const std::vector<ValueMask> masks = masksOfValues(map);
            for (const ValueMask &one : masks) {
                core::Mask mask(map.size);
                std::ranges::transform(map.values, mask.pixels.begin(),
                                       [&](std::uint32_t v) { return v == one.value; });
                QVERIFY(one.mask == core::encode(mask));
                pointers.push_back(&one.mask);
            }
            // And back: no pixel is asked for twice, so the order does not matter.
            Values table{0};
            for (const ValueMask &one : masks)
                table.push_back(one.value);
            QVERIFY(exporters::recoded(assignPixels(map.size, pointers, Overlap::SmallestOnTop),
                                       table) == map);
        }
    }

    void aMapOfTooManyValuesIsNone()
    {
        IndexMap map({300, 300});
        std::iota(map.values.begin(), map.values.end(), 1u);
        QVERIFY_EXCEPTION_THROWN(masksOfValues(map), core::Error);
    }

    void lossesAreCounted_data()
    {
        QTest::addColumn<int>("overlap");
        QTest::addColumn<QStringList>("losses");
        QTest::addColumn<int>("left");
        QTest::newRow("the last on top")
            << int(Overlap::LastOnTop)
            << QStringList{"1 objects lie partly under others; their covered pixels were lost",
                           "1 objects lie wholly under others and were left out",
                           "1 objects without a pixel were left out"}
            << 4;
        QTest::newRow("the smallest on top")
            << int(Overlap::SmallestOnTop)
            << QStringList{"1 objects without a pixel were left out",
                           "2 objects lie partly under others; their covered pixels were lost"}
            << 5;
    }
    void lossesAreCounted()
    {
        QFETCH(int, overlap);
        QFETCH(QStringList, losses);
        QFETCH(int, left);
        const core::Dataset dataset = sample::overlapping();
        WriteSummary summary;
        const DrawnObjects drawn =
            drawObjects(dataset.images[0], dataset.annotations, Overlap(overlap), summary);
        QCOMPARE(sample::lossesOf(summary), losses);
        QCOMPARE(int(drawn.objects.size()), left);
        QVERIFY(drawn.boxes.empty());
        // The values are those of the objects that are left, without a gap.
        const std::vector<ValueMask> masks = masksOfValues(drawn.map);
        QCOMPARE(int(masks.size()), left);
        for (std::size_t i = 0; i < masks.size(); ++i) {
            QCOMPARE(masks[i].value, std::uint32_t(i + 1));
            QVERIFY(core::combine(masks[i].mask, drawn.objects[i].mask,
                                  core::SetOperation::Difference) == (core::Rle{{10, 8}, {80}}));
        }
    }

    void boxesAndWhatIsTooManyStandApart()
    {
        core::Dataset dataset = sample::overlapping();
        dataset.annotations[0].mask.counts = {};
        WriteSummary summary;
        const DrawnObjects drawn =
            drawObjects(dataset.images[0], dataset.annotations, Overlap::LastOnTop, summary, 3);
        QCOMPARE(drawn.objects.size(), std::size_t(2)); // of three, one lies under another
        QCOMPARE(drawn.boxes.size(), std::size_t(2));
        QCOMPARE(drawn.boxes[0].id, core::Id(1));
        QCOMPARE(drawn.boxes[1].id, core::Id(5));
    }

    void aMaskOfAnotherSizeIsRefused()
    {
        core::Dataset dataset = sample::overlapping();
        dataset.annotations[1].mask.size = {8, 10};
        WriteSummary summary;
        QVERIFY_EXCEPTION_THROWN(
            drawObjects(dataset.images[0], dataset.annotations, Overlap::LastOnTop, summary),
            core::Error);
    }

    void theMostFrequentValueIsTaken()
    {
        IndexMap objects({6, 1});
        IndexMap classes({6, 1});
        objects.values = {1, 1, 1, 2, 2, 3};
        classes.values = {4, 0, 4, 255, 0, 9};
        const auto found = exporters::mostFrequentValues(objects, classes, 255);
        QCOMPARE(found.at(1), 4u);
        QCOMPARE(found.at(2), 0u);
        QCOMPARE(found.at(3), 9u);
    }
};

QTEST_GUILESS_MAIN(TestInstanceMap)
#include "tst_instance_map.moc"
