// SPDX-License-Identifier: Apache-2.0
#include "core/mask/mask_measure.h"
#include "core/mask/rle_encoder.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"
#include "core/mask/rle_string.h"
#include "tests/core/plain_runs.h"

#include <QtTest>

#include <random>

namespace
{

/// Blobs of random size rather than noise alone: `share` is the chance that a pixel changes from
/// its left one.
core::Mask randomMask(core::Size size, double share, std::mt19937 &random)
{
    std::bernoulli_distribution changes(share);
    core::Mask mask(size);
    std::uint8_t value = 0;
    for (std::uint8_t &pixel : mask.pixels) {
        value ^= changes(random) ? 1 : 0;
        pixel = value;
    }
    return mask;
}

} // namespace

class TestRle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsColumnsAndStartsWithZeros()
    {
        core::Mask mask({3, 2}); // 1 0 0
        mask.set(0, 0);          // 0 1 1
        mask.set(1, 1);
        mask.set(2, 1);
        const core::Rle rle = core::encode(mask);
        QCOMPARE(rle.counts, (std::vector<std::uint32_t>{0, 1, 2, 1, 1, 1}));
        QVERIFY(core::decode(rle) == mask);
    }

    void emptyAndFull()
    {
        for (const core::Size size : {core::Size{1, 1}, {1, 90}, {90, 1}, {7, 5}, {200, 130}}) {
            core::Mask mask(size);
            QCOMPARE(core::encode(mask).counts, std::vector{std::uint32_t(size.area())});
            QVERIFY(core::decode(core::encode(mask)) == mask);
            mask.pixels.assign(mask.pixels.size(), 1);
            QCOMPARE(core::encode(mask).counts,
                     (std::vector<std::uint32_t>{0, std::uint32_t(size.area())}));
            QVERIFY(core::decode(core::encode(mask)) == mask);
        }
    }

    void randomMasksComeBack_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        for (const auto &[width, height] : {std::pair{1, 1},
                                            {1, 2},
                                            {1, 300},
                                            {2, 1},
                                            {300, 1},
                                            {5, 7},
                                            {63, 40},
                                            {64, 41},
                                            {65, 3},
                                            {128, 128},
                                            {257, 190}})
            QTest::addRow("%d x %d", width, height) << width << height;
    }
    void randomMasksComeBack()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        std::mt19937 random(20240229);
        for (const double share : {0.002, 0.03, 0.2, 0.5, 0.9, 1.0}) {
            for (int repeat = 0; repeat < 6; ++repeat) {
                const core::Mask mask = randomMask({width, height}, share, random);
                const core::Rle rle = core::encode(mask);
                QVERIFY(rle == plainEncode(mask));
                QVERIFY(core::decode(rle) == mask);
                QVERIFY(core::rleFromString(core::toString(rle), mask.size) == rle);
                QCOMPARE(core::area(rle), core::area(mask));
                QVERIFY(core::boundingBox(rle) == core::boundingBox(mask));
            }
        }
    }

    void combiningRunsIsCombiningPixels()
    {
        std::mt19937 random(7);
        for (int repeat = 0; repeat < 40; ++repeat) {
            const core::Size size{1 + repeat * 3, 97 - repeat};
            const core::Mask a = randomMask(size, 0.1, random);
            const core::Mask b = randomMask(size, 0.02 * repeat, random);
            core::Mask either(size), both(size), onlyA(size);
            for (std::size_t i = 0; i < a.pixels.size(); ++i) {
                either.pixels[i] = a.pixels[i] | b.pixels[i];
                both.pixels[i] = a.pixels[i] & b.pixels[i];
                onlyA.pixels[i] = a.pixels[i] & (b.pixels[i] ^ 1);
            }
            const core::Rle rleA = core::encode(a), rleB = core::encode(b);
            using core::SetOperation;
            QVERIFY(core::combine(rleA, rleB, SetOperation::Union) == core::encode(either));
            QVERIFY(core::combine(rleA, rleB, SetOperation::Intersection) == core::encode(both));
            QVERIFY(core::combine(rleA, rleB, SetOperation::Difference) == core::encode(onlyA));
            QCOMPARE(core::iou(rleA, rleB), core::iou(a, b));
        }
    }

    void aPixelIsFoundByCountingRuns()
    {
        core::Mask mask({5, 3});
        mask.set(0, 0);
        mask.set(2, 2);
        mask.set(4, 1);
        const core::Rle rle = core::encode(mask);
        for (int y = 0; y < 3; ++y) {
            for (int x = 0; x < 5; ++x)
                QCOMPARE(core::contains(rle, x, y), bool(mask.at(x, y)));
        }
        for (const auto &[x, y] : {std::pair(-1, 0), {5, 1}, {0, -1}, {0, 3}})
            QVERIFY(!core::contains(rle, x, y));
    }

    void emptyRunsInFilesAreHarmless()
    {
        // 0 1 1 0 0 0, but written with empty runs in the middle and at the end.
        const core::Rle odd{{2, 3}, {1, 1, 0, 1, 0, 0, 3, 0}};
        const core::Rle plain{{2, 3}, {1, 2, 3}};
        QVERIFY(core::decode(odd) == core::decode(plain));
        QCOMPARE(core::area(odd), 2);
        QVERIFY(core::boundingBox(odd) == (core::PixelRect{0, 1, 1, 2}));
        QCOMPARE(core::iou(odd, plain), 1.0);
        QVERIFY(core::combine(odd, odd, core::SetOperation::Union) == plain);
        QVERIFY(core::rleFromString(core::toString(odd), odd.size) == odd);
    }

    void crowdsDivideByTheDetection()
    {
        const core::Rle detection{{4, 1}, {0, 2, 2}};
        const core::Rle crowd{{4, 1}, {1, 3}};
        QCOMPARE(core::iou(detection, crowd), 0.25);
        QCOMPARE(core::iou(detection, crowd, true), 0.5);
        const core::Rle empty{{4, 1}, {4}};
        QCOMPARE(core::iou(empty, empty), 0.0);
    }
};

QTEST_APPLESS_MAIN(TestRle)
#include "tst_rle.moc"
