// SPDX-License-Identifier: Apache-2.0
#include "core/image/edge_paths.h"

#include <QtTest>

#include <cmath>

using Pixel = core::EdgePaths::Pixel;

class TestEdgePaths : public QObject
{
    Q_OBJECT

private:
    static constexpr core::Size size{120, 100};
    static constexpr double centerX = 60, centerY = 50, radius = 35;

    /// A grey disc on a darker ground.
    static core::Image disc()
    {
        core::Image image(size);
        for (int y = 0; y < size.height; ++y) {
            for (int x = 0; x < size.width; ++x) {
                const bool inside = std::hypot(x - centerX, y - centerY) < radius;
                std::fill_n(image.row(y) + 3 * x, 3, std::uint8_t(inside ? 180 : 60));
            }
        }
        return image;
    }
    static Pixel onCircle(double degrees)
    {
        const double angle = degrees * M_PI / 180;
        return {int(std::lround(centerX + radius * std::cos(angle))),
                int(std::lround(centerY + radius * std::sin(angle)))};
    }

private Q_SLOTS:
    void thePathFollowsTheEdgeInsteadOfTheChord()
    {
        const core::EdgePaths paths(disc().view(), onCircle(180));
        const std::vector<Pixel> path = paths.to(onCircle(290));
        QCOMPARE(path.front(), onCircle(180));
        QCOMPARE(path.back(), onCircle(290));
        QVERIFY(path.size() > 40); // 67 pixels of arc, of which diagonal steps save some
        for (const Pixel p : path)
            QVERIFY2(std::abs(std::hypot(p.x - centerX, p.y - centerY) - radius) < 3,
                     qPrintable(QStringLiteral("%1, %2 lies off the edge").arg(p.x).arg(p.y)));
    }

    void eachPixelIsANeighbourOfTheLast()
    {
        const core::EdgePaths paths(disc().view(), {3, 4});
        for (const Pixel target : {Pixel{0, 0}, Pixel{119, 99}, Pixel{60, 50}, Pixel{119, 0}}) {
            const std::vector<Pixel> path = paths.to(target);
            QCOMPARE(path.front(), (Pixel{3, 4}));
            QCOMPARE(path.back(), target);
            for (std::size_t i = 1; i < path.size(); ++i) {
                QVERIFY(std::abs(path[i].x - path[i - 1].x) <= 1);
                QVERIFY(std::abs(path[i].y - path[i - 1].y) <= 1);
            }
        }
    }

    void theWayToTheAnchorItselfIsTheAnchor()
    {
        const core::EdgePaths paths(disc().view(), {10, 20});
        QCOMPARE(paths.to({10, 20}), std::vector<Pixel>({{10, 20}}));
    }

    void aPictureOfOnePixelHasAWay()
    {
        core::Image dot({1, 1});
        QCOMPARE(core::EdgePaths(dot.view(), {0, 0}).to({0, 0}), std::vector<Pixel>({{0, 0}}));
    }
};

QTEST_GUILESS_MAIN(TestEdgePaths)
#include "tst_edge_paths.moc"
