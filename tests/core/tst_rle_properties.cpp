// SPDX-License-Identifier: Apache-2.0
// The quick ways of run lengths against their definitions, pixel by pixel, on random masks of every
// kind of shape: widths about whole words, single rows and columns, masks with and without room for
// the short ways that small ones take.
#include "core/error.h"
#include "core/mask/bit_block.h"
#include "core/mask/mask_measure.h"
#include "core/mask/rle_encoder.h"
#include "core/mask/rle_iou.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"
#include "core/mask/rle_string.h"
#include "random_masks.h"

#include <QtTest>

#include <functional>

using core::Mask;
using core::Rle;
using core::SetOperation;

namespace
{

Rle plainEncode(const Mask &mask)
{
    Rle rle{mask.size, {0}};
    std::uint8_t value = 0;
    for (int x = 0; x < mask.size.width; ++x) {
        for (int y = 0; y < mask.size.height; ++y) {
            if (mask.at(x, y) != value) {
                rle.counts.push_back(0);
                value ^= 1;
            }
            ++rle.counts.back();
        }
    }
    return rle;
}

/// Five bits a character, from the lowest on, until what is left is the sign alone.
std::string plainString(const Rle &rle)
{
    std::string string;
    for (std::size_t i = 0; i < rle.counts.size(); ++i) {
        long long number = rle.counts[i];
        if (i > 2)
            number -= rle.counts[i - 2];
        while (number < -16 || number > 15) {
            string += char(48 + 32 + (number & 31));
            number >>= 5;
        }
        string += char(48 + (number & 31));
    }
    return string;
}

/// A row of random kind: one value, few changes, many, or as the one above with few changes.
Mask anyMask(core::Size size, std::mt19937 &random)
{
    const auto below = [&random](int n) { return int(random() % unsigned(n)); };
    if (below(2) == 0)
        return randomMask(size, random);
    Mask mask(size);
    for (int y = 0; y < size.height; ++y) {
        const int kind = below(8);
        for (int x = 0; x < size.width; ++x) {
            const std::uint8_t above = y > 0 ? mask.at(x, y - 1) : 0;
            mask.set(x, y,
                     kind == 0   ? below(2)
                     : kind == 1 ? 1
                     : kind == 2 ? above ^ (below(9) == 0)
                     : kind == 3 ? above ^ 1
                                 : above);
        }
    }
    return mask;
}

/// The same pixels with empty runs put in, as files may have them: in the middle of runs, at the
/// begin and at the end.
Rle withEmptyRuns(const Rle &rle, std::mt19937 &random)
{
    Rle odd{rle.size, {}};
    for (std::uint32_t count : rle.counts) {
        while (count > 0 && random() % 3 == 0) {
            const std::uint32_t part = random() % (count + 1);
            odd.counts.insert(odd.counts.end(), {part, 0});
            count -= part;
        }
        odd.counts.push_back(count);
    }
    odd.counts.insert(odd.counts.end(), random() % 3, 0);
    return odd;
}

Mask plainCombine(const Mask &a, const Mask &b, SetOperation operation)
{
    Mask result(a.size);
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        const bool inA = a.pixels[i] != 0, inB = b.pixels[i] != 0;
        result.pixels[i] = operation == SetOperation::Union          ? inA || inB
                           : operation == SetOperation::Intersection ? inA && inB
                           : operation == SetOperation::Difference   ? inA && !inB
                                                                     : inA != inB;
    }
    return result;
}

constexpr SetOperation operations[] = {SetOperation::Union, SetOperation::Intersection,
                                       SetOperation::Difference, SetOperation::SymmetricDifference};

void addSizes()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    for (const auto &[width, height] :
         {std::pair{1, 1}, {1, 2},   {2, 1},    {1, 700},  {700, 1},  {3, 5},    {7, 64},
          {8, 65},         {15, 90}, {16, 16},  {17, 13},  {31, 64},  {32, 65},  {63, 63},
          {64, 64},        {64, 65}, {65, 64},  {66, 1},   {127, 62}, {128, 70}, {129, 129},
          {200, 3},        {5, 400}, {40, 257}, {310, 190}})
        QTest::addRow("%d x %d", width, height) << width << height;
}

} // namespace

