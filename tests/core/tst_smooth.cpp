// SPDX-License-Identifier: Apache-2.0
#include "core/mask/smooth.h"

#include "core/mask/rle_measure.h"
#include "random_masks.h"

#include <QtTest>

namespace
{

/// The definition: weights of two boxes convolved, pixel by pixel.
core::Mask plainSmooth(const core::Mask &mask, int radius)
{
    const int first = (radius + 1) / 2, second = radius / 2;
    std::vector<int> weights(std::size_t(2 * radius + 1), 0);
    for (int a = -first; a <= first; ++a)
        for (int b = -second; b <= second; ++b)
            ++weights[std::size_t(a + b + radius)];
    core::Mask result(mask.size);
    for (int y = 0; y < mask.size.height; ++y) {
        for (int x = 0; x < mask.size.width; ++x) {
            long long on = 0, all = 0;
            for (int dy = -radius; dy <= radius; ++dy) {
                for (int dx = -radius; dx <= radius; ++dx) {
                    const long long weight =
                        weights[std::size_t(dx + radius)] * weights[std::size_t(dy + radius)];
                    const int px = std::clamp(x + dx, 0, mask.size.width - 1);
                    const int py = std::clamp(y + dy, 0, mask.size.height - 1);
                    on += mask.at(px, py) ? weight : 0;
                    all += weight;
                }
            }
            result.set(x, y, 2 * on > all);
        }
    }
    return result;
}

core::Mask smoothed(const core::Mask &mask, int radius)
{
    return core::decode(core::smooth(core::encode(mask), radius));
}

} // namespace

class TestSmooth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNotchAndABumpGo()
    {
        QVERIFY(smoothed(drawn("..........\n"
                               ".....#....\n"
                               "##########\n"
                               "##########\n"
                               "##########\n"
                               "###.######\n"),
                         1) == drawn("..........\n"
                                     "..........\n"
                                     "##########\n"
                                     "##########\n"
                                     "##########\n"
                                     "##########\n"));
    }

    void straightEdgesStayAlsoAtTheBorder()
    {
        core::Mask mask({60, 40});
        for (int y = 0; y < 40; ++y)
            std::fill_n(mask.row(y) + 20, 40, std::uint8_t(1));
        for (const int radius : {1, 2, 3, 7, 15})
            QVERIFY(smoothed(mask, radius) == mask);
    }

    void onAndOffAreTreatedAlike()
    {
        std::mt19937 random(3);
        for (int round = 0; round < 50; ++round) {
            core::Mask mask = randomMask({23, 17}, random);
            const core::Mask result = smoothed(mask, 1 + round % 5);
            for (std::uint8_t &pixel : mask.pixels)
                pixel ^= 1;
            const core::Mask inverse = smoothed(mask, 1 + round % 5);
            for (std::size_t i = 0; i < mask.pixels.size(); ++i)
                QCOMPARE(inverse.pixels[i], std::uint8_t(1 - result.pixels[i]));
        }
    }

    void randomMasksAsByDefinition()
    {
        std::mt19937 random(5);
        for (int round = 0; round < 300; ++round) {
            const core::Size size{1 + int(random() % 25), 1 + int(random() % 25)};
            const core::Mask mask = randomMask(size, random);
            for (const int radius : {1, 2, 3, 6}) {
                const core::Rle result = core::smooth(core::encode(mask), radius);
                core::validate(result);
                QVERIFY(result == core::encode(plainSmooth(mask, radius)));
            }
        }
    }

    void theLargestRadiusFits()
    {
        core::Mask mask({400, 400});
        mask.pixels.assign(mask.pixels.size(), 1);
        mask.set(200, 200, false);
        const core::Rle full = core::smooth(core::encode(mask), core::maxSmoothingRadius);
        QCOMPARE(core::area(full), 400 * 400);
    }

    void nothingIsDoneToNothing()
    {
        const core::Rle empty{{4, 3}, {12}};
        QVERIFY(core::smooth(empty, 5) == empty);
        const core::Rle some{{4, 3}, {3, 1, 8}};
        QVERIFY(core::smooth(some, 0) == some);
        QCOMPARE(core::area(core::smooth(some, 1)), 0);
    }
};

QTEST_GUILESS_MAIN(TestSmooth)
#include "tst_smooth.moc"
