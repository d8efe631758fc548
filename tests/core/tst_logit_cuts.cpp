// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/logit_cuts.h"

#include "core/mask/mask_measure.h"
#include "core/segmentation/logit_rows.h"
#include "core/segmentation/mask_postprocessing.h"

#include <QtTest>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

using core::InputGeometry;
using core::PixelRect;
using core::Size;

namespace
{

/// What reaches the sink, pixel by pixel: the number of cuts below.
class Levels : public core::LogitCutSink
{
public:
    Levels(Size size, std::span<const float> cuts)
        : m_size(size), m_cuts(cuts), levels(std::size_t(size.area()), -1)
    {
    }
    void area(const PixelRect &pixels, int level) override
    {
        for (int y = pixels.y; y < pixels.y + pixels.height; ++y)
            for (int x = pixels.x; x < pixels.x + pixels.width; ++x)
                set(x, y, level);
    }
    void row(int y, int x, std::span<const float> logits) override
    {
        computed += logits.size();
        for (const float logit : logits) {
            int level = 0;
            for (const float cut : m_cuts)
                level += logit > cut;
            set(x++, y, level);
        }
    }

private:
    void set(int x, int y, int level)
    {
        int &place = levels.at(std::size_t(y) * std::size_t(m_size.width) + std::size_t(x));
        isTwice = isTwice || place != -1;
        place = level;
    }
    Size m_size;
    std::span<const float> m_cuts;

public:
    std::vector<int> levels;
    std::size_t computed = 0;
    bool isTwice = false;
};

std::vector<int> slowLevels(std::span<const float> values, Size size, const InputGeometry &geometry,
                            std::span<const float> cuts)
{
    core::LogitRows rows(values, size, geometry);
    std::vector<int> levels;
    for (int y = 0; y < geometry.original.height; ++y) {
        for (const float logit : rows.row(y)) {
            levels.push_back(0);
            for (const float cut : cuts)
                levels.back() += logit > cut;
        }
    }
    return levels;
}

/// A disc whose border falls off over a few samples, as a decoder's logits do.
std::vector<float> disc(Size size, double x, double y, double radius, float slope)
{
    std::vector<float> values;
    for (int row = 0; row < size.height; ++row)
        for (int column = 0; column < size.width; ++column)
            values.push_back(
                std::clamp(slope * float(radius - std::hypot(column - x, row - y)), -30.f, 20.f));
    return values;
}

/// Sizes and logits of all kinds: noise, discs, many values that lie on a cut.
struct Case {
    Size logits;
    InputGeometry geometry;
    std::vector<float> values;

    Case(std::mt19937 &random, int round)
    {
        const auto upTo = [&](int most) { return 1 + int(random() % unsigned(most)); };
        logits = {upTo(40), upTo(40)};
        geometry.original = {upTo(150), upTo(150)};
        geometry.padded = {upTo(120), upTo(120)};
        geometry.resized = {upTo(geometry.padded.width), upTo(geometry.padded.height)};
        if (round % 3 == 0) {
            std::normal_distribution<float> noise(0, round % 2 ? 0.5f : 5.f);
            for (long long i = 0; i < logits.area(); ++i)
                values.push_back(noise(random));
        } else if (round % 3 == 1) {
            values = disc(logits, upTo(40), upTo(40), upTo(20), float(upTo(5)));
        } else {
            for (long long i = 0; i < logits.area(); ++i)
                values.push_back(float(int(random() % 3) - 1));
        }
    }
};

/// Whether all that is told of lies in the block, but for areas below the cut.
class InsideOf : public core::LogitCutSink
{
public:
    explicit InsideOf(const PixelRect &block) : m_block(block) {}
    void area(const PixelRect &pixels, int level) override
    {
        holds = holds && (level == 0 || contains(pixels));
    }
    void row(int y, int x, std::span<const float> logits) override
    {
        holds = holds && contains({x, y, int(logits.size()), 1});
    }
    bool holds = true;

private:
    bool contains(const PixelRect &pixels) const
    {
        return pixels.x >= m_block.x && pixels.y >= m_block.y &&
               pixels.x + pixels.width <= m_block.x + m_block.width &&
               pixels.y + pixels.height <= m_block.y + m_block.height;
    }
    PixelRect m_block;
};

/// The mask that a block is a part of.
core::Mask wholeOf(const core::MaskBlock &block, Size picture)
{
    core::Mask mask(picture);
    for (int y = 0; y < block.place.height; ++y)
        for (int x = 0; x < block.place.width; ++x)
            mask.set(block.place.x + x, block.place.y + y, block.mask.at(x, y));
    return mask;
}

} // namespace

