// SPDX-License-Identifier: Apache-2.0
#include "core/mask/mask_measure.h"

#include <QtTest>

class TestMaskMeasure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyMask()
    {
        const core::Mask mask({6, 4});
        QCOMPARE(core::area(mask), 0);
        QVERIFY(core::boundingBox(mask).isEmpty());
        QCOMPARE(core::iou(mask, mask), 0.0);
    }

    void twoPixels()
    {
        core::Mask mask({6, 4});
        mask.set(4, 1);
        mask.set(2, 3);
        QCOMPARE(core::area(mask), 2);
        QVERIFY(core::boundingBox(mask) == (core::PixelRect{2, 1, 3, 3}));
    }

    void areaOfManyPixels()
    {
        core::Mask mask({1000, 301}); // several of the stretches that are summed apart
        mask.pixels.assign(mask.pixels.size(), 1);
        mask.set(999, 300, false);
        QCOMPARE(core::area(mask), 300999);
        QVERIFY(core::boundingBox(mask) == (core::PixelRect{0, 0, 1000, 301}));
    }

    void overlapOfHalves()
    {
        core::Mask a({4, 1}), b({4, 1});
        a.pixels = {1, 1, 0, 0};
        b.pixels = {0, 1, 1, 1};
        QCOMPARE(core::iou(a, b), 0.25);
        QCOMPARE(core::iou(a, a), 1.0);
    }
};

QTEST_APPLESS_MAIN(TestMaskMeasure)
#include "tst_mask_measure.moc"
