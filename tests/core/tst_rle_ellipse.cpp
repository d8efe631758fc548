// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/mask/rle_ellipse.h"
#include "core/mask/rle_measure.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <numbers>
#include <random>

using namespace core;

class TestRleEllipse : public QObject
{
    Q_OBJECT

private:
    /// Pixel by pixel: the centre is turned back and looked up.
    static bool isInside(const Ellipse &e, int x, int y)
    {
        const double angle = e.degrees * std::numbers::pi / 180;
        const double u = x + 0.5 - e.x, v = y + 0.5 - e.y;
        const double along = (u * std::cos(angle) + v * std::sin(angle)) / e.radiusX;
        const double across = (v * std::cos(angle) - u * std::sin(angle)) / e.radiusY;
        return along * along + across * across <= 1;
    }

private Q_SLOTS:
    void byHand()
    {
        // Of the centres of 4 x 4 pixels those of the corners lie 2.12 away, the others at
        // most 1.6.
        QVERIFY(rleFromEllipse({2, 2, 2, 2}, {4, 4}) == (Rle{{4, 4}, {1, 2, 1, 8, 1, 2, 1}}));
        // A centre on the border counts.
        QVERIFY(rleFromEllipse({0.5, 0.5, 1, 1e-6}, {3, 1}) == (Rle{{3, 1}, {0, 2, 1}}));
        QVERIFY(rleFromEllipse({-5, 1, 2, 2}, {3, 3}) == (Rle{{3, 3}, {9}}));
    }

    void isThePixelsWhoseCentresLieInside()
    {
        std::mt19937 random(3);
        std::uniform_real_distribution<double> place(-5, 25), radius(0.2, 18), angle(-400, 400);
        for (int round = 0; round < 2000; ++round) {
            const Ellipse e{place(random), place(random), radius(random), radius(random),
                            angle(random)};
            Mask expected({21, 17});
            for (int y = 0; y < 17; ++y)
                for (int x = 0; x < 21; ++x)
                    expected.set(x, y, isInside(e, x, y));
            QVERIFY(rleFromEllipse(e, {21, 17}) == encode(expected));
        }
    }

    void aHugeOneFillsThePicture()
    {
        QVERIFY(rleFromEllipse({0, 0, 1e8, 1e8, 30}, {9, 7}) == (Rle{{9, 7}, {0, 63}}));
    }

    void refused_data()
    {
        QTest::addColumn<double>("value");
        QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN();
        QTest::newRow("infinite") << std::numeric_limits<double>::infinity();
        QTest::newRow("beyond reason") << 1e9;
        QTest::newRow("no radius") << 0.0;
        QTest::newRow("negative radius") << -3.0;
    }
    void refused()
    {
        QFETCH(double, value);
        QVERIFY_THROWS_EXCEPTION(Error, rleFromEllipse({2, 2, value, 2}, {4, 4}));
        QVERIFY_THROWS_EXCEPTION(Error, rleFromEllipse({2, 2, 2, value}, {4, 4}));
    }
};

QTEST_GUILESS_MAIN(TestRleEllipse)
#include "tst_rle_ellipse.moc"