class TestLogitCuts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsOfAFewColumnsAreTheSameBits()
    {
        std::mt19937 random(12);
        for (int round = 0; round < 300; ++round) {
            const Case c(random, round);
            core::LogitRows whole(c.values, c.logits, c.geometry), few = whole;
            const int width = c.geometry.original.width;
            const int x = int(random() % unsigned(width));
            const int columns = 1 + int(random() % unsigned(width - x));
            few.narrow(x, columns);
            for (int y = 0; y < c.geometry.original.height; ++y) {
                const std::span<const float> expected = whole.row(y), row = few.row(y);
                QCOMPARE(row.size(), std::size_t(columns));
                QVERIFY(std::memcmp(row.data(), expected.data() + x, row.size_bytes()) == 0);
            }
        }
    }

    void equalsTheLogitsPixelByPixel()
    {
        std::mt19937 random(7);
        for (int round = 0; round < 300; ++round) {
            const auto [logits, geometry, values] = Case(random, round);
            const std::vector<float> cuts =
                round % 2 ? std::vector<float>{-1, 0, 1} : std::vector<float>{0};
            Levels levels(geometry.original, cuts);
            core::cutLogits(values, logits, geometry, cuts, levels);
            QVERIFY(!levels.isTwice);
            QVERIFY(levels.levels == slowLevels(values, logits, geometry, cuts));
        }
    }

    void aBlockHoldsAllOfTheMask()
    {
        std::mt19937 random(8);
        for (int round = 0; round < 300; ++round) {
            const Case c(random, round);
            for (const float cut : {-1.f, 0.f, 1.f, 100.f}) {
                InsideOf inside(core::reachAbove(c.values, c.logits, c.geometry, cut));
                core::cutLogits(c.values, c.logits, c.geometry, {&cut, 1}, inside);
                QVERIFY(inside.holds);
                const core::LowResLogits logits{c.logits, c.values};
                const core::Mask mask = core::maskFromLogits(logits, c.geometry, cut);
                const core::MaskBlock block = core::maskBlockFromLogits(logits, c.geometry, cut);
                QVERIFY(wholeOf(block, c.geometry.original) == mask);
                QCOMPARE(core::areaFromLogits(logits, c.geometry, cut), core::area(mask));
            }
        }
    }

    void aBlockIsNoLargerThanItHasToBe()
    {
        const Size logits{256, 256};
        const InputGeometry geometry{{1800, 1200}, {1024, 683}, {1024, 1024}};
        const std::vector<float> values = disc(logits, 120, 80, 20, 3);
        const core::MaskBlock block = core::maskBlockFromLogits({logits, values}, geometry);
        const PixelRect box = core::boundingBox(wholeOf(block, geometry.original));
        constexpr int cells = 4 * 8; // of 7 pixels, some on each side
        QVERIFY(block.place.width <= box.width + 2 * cells);
        QVERIFY(block.place.height <= box.height + 2 * cells);
        const core::MaskBlock none = core::maskBlockFromLogits({logits, values}, geometry, 1000);
        QVERIFY(none.place.isEmpty());
        QVERIFY(none.mask.isNull());
    }

    void computesAlongBordersOnly()
    {
        const Size logits{256, 256};
        const InputGeometry geometry{{1800, 1200}, {1024, 683}, {1024, 1024}};
        const std::vector<float> values = disc(logits, 120, 80, 60, 3);
        const std::vector<float> cuts{-1, 0, 1};
        Levels levels(geometry.original, cuts);
        core::cutLogits(values, logits, geometry, cuts, levels);
        QVERIFY(levels.levels == slowLevels(values, logits, geometry, cuts));
        QVERIFY2(levels.computed < std::size_t(geometry.original.area()) / 20,
                 qPrintable(QString::number(levels.computed)));
    }

    void whatIsNoNumberIsPassedOn()
    {
        const Size logits{8, 8};
        const InputGeometry geometry{{30, 20}, {32, 21}, {32, 32}};
        const std::vector<float> cuts{0};
        for (const float odd :
             {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
            std::vector<float> values(64, -5.f);
            values[19] = odd;
            Levels levels(geometry.original, cuts);
            core::cutLogits(values, logits, geometry, cuts, levels);
            QVERIFY(levels.levels == slowLevels(values, logits, geometry, cuts));
            const core::LowResLogits all{logits, values};
            QVERIFY(wholeOf(core::maskBlockFromLogits(all, geometry), geometry.original) ==
                    core::maskFromLogits(all, geometry));
        }
    }
};

QTEST_GUILESS_MAIN(TestLogitCuts)
#include "tst_logit_cuts.moc"
