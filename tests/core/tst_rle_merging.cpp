// SPDX-License-Identifier: Apache-2.0
// Run lengths of two and more masks against the definition, pixel by pixel.
#include "core/error.h"
#include "core/mask/mask_measure.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"
#include "mask_sizes.h"
#include "plain_runs.h"

using core::Mask;
using core::Rle;
using core::SetOperation;

namespace
{

constexpr SetOperation operations[] = {SetOperation::Union, SetOperation::Intersection,
                                       SetOperation::Difference, SetOperation::SymmetricDifference};

} // namespace

class TestRleMerging : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsOfTwoMasks_data() { addSizes(); }
    void runsOfTwoMasks()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        std::mt19937 random(12);
        for (int repeat = 0; repeat < 40; ++repeat) {
            const Mask a = anyMask({width, height}, random), b = anyMask({width, height}, random);
            const Rle rleA = plainEncode(a), rleB = plainEncode(b);
            const Rle oddA = withEmptyRuns(rleA, random), oddB = withEmptyRuns(rleB, random);
            for (const SetOperation operation : operations) {
                const Rle expected = plainEncode(plainCombine(a, b, operation));
                QVERIFY(core::combine(rleA, rleB, operation) == expected);
                QVERIFY(core::combine(oddA, oddB, operation) == expected);
            }
            QCOMPARE(core::iou(rleA, rleB), core::iou(a, b));
            QCOMPARE(core::iou(oddA, oddB), core::iou(a, b));
        }
    }

    /// One mask of many runs, another that has a few of its own before, between and behind them.
    void manyRunsBesideFew_data()
    {
        QTest::addColumn<int>("many");
        for (const int many : {1,  7,  8,   9,   15,  16,  17,  31,  32,  33,  63,
                               64, 65, 127, 128, 129, 136, 137, 255, 256, 257, 400})
            QTest::addRow("%d stretches", many) << many;
    }
    void manyRunsBesideFew()
    {
        QFETCH(int, many);
        std::mt19937 random(17);
        for (int repeat = 0; repeat < 60; ++repeat) {
            Mask a({9, 300}), b(a.size);
            const auto put = [](Mask &mask, int place) {
                mask.set(place / mask.size.height, place % mask.size.height);
            };
            const int all = int(a.size.area());
            int place = repeat % 2 == 0 ? 0 : int(random() % unsigned(all / 4));
            for (int i = 0; i < many && place < all; ++i) {
                put(a, place);
                place += 2 + int(random() % 4);
            }
            for (int i = repeat % 5; i > 0; --i) {
                const int begin = int(random() % unsigned(all));
                const int end = std::min(all, begin + int(random() % (i == 1 ? 900U : 9U)));
                for (int at = begin; at < end; ++at)
                    put(b, at);
            }
            const Rle rleA = plainEncode(a), rleB = plainEncode(b);
            const Rle oddA = withEmptyRuns(rleA, random), oddB = withEmptyRuns(rleB, random);
            for (const SetOperation operation : operations) {
                const Rle expected = plainEncode(plainCombine(a, b, operation));
                QVERIFY(core::combine(rleA, rleB, operation) == expected);
                QVERIFY(core::combine(oddA, oddB, operation) == expected);
                const Rle turned = plainEncode(plainCombine(b, a, operation));
                QVERIFY(core::combine(rleB, rleA, operation) == turned);
                QVERIFY(core::combine(oddB, oddA, operation) == turned);
            }
            QCOMPARE(core::iou(rleA, rleB), core::iou(a, b));
        }
    }

    void masksWithoutEffectAreMergedToo()
    {
        const core::Size size{2, 3};
        const Rle off{size, {6}}, on{size, {0, 6}}, oddOff{size, {2, 0, 4}}, oddOn{size, {0, 6, 0}};
        const Rle some{size, {1, 2, 3}}, others{size, {2, 3, 1}};
        const auto merged = [](std::vector<Rle> masks, SetOperation operation) {
            return core::merge(masks, operation);
        };
        QVERIFY(merged({off, some, oddOff}, SetOperation::Union) == some);
        QVERIFY(merged({off, oddOff, off}, SetOperation::Union) == off);
        QVERIFY(merged({some, oddOn, others}, SetOperation::Union) == on);
        QVERIFY(merged({on, others, oddOn}, SetOperation::Intersection) == others);
        QVERIFY(merged({on, on, on}, SetOperation::Intersection) == on);
        QVERIFY(merged({some, oddOff, others}, SetOperation::Intersection) == off);
        QVERIFY(merged({some, oddOff, some}, SetOperation::SymmetricDifference) == off);
        QVERIFY(merged({some, on, some}, SetOperation::SymmetricDifference) == on);
        QVERIFY(merged({on, some, off}, SetOperation::Difference).counts ==
                (std::vector<std::uint32_t>{0, 1, 2, 3}));
        // A result that nothing can change any more is no reason to overlook a wrong size.
        for (const SetOperation operation : operations)
            QVERIFY_THROWS_EXCEPTION(core::Error, merged({on, off, {{3, 2}, {6}}}, operation));
    }

    void mergingIsCombiningOneAfterTheOther()
    {
        std::mt19937 random(13);
        for (std::size_t count = 1; count < 10; ++count) {
            for (const SetOperation operation : operations) {
                std::vector<Rle> rles;
                Mask expected;
                for (std::size_t i = 0; i < count; ++i) {
                    const Mask mask = anyMask({70, 33}, random);
                    rles.push_back(plainEncode(mask));
                    expected = i == 0 ? mask : plainCombine(expected, mask, operation);
                }
                QVERIFY(core::merge(rles, operation) == plainEncode(expected));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestRleMerging)
#include "tst_rle_merging.moc"
