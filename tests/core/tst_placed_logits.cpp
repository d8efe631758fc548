// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/placed_logits.h"

#include "core/segmentation/focus.h"
#include "core/segmentation/prior_logits.h"

#include <QtTest>

#include <cmath>

using namespace core;

namespace
{

/// A picture of 400 x 300 pixels as a model with an input of 256 x 256 sees it.
const LogitsPlace whole{{{400, 300}, {256, 192}, {256, 256}}, {0, 0, 400, 300}};
/// A part of it, which the model sees enlarged and not padded.
const LogitsPlace part{{{80, 60}, {256, 192}, {256, 192}}, {100, 150, 80, 60}};

/// Where a cell's centre lies in the picture.
ImagePoint centre(const LogitsPlace &place, Size size, int column, int row)
{
    const ImagePoint inWindow = toImage(column + 0.5, row + 0.5, place.geometry, size);
    return {inWindow.x + place.window.x, inWindow.y + place.window.y};
}

/// 3 - .02 x + .01 y at every place of the picture.
double slope(ImagePoint p)
{
    return 3 - 0.02 * p.x + 0.01 * p.y;
}

LowResLogits sloping(const LogitsPlace &place, Size size)
{
    LowResLogits logits{size, {}};
    for (int row = 0; row < size.height; ++row) {
        for (int column = 0; column < size.width; ++column)
            logits.values.push_back(float(slope(centre(place, size, column, row))));
    }
    return logits;
}

} // namespace

class TestPlacedLogits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameGridIsTakenAsItIs()
    {
        const PlacedLogits logits{sloping(whole, {64, 64}), whole};
        QVERIFY(broughtTo(whole, {64, 64}, logits) == logits.logits);
    }

    /// Between straight lines interpolation is exact.
    void aSlopeStaysTheSlope_data()
    {
        QTest::addColumn<bool>("closer");
        QTest::addColumn<QSize>("size");
        QTest::newRow("into a part of the picture") << true << QSize(64, 48);
        QTest::newRow("onto a finer grid of the whole") << false << QSize(128, 128);
        QTest::newRow("onto a grid of another shape") << false << QSize(50, 30);
    }
    void aSlopeStaysTheSlope()
    {
        QFETCH(const bool, closer);
        QFETCH(const QSize, size);
        const LogitsPlace &to = closer ? part : whole;
        const Size cells{size.width(), size.height()};
        const LowResLogits brought = broughtTo(to, cells, {sloping(whole, {64, 64}), whole});
        QVERIFY(brought.size == cells);
        int compared = 0;
        for (int row = 0; row < cells.height; ++row) {
            for (int column = 0; column < cells.width; ++column) {
                const ImagePoint p = centre(to, cells, column, row);
                // The outermost half cells have nothing beyond them to go on to.
                if (p.x < 4 || p.y < 4 || p.x > 395 || p.y > 295)
                    continue;
                const float value =
                    brought
                        .values[std::size_t(row) * std::size_t(cells.width) + std::size_t(column)];
                QVERIFY(std::abs(value - slope(p)) < 1e-4);
                ++compared;
            }
        }
        QVERIFY(compared > cells.area() / 2);
    }

    void outsideTheWindowNothingBelongsToTheObject()
    {
        LowResLogits inside{{64, 48}, std::vector<float>(64 * 48, 5)};
        const Size cells{100, 100};
        const LowResLogits brought = broughtTo(whole, cells, {inside, part});
        for (int row = 0; row < cells.height; ++row) {
            for (int column = 0; column < cells.width; ++column) {
                const ImagePoint p = centre(whole, cells, column, row);
                const float value =
                    brought
                        .values[std::size_t(row) * std::size_t(cells.width) + std::size_t(column)];
                if (isInside(part.window, p))
                    QCOMPARE(value, 5.f);
                else if (!isInside({98, 148, 84, 64}, p)) // a cell of the part beside it
                    QCOMPARE(value, -priorLogit);
            }
        }
    }

    void theWayThereAndBackKeepsASlope()
    {
        const PlacedLogits logits{sloping(part, {64, 48}), part};
        const PlacedLogits there{broughtTo(whole, {512, 512}, logits), whole};
        const LowResLogits back = broughtTo(part, {64, 48}, there);
        for (int row = 8; row < 40; ++row) {
            for (int column = 8; column < 56; ++column) {
                const auto at = std::size_t(row) * 64 + std::size_t(column);
                QVERIFY(std::abs(back.values[at] - logits.logits.values[at]) < 1e-3);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestPlacedLogits)
#include "tst_placed_logits.moc"
