// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_columns.h"
#include "mask_sizes.h"
#include "plain_runs.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <vector>

using core::Mask;
using core::Rle;

namespace
{

/// By definition. On either side is what must stay as it is: a byte that no mask has.
constexpr std::size_t margin = 64;
constexpr std::uint8_t untouched = 0xa5;
std::vector<std::uint8_t> expected(const Mask &mask)
{
    std::vector<std::uint8_t> bytes(mask.pixels.size() + 2 * margin, untouched);
    auto *byte = bytes.data() + margin;
    for (int x = 0; x < mask.size.width; ++x) {
        for (int y = 0; y < mask.size.height; ++y)
            *byte++ = mask.at(x, y);
    }
    return bytes;
}

std::vector<std::uint8_t> decoded(const Rle &rle)
{
    const auto pixels = static_cast<std::size_t>(rle.size.area());
    std::vector<std::uint8_t> bytes(pixels + 2 * margin, untouched);
    core::decodeColumns(rle, std::span(bytes).subspan(margin, pixels));
    return bytes;
}

} // namespace

class TestRleColumns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pixelsGoDownTheColumns()
    {
        // 1 0 0
        // 0 1 1
        const Rle rle{{3, 2}, {0, 1, 2, 1, 1, 1}};
        std::array<std::uint8_t, 6> columns = {7, 7, 7, 7, 7, 7};
        core::decodeColumns(rle, columns);
        QVERIFY((columns == std::array<std::uint8_t, 6>{1, 0, 0, 1, 0, 1}));
    }

    /// As long as a word is enough, and behind: every number of pixels is written another way.
    void everyNumberOfPixels()
    {
        std::mt19937 random(5);
        for (int pixels = 1; pixels <= 140; ++pixels) {
            for (int width = 1; width <= pixels; ++width) {
                if (pixels % width != 0)
                    continue;
                for (int repeat = 0; repeat < 12; ++repeat) {
                    const Mask mask = randomMask({width, pixels / width}, random);
                    const Rle rle = plainEncode(mask);
                    QVERIFY(decoded(rle) == expected(mask));
                    QVERIFY(decoded(withEmptyRuns(rle, random)) == expected(mask));
                }
            }
        }
    }

    void everyShape_data() { addSizes(); }
    void everyShape()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        std::mt19937 random(12);
        for (int repeat = 0; repeat < 20; ++repeat) {
            const Mask mask = anyMask({width, height}, random);
            const Rle rle = plainEncode(mask);
            QVERIFY(decoded(rle) == expected(mask));
            QVERIFY(decoded(withEmptyRuns(rle, random)) == expected(mask));
        }
    }
};

QTEST_APPLESS_MAIN(TestRleColumns)
#include "tst_rle_columns.moc"
