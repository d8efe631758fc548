// SPDX-License-Identifier: Apache-2.0
#include "core/mask/boundary_f1.h"

#include <QtTest>

using core::Mask;

class TestBoundaryF1 : public QObject
{
    Q_OBJECT

    static Mask block(int x0, int y0, int x1, int y1)
    {
        Mask mask({300, 400}); // diagonal 500
        for (int y = y0; y < y1; ++y) {
            for (int x = x0; x < x1; ++x)
                mask.set(x, y);
        }
        return mask;
    }

private Q_SLOTS:
    void equalMasksAgree()
    {
        QCOMPARE(core::boundaryF1(block(50, 50, 90, 90), block(50, 50, 90, 90)), 1.0);
        QCOMPARE(core::boundaryF1(Mask({300, 400}), Mask({300, 400})), 1.0);
    }

    void aShiftWithinTheToleranceIsForgiven()
    {
        const Mask target = block(50, 50, 90, 90);
        QCOMPARE(core::boundaryF1(block(54, 50, 94, 90), target, 0.008), 1.0); // 4 pixels of 4
        QVERIFY(core::boundaryF1(block(55, 50, 95, 90), target, 0.008) < 1.0);
    }

    void countsBothOutlines()
    {
        // The answer's outline (156 pixels) is near the target's; of the target's other half
        // nothing is found.
        const Mask half = block(10, 10, 50, 50);
        Mask target = half;
        const Mask other = block(210, 210, 250, 250);
        for (std::size_t i = 0; i < target.pixels.size(); ++i)
            target.pixels[i] |= other.pixels[i];
        QCOMPARE(core::boundaryF1(half, target, 0.001), 2 * 1.0 * 0.5 / 1.5);
    }

    void nothingInCommonIsZero()
    {
        QCOMPARE(core::boundaryF1(block(10, 10, 50, 50), block(210, 210, 250, 250)), 0.0);
        QCOMPARE(core::boundaryF1(Mask({300, 400}), block(210, 210, 250, 250)), 0.0);
    }

    void thePicturesBorderIsNoOutline()
    {
        QCOMPARE(core::boundaryF1(block(0, 0, 300, 200), block(0, 0, 300, 204), 0.008), 1.0);
        QCOMPARE(core::boundaryF1(block(0, 0, 300, 400), Mask({300, 400})), 1.0);
    }
};

QTEST_APPLESS_MAIN(TestBoundaryF1)
#include "tst_boundary_f1.moc"