class TestRleProperties : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eightBytesMakeEightBits()
    {
        std::mt19937 random(3);
        for (int repeat = 0; repeat < 200; ++repeat) {
            std::uint8_t bytes[64];
            std::uint64_t bits = 0;
            for (std::size_t i = 0; i < 64; ++i) {
                bytes[i] = random() >> 9 & 1;
                bits |= std::uint64_t(bytes[i]) << i;
            }
            QCOMPARE(core::packBits(bytes), bits);            // the machine's own way
            for (std::size_t count = 1; count <= 64; ++count) // the way of all machines
                QCOMPARE(core::packBits(bytes, count), bits & ~std::uint64_t(0) >> (64 - count));
        }
    }

    void rowsBecomeColumns()
    {
        std::mt19937_64 random(4);
        core::BitBlock block;
        for (std::uint64_t &row : block)
            row = random();
        core::BitBlock turned = block;
        core::transpose(turned);
        for (std::size_t y = 0; y < 64; ++y) {
            for (std::size_t x = 0; x < 64; ++x)
                QCOMPARE(turned[x] >> y & 1, block[y] >> x & 1);
        }
    }

    void masksAndRuns_data() { addSizes(); }
    void masksAndRuns()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        std::mt19937 random(11);
        for (int repeat = 0; repeat < 40; ++repeat) {
            const Mask mask = anyMask({width, height}, random);
            const Rle rle = plainEncode(mask);
            QVERIFY(core::encode(mask) == rle);
            core::RleEncoder encoder(mask.size);
            for (int y = 0; y < height; ++y)
                encoder.addRow(mask.row(y));
            QVERIFY(encoder.finish() == rle);
            core::RleEncoder repeating(mask.size);
            for (int y = 0; y < height; ++y) {
                if (y > 0 && std::equal(mask.row(y), mask.row(y) + width, mask.row(y - 1)))
                    repeating.repeatRow(1);
                else
                    repeating.addRow(mask.row(y));
            }
            QVERIFY(repeating.finish() == rle);

            const Rle odd = withEmptyRuns(rle, random);
            for (const Rle &runs : {rle, odd}) {
                QVERIFY(core::decode(runs) == mask);
                QCOMPARE(core::area(runs), core::area(mask));
                QVERIFY(core::boundingBox(runs) == core::boundingBox(mask));
                QVERIFY(core::withoutEmptyRuns(runs) == rle);
                QCOMPARE(core::toString(runs), plainString(runs));
                QVERIFY(core::rleFromString(plainString(runs), mask.size) == runs);
            }
        }
    }

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

    /// Runs are summed and taken over several at a time: every number of them, odd and even, with
    /// and without an empty first one.
    void areasOfEveryNumberOfRuns()
    {
        std::mt19937 random(16);
        for (std::size_t count = 1; count < 300; ++count) {
            Rle rle{{1, 0}, {}};
            std::int64_t expected = 0;
            for (std::size_t i = 0; i < count; ++i) {
                rle.counts.push_back(i == 0 && count % 3 == 0 ? 0 : 1 + random() % 1000);
                expected += i % 2 == 1 ? rle.counts.back() : 0;
                rle.size.height += int(rle.counts.back());
            }
            QCOMPARE(core::area(rle), expected);
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
            for (const SetOperation operation : operations) {
                QVERIFY(core::combine(rleA, rleB, operation) ==
                        plainEncode(plainCombine(a, b, operation)));
                QVERIFY(core::combine(rleB, rleA, operation) ==
                        plainEncode(plainCombine(b, a, operation)));
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

    void aMatrixHoldsTheIouOfEachPair_data()
    {
        QTest::addColumn<int>("detections");
        QTest::addColumn<int>("truths");
        QTest::newRow("nothing") << 0 << 0;
        QTest::newRow("no truth") << 3 << 0;
        QTest::newRow("one pair") << 1 << 1;
        QTest::newRow("more truths than a cache holds") << 2 << 60;
        QTest::newRow("more detections") << 40 << 9;
    }
    void aMatrixHoldsTheIouOfEachPair()
    {
        QFETCH(int, detections);
        QFETCH(int, truths);
        std::mt19937 random(14);
        std::vector<Mask> masks;
        std::vector<Rle> rles;
        for (int i = 0; i < detections + truths; ++i) {
            masks.push_back(anyMask({130, 120}, random));
            rles.push_back(plainEncode(masks.back()));
        }
        const auto count = std::size_t(detections);
        std::vector<std::uint8_t> isCrowd(std::size_t(truths), 0);
        for (std::uint8_t &crowd : isCrowd)
            crowd = random() & 1;
        const std::span<const Rle> all(rles);
        const std::vector<double> plain = core::iouMatrix(all.first(count), all.subspan(count));
        const std::vector<double> crowds =
            core::iouMatrix(all.first(count), all.subspan(count), isCrowd);
        QCOMPARE(plain.size(), std::size_t(detections * truths));
        for (std::size_t d = 0; d < count; ++d) {
            for (std::size_t t = 0; t < isCrowd.size(); ++t) {
                const Mask &detection = masks[d], &truth = masks[count + t];
                const auto both =
                    core::area(plainCombine(detection, truth, SetOperation::Intersection));
                const auto own = core::area(detection);
                const std::size_t i = d * isCrowd.size() + t;
                QCOMPARE(plain[i], core::iou(detection, truth));
                QCOMPARE(crowds[i],
                         !isCrowd[t] || both == 0 ? plain[i] : double(both) / double(own));
            }
        }
    }

    void masksOfOtherSizesHaveNoIou()
    {
        const std::vector<Rle> one{{{3, 2}, {0, 6}}}, other{{{2, 3}, {0, 6}}};
        QVERIFY_THROWS_EXCEPTION(core::Error, core::iouMatrix(one, other));
    }

    /// As much as a mask may have: no product and no sum of pixel numbers may overflow.
    void theLargestMasks()
    {
        const int most = int(core::maxMaskPixels);
        const auto last = std::uint32_t(most) - 1;
        for (const core::Size size :
             {core::Size{1, most}, {most, 1}, {32768, 32768}, {3, most / 3}}) {
            const auto area = std::uint32_t(size.area());
            const Rle full{size, {0, area}}, corners{size, {0, 1, area - 2, 1}};
            QCOMPARE(core::area(full), std::int64_t(area));
            for (const Rle &rle : {full, corners})
                QVERIFY(core::boundingBox(rle) == (core::PixelRect{0, 0, size.width, size.height}));
            QCOMPARE(core::iou(full, corners), 2.0 / area);
            QVERIFY(core::combine(full, corners, SetOperation::Difference).counts ==
                    (std::vector<std::uint32_t>{1, area - 2, 1}));
            QVERIFY(core::rleFromString(core::toString(corners), size) == corners);
        }
        QVERIFY(core::boundingBox({{1, most}, {last, 1}}) == (core::PixelRect{0, most - 1, 1, 1}));
        QVERIFY(core::boundingBox({{most, 1}, {last, 1}}) == (core::PixelRect{most - 1, 0, 1, 1}));
    }

    /// Whatever the height, a run of one pixel lies where its number says.
    void boxesDivideExactly()
    {
        std::mt19937 random(15);
        for (int repeat = 0; repeat < 100000; ++repeat) {
            const int height = 1 + int(random() >> 2 >> random() % 30);
            const int width = int(core::maxMaskPixels / height);
            const auto area = std::uint32_t(width) * std::uint32_t(height);
            const auto x = random() % unsigned(width);
            const std::uint32_t y[] = {0, unsigned(height) - 1,
                                       std::uint32_t(random() % unsigned(height))};
            const auto begin = std::uint32_t(x * unsigned(height) + y[repeat % 3]);
            const core::PixelRect box =
                core::boundingBox({{width, height}, {begin, 1, area - begin - 1}});
            QVERIFY(box == (core::PixelRect{int(x), int(y[repeat % 3]), 1, 1}));
        }
    }
};

QTEST_APPLESS_MAIN(TestRleProperties)
#include "tst_rle_properties.moc"
