// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/click_simulator.h"

#include <QtTest>

using core::Mask;
using core::PointLabel;
using core::PointPrompt;

class TestClickSimulator : public QObject
{
    Q_OBJECT

    static void fill(Mask &mask, int x0, int y0, int x1, int y1, bool on = true)
    {
        for (int y = y0; y < y1; ++y) {
            for (int x = x0; x < x1; ++x)
                mask.set(x, y, on);
        }
    }

private Q_SLOTS:
    void firstClickIsTheDeepestPixel()
    {
        Mask target({40, 30});
        fill(target, 5, 5, 36, 10);
        fill(target, 10, 5, 21, 16); // an 11x11 square hangs from a thin bar
        const auto click = core::nextClick(target, Mask({40, 30}));
        QVERIFY(click);
        QVERIFY((*click == PointPrompt{{15, 10}, PointLabel::Foreground}));
        QCOMPARE(core::deepestPixel(target)->depth, 6.0);
    }

    void thePicturesBorderIsABorder()
    {
        Mask whole({9, 5});
        fill(whole, 0, 0, 9, 5);
        const auto deepest = core::deepestPixel(whole);
        QVERIFY((deepest->position == core::ImagePoint{2, 2})); // the first of several
        QCOMPARE(deepest->depth, 3.0);
    }

    void theDeeperErrorIsClickedNext()
    {
        Mask target({60, 40});
        fill(target, 10, 10, 30, 30);
        Mask answer = target;
        fill(answer, 30, 12, 41, 23);        // 11x11 too much
        fill(answer, 10, 25, 15, 30, false); // 5x5 missing
        QVERIFY((core::nextClick(target, answer) == PointPrompt{{35, 17}, PointLabel::Background}));
        fill(answer, 30, 12, 41, 23, false);
        QVERIFY((core::nextClick(target, answer) == PointPrompt{{12, 27}, PointLabel::Foreground}));
    }

    void depthDecidesAndNotArea()
    {
        Mask target({60, 40});
        fill(target, 0, 0, 60, 3); // large and thin
        Mask answer({60, 40});
        fill(answer, 20, 20, 27, 27); // smaller and deeper
        QCOMPARE(core::nextClick(target, answer)->label, PointLabel::Background);
    }

    void ofEqualErrorsTheMissingOneIsClicked()
    {
        Mask target({30, 10}), answer({30, 10});
        fill(target, 1, 1, 6, 6);
        fill(answer, 21, 1, 26, 6);
        QVERIFY((core::nextClick(target, answer) == PointPrompt{{3, 3}, PointLabel::Foreground}));
    }

    void noClickWhenNothingIsWrong()
    {
        Mask target({30, 10});
        QVERIFY(!core::nextClick(target, target));
        fill(target, 1, 1, 6, 6);
        QVERIFY(!core::nextClick(target, target));
    }
};

QTEST_APPLESS_MAIN(TestClickSimulator)
#include "tst_click_simulator.moc"
