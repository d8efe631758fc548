// SPDX-License-Identifier: Apache-2.0
#include "core/mask/clean_up.h"

#include "core/mask/components.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"
#include "random_masks.h"

#include <QtTest>

using core::SetOperation;
using Boxes = std::vector<core::PixelRect>;

class TestCleanUp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fillsHolesBelowASize()
    {
        const core::Rle rle = core::encode(drawn("########\n"
                                                 "#.##..##\n"
                                                 "####..##\n"
                                                 "########\n"));
        Boxes filled;
        QVERIFY(core::fillHoles(rle, 1, &filled) == rle);
        QVERIFY(filled.empty());
        QVERIFY(core::fillHoles(rle, 4, &filled) == core::encode(drawn("########\n"
                                                                       "####..##\n"
                                                                       "####..##\n"
                                                                       "########\n")));
        QVERIFY(filled == Boxes({{1, 1, 1, 1}}));
        QCOMPARE(core::area(core::fillAllHoles(rle)), 32);
    }

    void removesPartsBelowASizeButNeverAll()
    {
        const core::Rle rle = core::encode(drawn("#..##\n"
                                                 "...##\n"
                                                 "##...\n"));
        const auto areaWithout = [&rle](std::int64_t below, const Boxes &expected) {
            Boxes removed;
            const core::Rle result = core::removeSmallParts(rle, below, &removed);
            return removed == expected ? core::area(result) : -1;
        };
        QCOMPARE(areaWithout(1, {}), 7);
        QCOMPARE(areaWithout(2, {{0, 0, 1, 1}}), 6);
        QCOMPARE(areaWithout(3, {{0, 0, 1, 1}, {0, 2, 2, 1}}), 4);
        QCOMPARE(areaWithout(100, {{0, 0, 1, 1}, {0, 2, 2, 1}}), 4);
        const core::Rle empty{{4, 3}, {12}};
        QVERIFY(core::removeSmallParts(empty, 100) == empty);
    }

    void allTogetherKeepsAnObject()
    {
        const core::Rle dots = core::encode(drawn("#.....\n"
                                                  "......\n"
                                                  "..#...\n"));
        const core::CleanUpResult result = core::cleanUp(dots, {5, 20, 20});
        QCOMPARE(core::area(result.mask), 1);
        QCOMPARE(result.removedParts.size(), 1U);
    }

    void whatIsLeftHasNoSmallPartsAndHoles()
    {
        std::mt19937 random(13);
        for (int round = 0; round < 300; ++round) {
            const core::Rle rle = core::encode(randomMask({24, 18}, random));
            const core::CleanUpOptions options{int(random() % 4), int(random() % 9),
                                               int(random() % 9)};
            const core::CleanUpResult result = core::cleanUp(rle, options);
            core::validate(result.mask);
            QCOMPARE(core::area(result.mask) > 0, core::area(rle) > 0);
            const core::Components parts = core::findParts(result.mask);
            for (const auto &part : parts.list)
                QVERIFY(part.area >= options.partsBelow || parts.list.size() == 1);
            for (const auto &hole : core::findHoles(result.mask).list)
                QVERIFY(hole.area >= options.holesBelow);
        }
    }

    void whatIsInOneAloneIsBothDifferences()
    {
        std::mt19937 random(17);
        for (int round = 0; round < 200; ++round) {
            const core::Mask a = randomMask({13, 9}, random);
            const core::Mask b = randomMask({13, 9}, random);
            core::Mask either({13, 9});
            for (std::size_t i = 0; i < either.pixels.size(); ++i)
                either.pixels[i] = a.pixels[i] != b.pixels[i];
            QVERIFY(core::combine(core::encode(a), core::encode(b),
                                  SetOperation::SymmetricDifference) == core::encode(either));
        }
    }
};

QTEST_GUILESS_MAIN(TestCleanUp)
#include "tst_clean_up.moc"
