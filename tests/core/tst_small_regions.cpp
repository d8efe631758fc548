// SPDX-License-Identifier: Apache-2.0
#include "core/mask/small_regions.h"

#include <QtTest>

#include <ctime>
#include <random>

// Equality with SAM's own function: tests/parity/tst_mask_generator_parts_parity.cpp.
class TestSmallRegions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cases_data();
    void cases();
    void agreesWithCountingPixels();
    void isQuickForALargePicture();
};

namespace
{

using core::Mask;
using core::SmallRegion;

Mask maskFrom(const QStringList &rows)
{
    Mask mask({int(rows.front().size()), int(rows.size())});
    for (int y = 0; y < mask.size.height; ++y)
        for (int x = 0; x < mask.size.width; ++x)
            mask.set(x, y, rows[y][x] == QLatin1Char('#'));
    return mask;
}

/// Clears or fills by flooding pixel by pixel: slow, and hard to get wrong.
Mask flooded(Mask mask, double area, SmallRegion kind)
{
    const std::uint8_t wanted = kind == SmallRegion::Island;
    std::vector<std::vector<std::pair<int, int>>> regions;
    Mask seen(mask.size);
    for (int y = 0; y < mask.size.height; ++y) {
        for (int x = 0; x < mask.size.width; ++x) {
            if (mask.at(x, y) != wanted || seen.at(x, y))
                continue;
            std::vector<std::pair<int, int>> region{{x, y}};
            seen.set(x, y);
            for (std::size_t i = 0; i < region.size(); ++i) {
                const auto [cx, cy] = region[i];
                for (int ny = std::max(0, cy - 1); ny <= std::min(mask.size.height - 1, cy + 1);
                     ++ny) {
                    for (int nx = std::max(0, cx - 1); nx <= std::min(mask.size.width - 1, cx + 1);
                         ++nx) {
                        if (mask.at(nx, ny) != wanted || seen.at(nx, ny))
                            continue;
                        seen.set(nx, ny);
                        region.emplace_back(nx, ny);
                    }
                }
            }
            regions.push_back(region);
        }
    }
    const bool keepsNone =
        wanted && std::ranges::all_of(regions, [&](const auto &r) { return r.size() < area; });
    const auto largest =
        std::ranges::max_element(regions, {}, [](const auto &region) { return region.size(); });
    for (auto region = regions.begin(); region != regions.end(); ++region) {
        if (double(region->size()) >= area || (keepsNone && region == largest))
            continue;
        for (const auto &[x, y] : *region)
            mask.set(x, y, !wanted);
    }
    return mask;
}

} // namespace

void TestSmallRegions::cases_data()
{
    QTest::addColumn<QStringList>("before");
    QTest::addColumn<double>("area");
    QTest::addColumn<bool>("holes");
    QTest::addColumn<QStringList>("after");
    QTest::addColumn<bool>("found");
    QTest::newRow("a small island goes") << QStringList{"##..", "##..", "...#"} << 2.0 << false
                                         << QStringList{"##..", "##..", "...."} << true;
    QTest::newRow("pixels that touch at a corner are one island")
        << QStringList{"##..", "##..", "..#."} << 2.0 << false
        << QStringList{"##..", "##..", "..#."} << false;
    QTest::newRow("the only island stays, however small")
        << QStringList{"....", ".#.."} << 9.0 << false << QStringList{"....", ".#.."} << true;
    QTest::newRow("of small islands the largest stays")
        << QStringList{"#..##", ".....", "#...."} << 9.0 << false
        << QStringList{"...##", ".....", "....."} << true;
    QTest::newRow("a small hole is filled") << QStringList{"####", "#.##", "####"} << 2.0 << true
                                            << QStringList{"####", "####", "####"} << true;
    QTest::newRow("a hole at the border is one, too")
        << QStringList{"####", "###.", "####"} << 2.0 << true << QStringList{"####", "####", "####"}
        << true;
    QTest::newRow("holes that touch at a corner are one hole")
        << QStringList{"####", "#.##", "##.#"} << 2.0 << true << QStringList{"####", "#.##", "##.#"}
        << false;
    QTest::newRow("nothing in an empty mask")
        << QStringList{"....", "...."} << 3.0 << false << QStringList{"....", "...."} << false;
}

void TestSmallRegions::cases()
{
    QFETCH(QStringList, before);
    QFETCH(double, area);
    QFETCH(bool, holes);
    QFETCH(QStringList, after);
    QFETCH(bool, found);
    core::Rle mask = core::encode(maskFrom(before));
    const auto kind = holes ? SmallRegion::Hole : SmallRegion::Island;
    QCOMPARE(core::removeSmallRegions(mask, area, kind), found);
    QVERIFY(mask == core::encode(maskFrom(after)));
}

void TestSmallRegions::agreesWithCountingPixels()
{
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        Mask mask({1 + int(random() % 24), 1 + int(random() % 24)});
        const unsigned density = 1 + random() % 9;
        for (auto &pixel : mask.pixels)
            pixel = random() % 10 < density;
        const double area = 1 + random() % 12;
        for (const auto kind : {SmallRegion::Hole, SmallRegion::Island}) {
            core::Rle rle = core::encode(mask);
            core::removeSmallRegions(rle, area, kind);
            const core::Rle expected = core::encode(flooded(mask, area, kind));
            // Which of equal largest islands stays is settled by the comparison with OpenCV.
            if (kind == SmallRegion::Hole || rle.counts == expected.counts) {
                QVERIFY(rle == expected);
            } else {
                QCOMPARE(core::decode(rle).pixels.size(), mask.pixels.size());
                const auto count = [](const core::Rle &m) {
                    return std::ranges::count(core::decode(m).pixels, 1);
                };
                QCOMPARE(count(rle), count(expected));
            }
        }
    }
}

void TestSmallRegions::isQuickForALargePicture()
{
    // The runs of a 24-megapixel picture with two objects are few, and so is the work.
    core::Rle mask{{6000, 4000}, {}};
    mask.counts = {4000u * 1000, 4000u * 3, 4000u * 100, 4000u * 2000, 4000u * 2897};
    const std::clock_t begin = std::clock(); // computed, whatever else the machine does
    QVERIFY(core::removeSmallRegions(mask, 20000, SmallRegion::Island));
    QVERIFY(std::clock() - begin < 2 * CLOCKS_PER_SEC);
    QCOMPARE(mask.counts, (std::vector<std::uint32_t>{4000u * 1103, 4000u * 2000, 4000u * 2897}));
}

QTEST_APPLESS_MAIN(TestSmallRegions)
#include "tst_small_regions.moc"
