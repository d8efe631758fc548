// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/box_cut.h"

#include <QTest>

#include <algorithm>
#include <cstdlib>

using namespace core;

namespace
{

/// 40 x 30 cells over a picture of 400 x 300 pixels.
constexpr InputGeometry geometry{{400, 300}, {80, 60}, {80, 60}};

/// A pyramid of half a logit a cell, `top` in the middle of the cell (20, 15).
LowResLogits pyramid(float top)
{
    LowResLogits logits{{40, 30}, std::vector<float>(40 * 30)};
    for (int y = 0; y < 30; ++y)
        for (int x = 0; x < 40; ++x)
            logits.values[std::size_t(y * 40 + x)] =
                top - 0.5f * float(std::max(std::abs(x - 20), std::abs(y - 15)));
    return logits;
}

/// Centred on that middle, the corners being pixels that belong to it.
Box square(double half)
{
    return {205 - half, 155 - half, 205 + half - 1, 155 + half - 1};
}

} // namespace

class TestBoxCut : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Cut at c the pyramid reaches (2 - c) / 0.5 cells of ten pixels to each side.
    void theMaskFillsItsBox()
    {
        const LowResLogits logits = pyramid(2);
        QCOMPARE(boxCut(logits, geometry, square(50)), -0.5f);
        QCOMPARE(boxCut(logits, geometry, square(46)), -0.3f);
        QCOMPARE(boxCut(logits, geometry, square(36)), 0.2f);
    }

    void aCutFarFromTheUsualOneHasToFitMuchBetter()
    {
        LowResLogits steep = pyramid(2);
        for (float &value : steep.values)
            value *= 20; // any cut gives nearly the same mask
        for (const double half : {30.0, 40.0, 50.0})
            QCOMPARE(boxCut(steep, geometry, square(half)), -0.1f);
    }

    void cutsStayInTheirRange()
    {
        QCOMPARE(boxCut(pyramid(2), geometry, square(140)), -0.8f);
        QCOMPARE(boxCut(pyramid(2), geometry, square(5)), 0.4f);
    }

    void cornersMayBeGivenInAnyOrder()
    {
        const Box box = square(50);
        const Box turned{box.x1, box.y1, box.x0, box.y0};
        QCOMPARE(boxCut(pyramid(2), geometry, turned), boxCut(pyramid(2), geometry, box));
    }

    /// Masks end at the picture's border, wherever the last cell's middle is.
    void theBorderOfThePictureIsReached()
    {
        LowResLogits slope{{40, 30}, std::vector<float>(40 * 30)};
        for (int y = 0; y < 30; ++y)
            for (int x = 0; x < 40; ++x)
                slope.values[std::size_t(y * 40 + x)] = 2.1f - 0.2f * float(x);
        QCOMPARE(boxCut(slope, geometry, {0, 0, 109, 299}), 0.0f); // to cell 10.5, its middle at 11
        QCOMPARE(boxCut(slope, geometry, {0, 0, 89, 299}), 0.4f);
    }

    /// What lies beside the picture, in the padding, is not looked at.
    void thePaddingSaysNothing()
    {
        constexpr InputGeometry padded{{300, 300}, {60, 60}, {80, 60}};
        LowResLogits logits = pyramid(2);
        for (int y = 0; y < 30; ++y)
            for (int x = 30; x < 40; ++x)
                logits.values[std::size_t(y * 40 + x)] = 9;
        QCOMPARE(boxCut(logits, padded, square(50)), -0.5f);
    }

    void whereNothingIsFoundNothingIsCut()
    {
        QCOMPARE(boxCut(pyramid(-3), geometry, square(50)), 0.0f);
        QCOMPARE(boxCut(pyramid(2), geometry, {0, 0, 9, 9}), 0.0f); // the mask lies elsewhere
    }
};

QTEST_APPLESS_MAIN(TestBoxCut)
#include "tst_box_cut.moc"
