// SPDX-License-Identifier: Apache-2.0
#include "core/mask/stroke_raster.h"

#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"

#include <QtTest>

#include <cmath>
#include <random>

using namespace core;
using Way = std::vector<ImagePoint>;

class TestStrokeRaster : public QObject
{
    Q_OBJECT

private:
    static Rle stroke(const Way &way, double radius, Size size)
    {
        StrokeRaster raster(size, radius);
        for (const ImagePoint position : way)
            raster.extendTo(position);
        return raster.toRle();
    }

    static double distance(ImagePoint p, ImagePoint a, ImagePoint b)
    {
        const double dx = b.x - a.x, dy = b.y - a.y, squared = dx * dx + dy * dy;
        const double t =
            squared == 0 ? 0
                         : std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / squared, 0.0, 1.0);
        return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
    }

    /// Asks every pixel of the picture.
    static Rle byDistance(const Way &way, double radius, Size size)
    {
        Mask mask(size);
        for (int y = 0; y < size.height; ++y) {
            for (int x = 0; x < size.width; ++x) {
                for (std::size_t i = 0; i < way.size(); ++i) {
                    const ImagePoint p{double(x), double(y)};
                    if (distance(p, way[i == 0 ? 0 : i - 1], way[i]) <= radius + 1e-9)
                        mask.set(x, y);
                }
            }
        }
        return encode(mask);
    }

    static Way sampledMoreOften(const Way &way, int times)
    {
        Way dense{way.front()};
        for (std::size_t i = 1; i < way.size(); ++i) {
            for (int step = 1; step <= times; ++step) {
                const double t = double(step) / times;
                dense.push_back(step == times
                                    ? way[i]
                                    : ImagePoint{way[i - 1].x + t * (way[i].x - way[i - 1].x),
                                                 way[i - 1].y + t * (way[i].y - way[i - 1].y)});
            }
        }
        return dense;
    }

    /// Whole, half and odd positions, some of them outside the picture.
    static Way randomWay(std::mt19937 &random, Size size)
    {
        const int grid = std::array{1, 2, 7, 1000}[random() % 4];
        const auto position = [&](int limit) {
            const int steps = (limit + 20) * grid;
            return double(random() % unsigned(steps)) / grid - 10;
        };
        Way way(1 + random() % 6);
        for (ImagePoint &p : way)
            p = {position(size.width), position(size.height)};
        return way;
    }

