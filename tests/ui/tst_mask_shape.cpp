// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/mask_shape.h"

#include <QPainter>
#include <QtTest>

#include <random>

using namespace ui;

namespace
{

core::Mask maskOf(std::initializer_list<const char *> rows)
{
    core::Mask mask({int(qstrlen(*rows.begin())), int(rows.size())});
    int y = 0;
    for (const char *row : rows) {
        for (int x = 0; row[x]; ++x)
            mask.set(x, y, row[x] == '#');
        ++y;
    }
    return mask;
}

/// The picture that a shape paints, opaque black on white.
QImage paint(const MaskShape &shape, core::Size size)
{
    QImage image(size.width, size.height, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.drawImage(shape.bounds.topLeft(), shape.image);
    return image;
}

} // namespace

class TestMaskShape : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBlockHasOneRingOfFourCorners()
    {
        const MaskShape shape = makeMaskShape(maskOf({"....", ".##.", ".##."}));
        QCOMPARE(shape.bounds, QRect(1, 1, 2, 2));
        QCOMPARE(shape.area, 4);
        const QList<QPolygonF> rings = shape.outline.toSubpathPolygons();
        QCOMPARE(rings.size(), 1);
        QCOMPARE(rings[0], QPolygonF({{1, 1}, {3, 1}, {3, 3}, {1, 3}, {1, 1}}));
    }

    void aHoleHasARingOfItsOwn()
    {
        const MaskShape shape = makeMaskShape(maskOf({"###", "#.#", "###"}));
        QCOMPARE(shape.outline.toSubpathPolygons().size(), 2);
        QVERIFY(!shape.outline.contains(QPointF(1.5, 1.5)));
        QVERIFY(shape.outline.contains(QPointF(0.5, 0.5)));
    }

    void pixelsThatTouchAtACornerHaveRingsOfTheirOwn()
    {
        QCOMPARE(makeMaskShape(maskOf({"#.", ".#"})).outline.toSubpathPolygons().size(), 2);
        QCOMPARE(makeMaskShape(maskOf({".#", "#."})).outline.toSubpathPolygons().size(), 2);
    }

    void anEmptyMaskIsAnEmptyShape()
    {
        QVERIFY(makeMaskShape(core::Mask({3, 2})).isEmpty());
        QVERIFY(makeMaskShape(core::encode(core::Mask({3, 2}))).isEmpty());
    }

    void maskAndRunLengthsPaintExactlyTheMask()
    {
        std::mt19937 random(1);
        for (int round = 0; round < 50; ++round) {
            core::Mask mask({1 + int(random() % 40), 1 + int(random() % 30)});
            // Crumbs, or blocks that are wider than what is looked at together.
            const int block = round % 2 == 0 ? 1 : 11;
            const unsigned seed = random();
            for (int y = 0; y < mask.size.height; ++y)
                for (int x = 0; x < mask.size.width; ++x)
                    mask.set(x, y,
                             std::mt19937(seed + unsigned(x / block + 64 * (y / block)))() % 5 < 2);
            MaskShape shape = makeMaskShape(mask);
            const MaskShape same = makeMaskShape(core::encode(mask));
            QCOMPARE(same.bounds, shape.bounds);
            QCOMPARE(same.area, shape.area);
            QVERIFY(same.image == shape.image && same.outline == shape.outline);
            if (shape.isEmpty())
                continue;
            shape.setColor(Qt::black);
            const QImage painted = paint(shape, mask.size);
            for (int y = 0; y < mask.size.height; ++y) {
                for (int x = 0; x < mask.size.width; ++x) {
                    QCOMPARE(painted.pixel(x, y) == qRgb(0, 0, 0), mask.at(x, y) == 1);
                    QCOMPARE(shape.outline.contains(QPointF(x + 0.5, y + 0.5)), mask.at(x, y) == 1);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestMaskShape)
#include "tst_mask_shape.moc"
