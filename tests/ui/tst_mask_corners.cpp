// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/tools/mask_corners.h"

#include "core/mask/ring_detour.h"
#include "ui/editing/outline_region.h"

#include <QtTest>

#include <random>

using namespace ui;

class TestMaskCorners : public QObject
{
    Q_OBJECT

private:
    /// Blots with holes, crumbs and pixels that touch at corners.
    static core::Mask randomMask(std::mt19937 &random)
    {
        core::Mask mask({40 + int(random() % 30), 30 + int(random() % 30)});
        for (int blot = 0; blot < 6; ++blot) {
            const int cx = int(random() % unsigned(mask.size.width));
            const int cy = int(random() % unsigned(mask.size.height));
            const int radius = 2 + int(random() % 12);
            for (int y = 0; y < mask.size.height; ++y) {
                for (int x = 0; x < mask.size.width; ++x) {
                    if ((x - cx) * (x - cx) + (y - cy) * (y - cy) < radius * radius)
                        mask.set(x, y, blot % 3 != 2);
                }
            }
        }
        for (int crumb = 0; crumb < 40; ++crumb) {
            const int x = int(random() % unsigned(mask.size.width));
            const int y = int(random() % unsigned(mask.size.height));
            mask.set(x, y, !mask.at(x, y));
        }
        return mask;
    }

private Q_SLOTS:
    void ringsEncloseTheMaskExactly()
    {
        std::mt19937 random(3);
        for (int round = 0; round < 50; ++round) {
            const core::Mask mask = randomMask(random);
            core::Mask enclosed(mask.size);
            const auto rings = traceRings(core::encode(mask));
            for (const QPolygonF &ring : *rings) {
                const core::Mask inside = core::decode(regionInside(ring, mask.size));
                for (std::size_t i = 0; i < enclosed.pixels.size(); ++i)
                    enclosed.pixels[i] ^= inside.pixels[i];
            }
            QVERIFY(enclosed == mask);
        }
    }

    void aDetourChangesNoPixelOutsideTheSweptRegion()
    {
        std::mt19937 random(5);
        const auto coordinate = [&](int end) { return double(random() % unsigned(end * 8)) / 8; };
        for (int round = 0; round < 400; ++round) {
            const core::Mask mask = randomMask(random);
            std::vector<CornerRing> rings =
                cornersOf(*traceRings(core::encode(mask)), round % 2 ? finestTolerance : 2.8);
            if (rings.empty())
                continue;
            CornerRing &ring = rings[random() % rings.size()];
            std::size_t corner = random() % ring.corners.size();
            if (round % 3 == 0)
                addCorner(ring, corner,
                          {coordinate(mask.size.width), coordinate(mask.size.height)});
            const std::size_t count = ring.corners.size();
            corner %= count;
            const std::size_t from = ring.corners[corner];
            const std::size_t to = ring.corners[(corner + 1 + random() % 2) % count];
            const std::vector<double> xy = toXy(ring.ring);
            core::RingDetour detour{xy, from, to, {}};
            if (round % 5 != 0)
                detour.via = {coordinate(mask.size.width), coordinate(mask.size.height)};

            const core::Mask swept = core::decode(core::sweptRegion(detour, mask.size));
            const core::Mask inside = core::decode(regionInside(ring.ring, mask.size));
            const core::Mask after = core::decode(core::takeDetour(core::encode(mask), detour));
            double twiceArea = 0;
            for (qsizetype i = 0; i < ring.ring.size(); ++i) {
                const QPointF a = ring.ring[i], b = ring.ring[(i + 1) % ring.ring.size()];
                twiceArea += a.x() * b.y() - b.x() * a.y();
            }
            for (std::size_t i = 0; i < mask.pixels.size(); ++i) {
                // What was inside an outer ring leaves, what was outside joins; holes the other
                // way round.
                const int expected =
                    !swept.pixels[i] ? mask.pixels[i] : inside.pixels[i] != (twiceArea > 0);
                QCOMPARE(int(after.pixels[i]), expected);
            }
        }
    }

