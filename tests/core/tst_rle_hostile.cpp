// SPDX-License-Identifier: Apache-2.0
// What damaged and hostile files may hold is refused with a sentence: no crash, no overflow, no
// huge allocation.
#include "core/error.h"
#include "core/mask/rle_columns.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"
#include "core/mask/rle_polygon.h"
#include "core/mask/rle_string.h"

#include <QtTest>

#include <array>
#include <limits>
#include <random>

using core::Size;

namespace
{

constexpr int intMax = std::numeric_limits<int>::max();
constexpr std::uint32_t countMax = std::numeric_limits<std::uint32_t>::max();

template <typename Call>
void refuses(Call call)
{
    try {
        call();
    } catch (const core::Error &error) {
        QVERIFY(error.kind() == core::ErrorKind::BadDataset);
        QVERIFY(QByteArray(error.what()).endsWith('.'));
        return;
    }
    QFAIL("nothing was thrown");
}

} // namespace

class TestRleHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void strings_data()
    {
        QTest::addColumn<QByteArray>("string");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("empty") << QByteArray() << 3 << 2;
        QTest::newRow("breaks off") << QByteArray("P") << 3 << 2;
        QTest::newRow("breaks off after a good number") << QByteArray("0S") << 7 << 5;
        QTest::newRow("character below the alphabet") << QByteArray("/6") << 3 << 2;
        QTest::newRow("character above the alphabet") << QByteArray("6p") << 3 << 2;
        QTest::newRow("zero byte") << QByteArray("\0006", 2) << 3 << 2;
        QTest::newRow("not ASCII") << QByteArray("\xff\xfe") << 3 << 2;
        QTest::newRow("negative") << QByteArray("@") << 3 << 2;
        QTest::newRow("negative by difference") << QByteArray("111@") << 3 << 2;
        QTest::newRow("endless number") << QByteArray(1000000, 'P') << 3 << 2;
        QTest::newRow("more than 35 bits") << QByteArray("PPPPPPPP1") << 3 << 2;
        QTest::newRow("2^34") << QByteArray("ooooooo?") << 3 << 2;
        QTest::newRow("too few") << QByteArray("5") << 3 << 2;
        QTest::newRow("too many") << QByteArray("7") << 3 << 2;
        QTest::newRow("too many in two") << QByteArray("61") << 3 << 2;
        QTest::newRow("no size") << QByteArray("6") << 0 << 0;
        QTest::newRow("negative size") << QByteArray("6") << -3 << -2;
        QTest::newRow("no height") << QByteArray("6") << 3 << 0;
        QTest::newRow("huge size") << QByteArray("6") << intMax << intMax;
        QTest::newRow("size whose area is 0 in 32 bits") << QByteArray("0") << 65536 << 65536;
        QTest::newRow("possible size, few runs") << QByteArray("6") << 32768 << 32768;
    }
    void strings()
    {
        QFETCH(QByteArray, string);
        QFETCH(int, width);
        QFETCH(int, height);
        refuses([&] {
            core::rleFromString({string.data(), std::size_t(string.size())}, {width, height});
        });
    }

    void runs_data()
    {
        QTest::addColumn<core::Rle>("rle");
        QTest::newRow("none") << core::Rle{{3, 2}, {}};
        QTest::newRow("too few") << core::Rle{{3, 2}, {1, 2}};
        QTest::newRow("too many") << core::Rle{{3, 2}, {1, 6}};
        QTest::newRow("sum wraps in 32 bits") << core::Rle{{3, 2}, {countMax, 7}};
        QTest::newRow("largest") << core::Rle{{3, 2}, {countMax, countMax, countMax}};
        QTest::newRow("a word more") << core::Rle{{3, 2}, {6, 64}};
        QTest::newRow("no width") << core::Rle{{0, 6}, {0}};
        QTest::newRow("no size") << core::Rle{{0, 0}, {}};
        QTest::newRow("negative size") << core::Rle{{-1, -6}, {6}};
        QTest::newRow("huge size") << core::Rle{{intMax, 2}, {countMax - 1}};
    }
    void runs()
    {
        QFETCH(core::Rle, rle);
        refuses([&] { core::validate(rle); });
        refuses([&] { core::decode(rle); });
        std::array<std::uint8_t, 6> columns = {};
        refuses([&] { core::decodeColumns(rle, columns); });
        QVERIFY((columns == std::array<std::uint8_t, 6>{})); // nothing was written
    }

    void polygons_data()
    {
        QTest::addColumn<std::vector<double>>("xy");
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const double infinity = std::numeric_limits<double>::infinity();
        QTest::newRow("odd") << std::vector<double>{0, 0, 1, 1, 2};
        QTest::newRow("not a number") << std::vector<double>{0, 0, 1, nan, 2, 2};
        QTest::newRow("infinite") << std::vector<double>{0, 0, infinity, 1, 2, 2};
        QTest::newRow("huge") << std::vector<double>{0, 0, -1e300, 1, 2, 2};
    }
    void polygons()
    {
        QFETCH(std::vector<double>, xy);
        refuses([&] { core::rleFromPolygon(xy, {15, 12}); });
    }

    void polygonOfEndlessZigzagIsRefused()
    {
        std::vector<double> xy;
        for (int i = 0; i < 20000; ++i)
            xy.insert(xy.end(), {i % 2 == 0 ? 0.0 : 1000.0, double(i % 100)});
        refuses([&] { core::rleFromPolygon(xy, {1000, 1000}); });
    }

    void farCornersCostNothing()
    {
        const core::Rle rle = core::rleFromPolygon(
            std::vector<double>{-1e8, -1e8, 1e8, -1e8, 1e8, 1e8, -1e8, 1e8}, {15, 12});
        QCOMPARE(rle.counts, (std::vector<std::uint32_t>{0, 180}));
    }

    void degeneratePolygonsAreEmpty()
    {
        for (const std::vector<double> &xy :
             {std::vector<double>{}, {3, 3}, {3, 3, 3, 3, 3, 3}, {2, 2, 9, 2}, {4, 1, 4, 9, 4, 5}})
            QCOMPARE(core::area(core::rleFromPolygon(xy, {15, 12})), 0);
    }

    void differentSizesAreRefused()
    {
        const core::Rle a{{3, 2}, {6}};
        const core::Rle b{{2, 3}, {6}};
        refuses([&] { core::iou(a, b); });
        refuses([&] { core::combine(a, b, core::SetOperation::Union); });
        refuses([&] { core::suppressOverlaps(std::vector{a, b}, 0.5); });
    }

    /// Whatever the bytes, the answer is a valid mask or a refusal.
    void randomStringsNeverBreakIt()
    {
        std::mt19937 random(99);
        std::uniform_int_distribution<int> length(0, 12), character(44, 116), side(1, 9);
        int accepted = 0;
        for (int i = 0; i < 200000; ++i) {
            std::string string(std::size_t(length(random)), ' ');
            for (char &c : string)
                c = char(character(random));
            const Size size{side(random), side(random)};
            try {
                const core::Rle rle = core::rleFromString(string, size);
                QVERIFY(core::area(rle) == core::area(core::encode(core::decode(rle))));
                ++accepted;
            } catch (const core::Error &) {
            }
        }
        QVERIFY(accepted > 0);
    }
};

QTEST_APPLESS_MAIN(TestRleHostile)
#include "tst_rle_hostile.moc"
