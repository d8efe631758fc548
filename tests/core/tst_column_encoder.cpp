// SPDX-License-Identifier: Apache-2.0
#include "core/mask/column_encoder.h"
#include "plain_runs.h"

#include <QtTest>

// Blocks of eight by eight pixels and words of 64 bits end anywhere in a mask: widths and heights
// around all their ends, beside the plain way.
class TestColumnEncoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encodesEverySize()
    {
        std::mt19937 random(23);
        std::vector<int> sides;
        for (int side = 1; side <= 34; ++side)
            sides.push_back(side);
        sides.insert(sides.end(), {39, 40, 41, 56, 57, 63, 64, 65, 127, 128, 129});
        for (const int width : sides) {
            for (const int height : sides)
                compare({width, height}, random);
            for (const int height : {511, 512, 513, 520, 4099}) // blocks beyond those nearby
                compare({width, height}, random);
        }
    }

    void encodesOneRowAndOneColumn()
    {
        std::mt19937 random(24);
        for (int length = 1; length < 400; ++length) {
            compare({length, 1}, random);
            compare({1, length}, random);
        }
    }

    void encodesNothing()
    {
        QVERIFY(core::encodeByColumns(core::Mask()) == (core::Rle{{0, 0}, {0}}));
    }

private:
    static void compare(core::Size size, std::mt19937 &random)
    {
        for (int repeat = 0; repeat < 3; ++repeat) {
            const core::Mask mask = anyMask(size, random);
            QVERIFY(core::encodeByColumns(mask) == plainEncode(mask));
        }
    }
};

QTEST_GUILESS_MAIN(TestColumnEncoder)
#include "tst_column_encoder.moc"
