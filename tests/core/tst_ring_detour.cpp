// SPDX-License-Identifier: Apache-2.0
#include "core/mask/ring_detour.h"

#include <QtTest>

class TestRingDetour : public QObject
{
    Q_OBJECT

private:
    static core::Rle rle(std::initializer_list<const char *> rows)
    {
        core::Mask mask({int(std::strlen(*rows.begin())), int(rows.size())});
        int y = 0;
        for (const char *row : rows) {
            for (int x = 0; x < mask.size.width; ++x)
                mask.set(x, y, row[x] == '#');
            ++y;
        }
        return core::encode(mask);
    }

    // Walked clockwise, y downwards.
    const std::vector<double> m_block{1, 1, 5, 1, 5, 4, 1, 4};
    const core::Rle m_mask = rle({
        "........",
        ".####...",
        ".#..#...",
        ".####...",
        "......#.",
    });
    const std::vector<double> m_hole{2, 2, 2, 3, 4, 3, 4, 2}; // the other way round

private Q_SLOTS:
    void anOuterEdgeMovedOutwardsAddsWhatLiesBetween()
    {
        // the right edge, over (7, 1) and (7, 4)
        QCOMPARE(core::takeDetour(m_mask, {m_block, 1, 2, {7, 1, 7, 4}}), rle({
                                                                              "........",
                                                                              ".######.",
                                                                              ".#..###.",
                                                                              ".######.",
                                                                              "......#.",
                                                                          }));
    }

    void anOuterEdgeMovedInwardsTakesWhatLiesBetweenWithItsHole()
    {
        QCOMPARE(core::takeDetour(m_mask, {m_block, 1, 2, {3, 1, 3, 4}}), rle({
                                                                              "........",
                                                                              ".##.....",
                                                                              ".#......",
                                                                              ".##.....",
                                                                              "......#.",
                                                                          }));
    }

    void theWayRoundTheRingsEndCounts()
    {
        // from the lower left corner straight to the upper right one: the upper left half goes
        const core::Rle half = core::takeDetour(m_mask, {m_block, 3, 1, {}});
        QCOMPARE(core::decode(half).at(1, 1), 0);
        QCOMPARE(core::decode(half).at(4, 3), 1);
        QCOMPARE(core::decode(half).at(6, 4), 1);
    }

    void aHolesEdgeMovedOutwardsTakesPixels()
    {
        // the hole's lower edge, from (2, 3) to (4, 3)
        QCOMPARE(core::takeDetour(m_mask, {m_hole, 1, 2, {2, 4, 4, 4}}), rle({
                                                                             "........",
                                                                             ".####...",
                                                                             ".#..#...",
                                                                             ".#..#...",
                                                                             "......#.",
                                                                         }));
    }

    void aHolesEdgeMovedInwardsAddsPixels()
    {
        // the hole's right edge, from (4, 3) to (4, 2)
        QCOMPARE(core::takeDetour(m_mask, {m_hole, 2, 3, {3, 3, 3, 2}}), rle({
                                                                             "........",
                                                                             ".####...",
                                                                             ".#.##...",
                                                                             ".####...",
                                                                             "......#.",
                                                                         }));
    }

    void theOldCourseAgainChangesNothing()
    {
        QCOMPARE(core::takeDetour(m_mask, {m_block, 1, 3, {5, 4}}), m_mask);
    }

    void aCourseOutsideThePictureIsCutOff()
    {
        const core::Rle wide = core::takeDetour(m_mask, {m_block, 1, 2, {70, 1, 70, 4}});
        QCOMPARE(core::decode(wide).at(7, 2), 1);
        QCOMPARE(core::decode(wide).at(2, 2), 0);
    }
};

QTEST_GUILESS_MAIN(TestRingDetour)
#include "tst_ring_detour.moc"
