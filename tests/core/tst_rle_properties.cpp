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
#include "mask_sizes.h"
#include "plain_runs.h"

#include <QtTest>

#include <functional>

using core::Mask;
using core::Rle;
using core::SetOperation;

namespace
{

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
            for (std::size_t i = 0; i < 64; i += 8) // bits above its eight are of no matter
                QCOMPARE(core::unpackByte(bits >> i), core::loadBytes(bytes + i));
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