    void movingAnEdgeToItselfChangesNothing()
    {
        std::mt19937 random(11);
        for (int round = 0; round < 50; ++round) {
            const core::Rle mask = core::encode(randomMask(random));
            for (const CornerRing &ring : cornersOf(*traceRings(mask), finestTolerance)) {
                const std::vector<double> xy = toXy(ring.ring);
                const QPolygonF stretch = stretchOf(ring.ring, ring.corners[0], ring.corners[1]);
                QCOMPARE(stretch.first(), ring.corner(0));
                QCOMPARE(stretch.last(), ring.corner(1));
                QVERIFY(core::takeDetour(mask, {xy, ring.corners[0], ring.corners[1],
                                                toXy(stretch.mid(1, stretch.size() - 2))}) == mask);
            }
        }
    }

    void aRectangleIsOfferedItsFourCorners()
    {
        core::Mask mask({30, 20});
        for (int y = 4; y < 12; ++y)
            std::fill_n(mask.row(y) + 5, 20, std::uint8_t(1));
        const auto rings = cornersOf(*traceRings(core::encode(mask)), finestTolerance);
        QCOMPARE(rings.size(), 1U);
        QCOMPARE(rings[0].corners.size(), 4U);
        QCOMPARE(rings[0].bounds, QRectF(5, 4, 20, 8));
        for (std::size_t i = 0; i < 4; ++i) {
            const QPointF corner = rings[0].corner(i);
            QVERIFY(corner.x() == 5 || corner.x() == 25);
            QVERIFY(corner.y() == 4 || corner.y() == 12);
        }
    }

    void theStairsOfASlopeAreNoCorners_data()
    {
        QTest::addColumn<double>("slope");
        for (const double slope : {0.1, 1 / 3.0, 0.45, 0.77, 1.0})
            QTest::addRow("slope %.2f", slope) << slope;
    }

    void theStairsOfASlopeAreNoCorners()
    {
        QFETCH(double, slope);
        core::Mask mask({100, 120});
        for (int x = 5; x < 95; ++x) {
            for (int y = 10 + int(slope * x); y < 115; ++y)
                mask.set(x, y);
        }
        const auto rings = cornersOf(*traceRings(core::encode(mask)), finestTolerance);
        QCOMPARE(rings.size(), 1U);
        QVERIFY2(rings[0].corners.size() <= 6,
                 qPrintable(QString::number(rings[0].corners.size())));
    }

    void crumbsGetHandlesOnlyWhereTheyAreSeen()
    {
        core::Mask mask({30, 20});
        mask.set(5, 5);
        mask.set(20, 10);
        const auto rings = traceRings(core::encode(mask));
        QCOMPARE(rings->size(), 2U);
        QCOMPARE(cornersOf(*rings, finestTolerance).size(), 2U);
        QVERIFY(cornersOf(*rings, 2).empty());
    }

    void anAddedCornerLiesOnTheOutlineAndLeavesItAsItIs()
    {
        core::Mask mask({30, 20});
        for (int y = 4; y < 12; ++y)
            std::fill_n(mask.row(y) + 5, 20, std::uint8_t(1));
        CornerRing ring = cornersOf(*traceRings(core::encode(mask)), finestTolerance)[0];
        for (std::size_t edge = 0; edge < 8; edge += 2) {
            const QPointF middle = (ring.corner(edge) + ring.corner(edge + 1)) / 2;
            addCorner(ring, edge, middle + QPointF(0.3, 0.2));
            QCOMPARE(ring.corner(edge + 1), middle);
            QVERIFY(core::decode(regionInside(ring.ring, mask.size)) == mask);
        }
        QCOMPARE(ring.corners.size(), 8U);
        addCorner(ring, 0, ring.corner(0)); // there is one already
        QCOMPARE(ring.corners.size(), 8U);
        QVERIFY(std::is_sorted(ring.corners.begin(), ring.corners.end()));
    }
};

QTEST_GUILESS_MAIN(TestMaskCorners)
#include "tst_mask_corners.moc"