private Q_SLOTS:
    void aTouchIsADisc()
    {
        // 5 x 5, radius 1 around the middle: a plus
        QVERIFY(stroke({{2, 2}}, 1, {5, 5}) == (Rle{{5, 5}, {7, 1, 3, 3, 3, 1, 7}}));
        QCOMPARE(area(stroke({{2, 2}}, 1.5, {5, 5})), 9);
    }

    void theThinnestBrushPaintsThePixelItIsOn()
    {
        for (const ImagePoint p : {ImagePoint{2, 1}, {1.51, 1.49}, {2.49, 0.51}})
            QVERIFY(stroke({p}, 0.5, {5, 3}) == (Rle{{5, 3}, {7, 1, 7}}));
    }

    void theThinnestLineIsOnePixelWide()
    {
        // a flat one has one pixel in every column, a steep one in every row
        const Rle flat = stroke({{0, 3.3}, {19, 8.9}}, 0.5, {20, 20});
        QCOMPARE(area(flat), 20);
        QVERIFY(boundingBox(flat) == (PixelRect{0, 3, 20, 7}));
        const Rle steep = stroke({{3.3, 0}, {8.9, 19}}, 0.5, {20, 20});
        QCOMPARE(area(steep), 20);
        QCOMPARE(area(stroke({{0, 0}, {19, 19}}, 0.5, {20, 20})), 20);
        QCOMPARE(area(stroke({{0, 0.5}, {18.5, 19}}, 0.5, {20, 20})), 19);
    }

    void hasAllCentresWithinTheRadius_data()
    {
        QTest::addColumn<double>("radius");
        for (const double radius : {0.75, 1.0, 1.5, 2.0, 3.7, 5.0, 12.0})
            QTest::newRow(QByteArray::number(radius)) << radius;
    }

    void hasAllCentresWithinTheRadius()
    {
        QFETCH(double, radius);
        std::mt19937 random(7);
        for (int round = 0; round < 300; ++round) {
            const Size size{1 + int(random() % 50), 1 + int(random() % 40)};
            const Way way = randomWay(random, size);
            QVERIFY(stroke(way, radius, size) == byDistance(way, radius, size));
        }
    }

    void dependsOnTheWayAndNotOnItsSampling_data()
    {
        QTest::addColumn<double>("radius");
        for (const double radius : {0.3, 0.5, 0.6, 1.0, 2.5, 8.0})
            QTest::newRow(QByteArray::number(radius)) << radius;
    }

    void dependsOnTheWayAndNotOnItsSampling()
    {
        QFETCH(double, radius);
        std::mt19937 random(8);
        for (int round = 0; round < 300; ++round) {
            const Size size{40, 30};
            const Way way = randomWay(random, size);
            const Rle sparse = stroke(way, radius, size);
            QVERIFY(stroke(sampledMoreOften(way, 10), radius, size) == sparse);
            Way back(way.rbegin(), way.rend());
            if (radius >= 0.75) // the thinner ones begin with a pixel and end with another
                QVERIFY(stroke(back, radius, size) == sparse);
        }
    }

    void theThinnestLineHasNoGaps()
    {
        std::mt19937 random(9);
        for (int round = 0; round < 300; ++round) {
            const Size size{40, 30};
            Way way = randomWay(random, size);
            for (ImagePoint &p : way)
                p = {std::clamp(p.x, 0.0, 39.0), std::clamp(p.y, 0.0, 29.0)};
            const Mask line = decode(stroke(way, 0.5, size));
            // what can be reached from its first pixel by steps to the eight neighbours
            Mask reached(size);
            std::vector<std::pair<int, int>> open{
                {int(std::floor(way[0].x + 0.5 + 1e-7)), int(std::floor(way[0].y + 0.5 + 1e-7))}};
            while (!open.empty()) {
                const auto [x, y] = open.back();
                open.pop_back();
                if (x < 0 || y < 0 || x >= size.width || y >= size.height || !line.at(x, y) ||
                    reached.at(x, y))
                    continue;
                reached.set(x, y);
                for (int i = 0; i < 9; ++i)
                    open.emplace_back(x + i % 3 - 1, y + i / 3 - 1);
            }
            QVERIFY(reached == line);
        }
    }

    void columnsAndStepsTellWhatTheMaskIs()
    {
        std::mt19937 random(10);
        for (int round = 0; round < 200; ++round) {
            const Size size{40, 30};
            StrokeRaster raster(size, 0.3 + random() % 6);
            Mask columns(size), inSteps(size);
            for (const ImagePoint position : randomWay(random, size)) {
                const PixelRect step = raster.extendTo(position);
                QVERIFY(raster.steps().back() == step);
                for (int y = step.y; y < step.y + step.height; ++y)
                    std::fill_n(inSteps.row(y) + step.x, step.width, std::uint8_t(1));
            }
            for (int x = 0; x < size.width; ++x) {
                int end = -1;
                for (const StrokeRaster::Stretch &stretch : raster.column(x)) {
                    QVERIFY(stretch.top > end && stretch.top < stretch.bottom);
                    end = stretch.bottom;
                    for (int y = stretch.top; y < stretch.bottom; ++y)
                        columns.set(x, y);
                }
            }
            QVERIFY(encode(columns) == raster.toRle());
            QVERIFY(encode(columns) ==
                    combine(encode(columns), encode(inSteps), SetOperation::Intersection));
        }
    }

    void aStrokeBesideThePictureIsEmpty()
    {
        QCOMPARE(area(stroke({{-50, -50}, {-20, 400}}, 6, {30, 20})), 0);
        QCOMPARE(area(stroke({{1e300, 4}, {1e300, 9}}, 6, {30, 20})), 0);
        QVERIFY(stroke({{-1e9, 10}, {1e9, 10}}, 100, {30, 20}) == (Rle{{30, 20}, {0, 600}}));
    }
};

QTEST_APPLESS_MAIN(TestStrokeRaster)
#include "tst_stroke_raster.moc"
