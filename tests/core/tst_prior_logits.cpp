// SPDX-License-Identifier: Apache-2.0
#include "core/mask/mask_measure.h"
#include "core/segmentation/mask_postprocessing.h"
#include "core/segmentation/prior_logits.h"

#include <QtTest>

using core::Mask;

class TestPriorLogits : public QObject
{
    Q_OBJECT

    static Mask ellipse(core::Size size)
    {
        Mask mask(size);
        for (int y = 0; y < size.height; ++y) {
            for (int x = 0; x < size.width; ++x) {
                const double u = (x - size.width * 0.45) / (size.width * 0.3);
                const double v = (y - size.height * 0.55) / (size.height * 0.35);
                mask.set(x, y, u * u + v * v < 1);
            }
        }
        return mask;
    }

private Q_SLOTS:
    void coverageOfTinyCells()
    {
        // A 4x2 picture on a 4x4 input, logits 2x2: a cell is 2x2 pixels, the lower row is padding.
        const core::InputGeometry geometry{{4, 2}, {4, 2}, {4, 4}};
        Mask mask({4, 2});
        mask.set(0, 0); // a quarter of the left cell
        for (const int x : {2, 3})
            for (const int y : {0, 1})
                mask.set(x, y);
        const auto logits = core::priorLogits(mask, geometry, {2, 2});
        QCOMPARE(logits.values, (std::vector<float>{-4, 8, -8, -8}));
    }

    void theMaskComesBack_data()
    {
        QTest::addColumn<QList<int>>("sizes"); // original, resized
        QTest::newRow("landscape, shrunk") << QList<int>{1800, 1200, 1024, 683};
        QTest::newRow("portrait, shrunk") << QList<int>{900, 2000, 461, 1024};
        QTest::newRow("enlarged") << QList<int>{300, 200, 1024, 683};
    }
    void theMaskComesBack()
    {
        QFETCH(QList<int>, sizes);
        const core::InputGeometry geometry{
            {sizes[0], sizes[1]}, {sizes[2], sizes[3]}, {1024, 1024}};
        const Mask mask = ellipse(geometry.original);
        const auto logits = core::priorLogits(mask, geometry, {256, 256});
        const double agreement = core::iou(core::maskFromLogits(logits, geometry), mask);
        QVERIFY2(agreement > 0.98, qPrintable(QString::number(agreement)));
    }

    void placesAreThoseOfThePicture()
    {
        const core::InputGeometry geometry{{200, 100}, {1024, 512}, {1024, 1024}};
        const core::ImagePoint corner = core::toImage(0, 0, geometry, {256, 256});
        QCOMPARE(corner.x, -0.5);
        QCOMPARE(corner.y, -0.5);
        const core::ImagePoint far = core::toImage(256, 128, geometry, {256, 256});
        QCOMPARE(far.x, 199.5);
        QCOMPARE(far.y, 99.5);
    }
};

QTEST_APPLESS_MAIN(TestPriorLogits)
#include "tst_prior_logits.moc"
