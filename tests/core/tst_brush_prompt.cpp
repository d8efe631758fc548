// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/brush_prompt.h"

#include <QtTest>

#include <cmath>

using core::BrushStroke;
using core::ImagePoint;

class TestBrushPrompt : public QObject
{
    Q_OBJECT

    const core::InputGeometry m_geometry{{1800, 1200}, {1024, 683}, {1024, 1024}};
    const core::Size m_logits{256, 256};

    static std::vector<ImagePoint> denser(const std::vector<ImagePoint> &path, int times)
    {
        std::vector<ImagePoint> dense{path.front()};
        for (std::size_t i = 1; i < path.size(); ++i) {
            for (int k = 1; k <= times; ++k) {
                const double t = double(k) / times;
                dense.push_back({path[i - 1].x + t * (path[i].x - path[i - 1].x),
                                 path[i - 1].y + t * (path[i].y - path[i - 1].y)});
            }
        }
        return dense;
    }

    core::Prompt prompt(const std::vector<ImagePoint> &path, double radius) const
    {
        return core::brushPrompt({path, radius, core::PointLabel::Foreground}, m_geometry,
                                 m_logits);
    }

private Q_SLOTS:
    void samplingDoesNotMatter_data()
    {
        QTest::addColumn<QList<double>>("coordinates");
        QTest::newRow("horizontal") << QList<double>{100, 200, 900, 200};
        QTest::newRow("vertical on half pixels") << QList<double>{300.5, 100.5, 300.5, 1000.5};
        QTest::newRow("diagonal") << QList<double>{10, 10, 510, 510};
        QTest::newRow("slanting, fractions") << QList<double>{12.34, 56.78, 901.23, 456.7};
        QTest::newRow("zigzag") << QList<double>{100, 100, 200, 300, 300, 100, 400, 300, 500, 100};
        QTest::newRow("there and back") << QList<double>{100, 600, 700, 600, 100, 600};
        QTest::newRow("short") << QList<double>{100, 100, 103, 101};
        QTest::newRow("a dab") << QList<double>{640, 480};
        QTest::newRow("a dab held still") << QList<double>{640, 480, 640, 480, 640, 480};
        QTest::newRow("over the picture's border") << QList<double>{-50, -20, 1900, 1300};
        QList<double> spiral;
        for (int i = 0; i < 60; ++i)
            spiral << 900 + i * 7 * std::cos(i * 0.3) << 600 + i * 7 * std::sin(i * 0.3);
        QTest::newRow("spiral") << spiral;
    }
    void samplingDoesNotMatter()
    {
        QFETCH(QList<double>, coordinates);
        std::vector<ImagePoint> path;
        for (qsizetype i = 0; i < coordinates.size(); i += 2)
            path.push_back({coordinates[i], coordinates[i + 1]});
        for (const double radius : {0.5, 2.0, 12.0, 40.0, 150.0}) {
            const core::Prompt sparse = prompt(path, radius);
            for (const int times : {2, 3, 7, 10, 100})
                QVERIFY(prompt(denser(path, times), radius) == sparse);
        }
    }

    void pointsAreSpreadAlongTheStroke()
    {
        const core::Prompt answer = prompt({{100, 200}, {1100, 200}}, 20);
        QCOMPARE(int(answer.points.size()), core::maxBrushPoints);
        std::vector<double> xs;
        for (const auto &point : answer.points) {
            QCOMPARE(point.position.y, 200.0);
            xs.push_back(point.position.x);
        }
        QCOMPARE(xs, (std::vector<double>{200, 400, 600, 800, 1000}));
    }

    void aDabIsOnePoint()
    {
        const core::Prompt answer = prompt({{640, 480}}, 20);
        QCOMPARE(int(answer.points.size()), 1);
        QVERIFY((answer.points[0].position == ImagePoint{640, 480}));
    }

    void pointsStayInsideThePicture()
    {
        for (const auto &point : prompt({{-500, -500}, {5000, 5000}}, 10).points) {
            QVERIFY(point.position.x >= 0 && point.position.x <= 1799);
            QVERIFY(point.position.y >= 0 && point.position.y <= 1199);
        }
    }

    void thePriorIsWhatWasPainted()
    {
        const core::Prompt answer = prompt({{450, 300}, {1350, 300}}, 100);
        QVERIFY(answer.previous && answer.previous->size == m_logits);
        const auto isOn = [&](double x, double y) {
            const auto cell = [](double position) {
                return std::size_t(position * 1024 / 1800 / 4);
            };
            return answer.previous->values[cell(y) * 256 + cell(x)] > 0;
        };
        QVERIFY(isOn(450, 300) && isOn(900, 300) && isOn(1350, 300));
        QVERIFY(isOn(900, 210) && isOn(900, 390) && isOn(360, 300)); // within the radius
        QVERIFY(!isOn(900, 185) && !isOn(900, 415) && !isOn(335, 300));
        QVERIFY(!isOn(365, 215)); // the ends are round
    }

    void aThinStrokeStillPaints()
    {
        const core::Prompt answer = prompt({{450, 300}, {1350, 300}}, 0.1);
        const auto &values = answer.previous->values;
        QVERIFY(std::count_if(values.begin(), values.end(), [](float v) { return v > 0; }) >= 128);
    }

    void aBackgroundStrokeHasPointsAlone()
    {
        const core::Prompt answer = core::brushPrompt(
            {{{450, 300}, {1350, 300}}, 10, core::PointLabel::Background}, m_geometry, m_logits);
        QVERIFY(!answer.previous);
        QCOMPARE(answer.points[0].label, core::PointLabel::Background);
    }
};

QTEST_APPLESS_MAIN(TestBrushPrompt)
#include "tst_brush_prompt.moc"
