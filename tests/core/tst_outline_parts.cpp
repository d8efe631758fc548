// SPDX-License-Identifier: Apache-2.0
#include "core/mask/outline_parts.h"

#include "core/mask/components.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"
#include "core/mask/rle_polygon.h"
#include "random_masks.h"

#include <QtTest>

#include <cmath>

using core::OutlinePart;
using core::Ring;
using core::Rle;
using core::SetOperation;

namespace
{

Rle empty(core::Size size)
{
    return {size, {static_cast<std::uint32_t>(size.area())}};
}

/// Outer rings filled, holes taken away.
Rle filled(const std::vector<OutlinePart> &parts, core::Size size)
{
    Rle mask = empty(size);
    for (const OutlinePart &part : parts) {
        Rle own = core::rleFromPolygon(part.outer, size);
        for (const Ring &hole : part.holes)
            own = combine(own, core::rleFromPolygon(hole, size), SetOperation::Difference);
        mask = combine(mask, own, SetOperation::Union);
    }
    return core::withoutEmptyRuns(mask);
}

Rle filled(const Ring &ring, core::Size size)
{
    return core::withoutEmptyRuns(core::rleFromPolygon(ring, size));
}

double twiceArea(const Ring &ring)
{
    double sum = 0;
    for (std::size_t i = 0; i < ring.size(); i += 2) {
        const std::size_t next = (i + 2) % ring.size();
        sum += ring[i] * ring[next + 1] - ring[next] * ring[i + 1];
    }
    return sum;
}

/// Every edge lies along pixel edges and turns into the next.
bool isOfCorners(const Ring &ring)
{
    if (ring.size() < 8 || ring.size() % 4 != 0)
        return false;
    const std::size_t count = ring.size() / 2;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t next = (i + 1) % count;
        const bool isFlat = ring[2 * i + 1] == ring[2 * next + 1];
        const bool isUpright = ring[2 * i] == ring[2 * next];
        const std::size_t after = (i + 2) % count;
        const bool isNextFlat = ring[2 * next + 1] == ring[2 * after + 1];
        if (isFlat == isUpright || isFlat == isNextFlat)
            return false;
    }
    return true;
}

/// Blobs with holes, and blobs in the holes: discs laid over each other, odd ones on.
core::Mask nested(core::Size size, std::mt19937 &random)
{
    core::Mask mask(size);
    for (int n = 1 + int(random() % 4); n > 0; --n) {
        const double cx = random() % unsigned(size.width), cy = random() % unsigned(size.height);
        const double step = 1 + random() % 3;
        for (int y = 0; y < size.height; ++y)
            for (int x = 0; x < size.width; ++x)
                if (const double away = std::hypot(x - cx, y - cy); away < 5 * step)
                    mask.set(x, y, int(away / step) % 2 == 0);
    }
    return mask;
}

std::vector<core::Mask> variedMasks(int count)
{
    std::mt19937 random(29);
    std::vector<core::Mask> masks;
    for (int i = 0; i < count; ++i) {
        const core::Size size{1 + int(random() % 23), 1 + int(random() % 23)};
        masks.push_back(i % 3 == 0 ? nested(size, random) : randomMask(size, random));
    }
    for (const core::Size size : {core::Size{1, 1}, {1, 7}, {7, 1}, {9, 8}}) {
        core::Mask full(size);
        std::fill(full.pixels.begin(), full.pixels.end(), std::uint8_t(1));
        masks.push_back(full);
        for (int y = 0; y < size.height; ++y) {
            for (int x = 0; x < size.width; ++x) { // one pixel, and all but one
                core::Mask one(size), others = full;
                one.set(x, y, true);
                others.set(x, y, false);
                masks.push_back(one);
                masks.push_back(others);
            }
        }
    }
    return masks;
}

} // namespace

class TestOutlineParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ringsAreAsDrawnByHand_data()
    {
        QTest::addColumn<QByteArray>("mask");
        QTest::addColumn<std::vector<OutlinePart>>("parts");
        const auto row = [](const char *name, const char *mask, std::vector<OutlinePart> parts) {
            QTest::newRow(name) << QByteArray(mask) << std::move(parts);
        };
        row("nothing", "...\n...\n", {});
        row("one pixel", "...\n.#.\n", {{{1, 1, 2, 1, 2, 2, 1, 2}, {}}});
        row("a block in the whole picture", "##\n##\n", {{{0, 0, 2, 0, 2, 2, 0, 2}, {}}});
        row("an L has six corners", "#..\n###\n", {{{0, 0, 1, 0, 1, 1, 3, 1, 3, 2, 0, 2}, {}}});
        row("parts apart, the lower left one first", "..#\n...\n##.\n",
            {{{0, 2, 2, 2, 2, 3, 0, 3}, {}}, {{2, 0, 3, 0, 3, 1, 2, 1}, {}}});
        row("pixels that touch at a corner are two parts", "#.\n.#\n",
            {{{0, 0, 1, 0, 1, 1, 0, 1}, {}}, {{1, 1, 2, 1, 2, 2, 1, 2}, {}}});
        row("and so they are the other way", ".#\n#.\n",
            {{{0, 1, 1, 1, 1, 2, 0, 2}, {}}, {{1, 0, 2, 0, 2, 1, 1, 1}, {}}});
        row("a ring around a hole", "###\n#.#\n###\n",
            {{{0, 0, 3, 0, 3, 3, 0, 3}, {{1, 1, 1, 2, 2, 2, 2, 1}}}});
        row("holes that touch at a corner are one", "####\n##.#\n#.##\n####\n",
            {{{0, 0, 4, 0, 4, 4, 0, 4}, {{1, 2, 1, 3, 2, 3, 2, 2, 3, 2, 3, 1, 2, 1, 2, 2}}}});
    }

    void ringsAreAsDrawnByHand()
    {
        QFETCH(QByteArray, mask);
        QFETCH(std::vector<OutlinePart>, parts);
        QCOMPARE(core::outlineParts(core::encode(drawn(mask.toStdString()))), parts);
    }

    void filledTheyGiveTheMaskBack()
    {
        for (const core::Mask &mask : variedMasks(3000)) {
            const Rle rle = core::encode(mask);
            const std::vector<OutlinePart> parts = core::outlineParts(rle);
            QCOMPARE(filled(parts, mask.size), rle);
            for (const OutlinePart &part : parts) {
                QVERIFY(isOfCorners(part.outer));
                QVERIFY(twiceArea(part.outer) > 0);
                for (const Ring &hole : part.holes) {
                    QVERIFY(isOfCorners(hole));
                    QVERIFY(twiceArea(hole) < 0);
                }
            }
        }
    }

    void partsAndHolesAreThoseOfTheComponents()
    {
        for (const core::Mask &mask : variedMasks(1000)) {
            const Rle rle = core::encode(mask);
            const std::vector<OutlinePart> parts = core::outlineParts(rle);
            const std::vector<Rle> expected =
                masksOf(core::findParts(rle, core::Connectivity::Four));
            QCOMPARE(parts.size(), expected.size());
            for (std::size_t i = 0; i < parts.size(); ++i) {
                QCOMPARE(filled({parts[i]}, mask.size), expected[i]);
                QCOMPARE(parts[i].holes.size(),
                         core::findHoles(expected[i], core::Connectivity::Eight).list.size());
            }
        }
    }

    void oneBridgedRingGivesTheMaskBack()
    {
        for (const core::Mask &mask : variedMasks(5000)) {
            const Rle rle = core::encode(mask);
            const std::vector<OutlinePart> parts = core::outlineParts(rle);
            const Ring ring = core::bridgedRing(parts);
            QCOMPARE(filled(ring, mask.size), rle);
            std::size_t rings = 0, corners = 0;
            for (const OutlinePart &part : parts) {
                rings += 1 + part.holes.size();
                corners += part.outer.size() / 2;
                for (const Ring &hole : part.holes)
                    corners += hole.size() / 2;
            }
            // There and back costs two corners a bridge.
            QVERIFY(ring.size() / 2 <= corners + 2 * (rings - (rings > 0)));
        }
    }

    void aRingStaysTheMaskAfterItsNumbersWereShares()
    {
        std::mt19937 random(31);
        for (int round = 0; round < 500; ++round) {
            const core::Mask mask =
                randomMask({1 + int(random() % 40), 1 + int(random() % 40)}, random);
            Ring ring = core::bridgedRing(core::outlineParts(core::encode(mask)));
            for (std::size_t i = 0; i < ring.size(); ++i) {
                const double side = i % 2 == 0 ? mask.size.width : mask.size.height;
                ring[i] = std::round(ring[i] / side * 1e6) / 1e6 * side;
            }
            QCOMPARE(filled(ring, mask.size), core::encode(mask));
        }
    }

    void bridgesGoWhereRingsComeNearest()
    {
        // Three blocks and a hole: each is joined to the nearest corner before it.
        const Rle rle = core::encode(drawn("###...#\n"
                                           "#.#....\n"
                                           "###....\n"
                                           ".......\n"
                                           "#......\n"));
        const Ring ring = core::bridgedRing(core::outlineParts(rle));
        const Ring expected{
            0, 0, 1, 1, 1, 2, 2, 2, 2, 1, 1, 1, // the hole from the first corner of the block
            0, 0, 3, 0, 6, 0, 7, 0, 7, 1, 6, 1, 6, 0, 3, 0, 3, 3, // the block on the right
            0, 3, 0, 4, 1, 4, 1, 5, 0, 5, 0, 4, 0, 3};            // and the one below
        QCOMPARE(ring, expected);
        QCOMPARE(filled(ring, rle.size), rle);
    }

    void ringsOfNothingAreNothing()
    {
        QVERIFY(core::bridgedRing({}).empty());
        QVERIFY(core::bridgedRing({{{}, {}}, {{}, {{}}}}).empty());
        const Ring square{0, 0, 2, 0, 2, 2, 0, 2};
        QCOMPARE(core::bridgedRing({{{}, {}}, {square, {{}}}, {{}, {}}}), square);
    }

    void crumbsOfALargePictureTakeNoTimeOfItsSize()
    {
        // Of a gigapixel, 3 pixels are on: the work is in their outline.
        const Rle rle{{1 << 15, 1 << 15}, {5, 1, 1000000000, 1, 70000000, 1, 3741816}};
        core::validate(rle);
        const std::vector<OutlinePart> parts = core::outlineParts(rle);
        QCOMPARE(parts.size(), 3U);
        QCOMPARE(parts[0].outer, (Ring{0, 5, 1, 5, 1, 6, 0, 6}));
        QCOMPARE(filled(core::bridgedRing(parts), rle.size), rle);
    }

    void emptyRunsInFilesChangeNoOutline()
    {
        const std::vector<OutlinePart> expected{{{1, 0, 2, 0, 2, 4, 1, 4}, {}}};
        QCOMPARE(core::outlineParts({{3, 4}, {4, 1, 0, 2, 0, 1, 4}}), expected);
    }

    void zeroSimplifiesNothing()
    {
        for (const core::Mask &mask : variedMasks(50)) {
            const std::vector<OutlinePart> parts = core::outlineParts(core::encode(mask));
            QCOMPARE(core::simplified(parts, 0), parts);
            QCOMPARE(core::simplified(parts, std::nan("")), parts);
        }
    }

    void simplifyingTakesStairsAwayAndKeepsEveryPart()
    {
        core::Mask disc({60, 60});
        for (int y = 0; y < 60; ++y)
            for (int x = 0; x < 60; ++x)
                disc.set(x, y, std::hypot(x - 30, y - 30) < 25 && std::hypot(x - 30, y - 30) > 8);
        disc.set(59, 59, true);
        const Rle rle = core::encode(disc);
        const std::vector<OutlinePart> parts = core::outlineParts(rle);
        const std::vector<OutlinePart> fewer = core::simplified(parts, 1);
        QCOMPARE(fewer.size(), 2U);
        QVERIFY(fewer[0].outer.size() * 3 < parts[0].outer.size());
        QVERIFY(fewer[0].holes[0].size() * 2 < parts[0].holes[0].size());
        QCOMPARE(fewer[1], parts[1]); // the crumb
        QVERIFY(core::iou(filled(fewer, rle.size), rle) > 0.93);
    }

    void noToleranceLosesARing()
    {
        for (const core::Mask &mask : variedMasks(600)) {
            const std::vector<OutlinePart> parts = core::outlineParts(core::encode(mask));
            const std::vector<OutlinePart> fewer = core::simplified(parts, 1000);
            QCOMPARE(fewer.size(), parts.size());
            for (std::size_t i = 0; i < parts.size(); ++i) {
                QVERIFY(twiceArea(fewer[i].outer) > 0);
                QCOMPARE(fewer[i].holes.size(), parts[i].holes.size());
                for (const Ring &hole : fewer[i].holes)
                    QVERIFY(twiceArea(hole) < 0);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestOutlineParts)
#include "tst_outline_parts.moc"
