// SPDX-License-Identifier: Apache-2.0
#include "core/mask/components.h"

#include "core/mask/mask_measure.h"
#include "random_masks.h"

#include <QtTest>

using core::Connectivity;

namespace
{

/// By flood fill from every pixel, column by column; one mask each.
std::vector<core::Mask> floodFilled(const core::Mask &mask, bool on, Connectivity connectivity)
{
    std::vector<core::Mask> components;
    core::Mask seen(mask.size);
    const auto isWanted = [&](int x, int y) {
        return x >= 0 && y >= 0 && x < mask.size.width && y < mask.size.height &&
               (mask.at(x, y) != 0) == on && !seen.at(x, y);
    };
    for (int x = 0; x < mask.size.width; ++x) {
        for (int y = 0; y < mask.size.height; ++y) {
            if (!isWanted(x, y))
                continue;
            core::Mask component(mask.size);
            std::vector<std::pair<int, int>> open{{x, y}};
            seen.set(x, y);
            while (!open.empty()) {
                const auto [px, py] = open.back();
                open.pop_back();
                component.set(px, py);
                for (int dy = -1; dy <= 1; ++dy) {
                    for (int dx = -1; dx <= 1; ++dx) {
                        const bool isCorner = dx != 0 && dy != 0;
                        if ((isCorner && connectivity == Connectivity::Four) ||
                            !isWanted(px + dx, py + dy))
                            continue;
                        seen.set(px + dx, py + dy);
                        open.emplace_back(px + dx, py + dy);
                    }
                }
            }
            components.push_back(std::move(component));
        }
    }
    return components;
}

bool touchesBorder(const core::Mask &mask)
{
    const core::PixelRect box = core::boundingBox(mask);
    return box.x == 0 || box.y == 0 || box.x + box.width == mask.size.width ||
           box.y + box.height == mask.size.height;
}

void compare(const core::Components &found, const std::vector<core::Mask> &expected)
{
    QCOMPARE(found.list.size(), expected.size());
    const std::vector<core::Rle> masks = core::masksOf(found);
    std::vector<bool> everySecond;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        QVERIFY(masks[i] == core::encode(expected[i]));
        QCOMPARE(found.list[i].area, core::area(expected[i]));
        QVERIFY(found.list[i].box == core::boundingBox(expected[i]));
        everySecond.push_back(i % 2 == 0);
    }
    core::Mask together(found.size);
    for (std::size_t i = 0; i < expected.size(); i += 2)
        for (std::size_t p = 0; p < together.pixels.size(); ++p)
            together.pixels[p] |= expected[i].pixels[p];
    QVERIFY(core::maskOf(found, everySecond) == core::encode(together));
}

} // namespace

class TestComponents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cornersJoinPartsAndCloseHoles()
    {
        const core::Rle rle = core::encode(drawn("##....\n"
                                                 "##....\n"
                                                 "..###.\n"
                                                 "..#.#.\n"
                                                 "..##..\n"
                                                 "#.....\n"));
        QCOMPARE(core::findParts(rle).list.size(), 2U);
        const core::Components parts = core::findParts(rle, Connectivity::Four);
        QCOMPARE(parts.list.size(), 3U);
        QCOMPARE(parts.list[0].area, 4); // from left to right
        QCOMPARE(parts.list[1].area, 1);
        QCOMPARE(parts.list[2].area, 7);
        const core::Components holes = core::findHoles(rle);
        QCOMPARE(holes.list.size(), 1U);
        QVERIFY(holes.list[0].box == (core::PixelRect{3, 3, 1, 1}));
        QVERIFY(core::findHoles(rle, Connectivity::Eight).list.empty());
    }

    void aBayAtTheBorderIsNoHole()
    {
        const core::Rle rle = core::encode(drawn("###.#\n"
                                                 "#.#.#\n"
                                                 "#####\n"));
        const core::Components holes = core::findHoles(rle);
        QCOMPARE(holes.list.size(), 1U);
        QVERIFY(core::masksOf(holes).front() == core::encode(drawn(".....\n"
                                                                   ".#...\n"
                                                                   ".....\n")));
    }

    void emptyAndFullMasks()
    {
        for (const core::Size size : {core::Size{1, 1}, {5, 1}, {1, 5}, {4, 3}}) {
            core::Mask mask(size);
            QVERIFY(core::findParts(core::encode(mask)).list.empty());
            QVERIFY(core::findHoles(core::encode(mask)).list.empty());
            mask.pixels.assign(mask.pixels.size(), 1);
            compare(core::findParts(core::encode(mask)), {mask});
            QVERIFY(core::findHoles(core::encode(mask)).list.empty());
        }
    }

    void emptyRunsInFilesDoNotPartAMask()
    {
        // The second column is on from top to bottom, in three runs.
        QCOMPARE(core::findParts({{3, 4}, {4, 1, 0, 2, 0, 1, 4}}).list.size(), 1U);
        QCOMPARE(core::findParts({{3, 4}, {4, 1, 0, 2, 0, 1, 4}}).runs.size(), 1U);
    }

    void randomMasksAsByFloodFill_data()
    {
        QTest::addColumn<Connectivity>("connectivity");
        QTest::newRow("by edges") << Connectivity::Four;
        QTest::newRow("by edges and corners") << Connectivity::Eight;
    }

    void randomMasksAsByFloodFill()
    {
        QFETCH(Connectivity, connectivity);
        std::mt19937 random(11);
        for (int round = 0; round < 600; ++round) {
            const core::Size size{1 + int(random() % 19), 1 + int(random() % 19)};
            const core::Mask mask = randomMask(size, random);
            const core::Rle rle = core::encode(mask);
            compare(core::findParts(rle, connectivity), floodFilled(mask, true, connectivity));
            std::vector<core::Mask> holes = floodFilled(mask, false, connectivity);
            std::erase_if(holes, touchesBorder);
            compare(core::findHoles(rle, connectivity), holes);
            if (QTest::currentTestFailed())
                return;
        }
    }
};

QTEST_GUILESS_MAIN(TestComponents)
#include "tst_components.moc"
