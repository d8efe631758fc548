// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/focus.h"

#include "core/segmentation/fake_segmenter.h"

#include <QtTest>

#include <cmath>

using namespace core;

class TestFocus : public QObject
{
    Q_OBJECT

private:
    static constexpr Size picture{400, 300};
    static bool holds(const PixelRect &outer, const PixelRect &inner)
    {
        return outer.x <= inner.x && outer.y <= inner.y &&
               outer.x + outer.width >= inner.x + inner.width &&
               outer.y + outer.height >= inner.y + inner.height;
    }

private Q_SLOTS:
    void theWindowHoldsTheObjectAndStaysInThePicture_data()
    {
        QTest::addColumn<QRect>("object");
        QTest::addColumn<QRect>("window");
        QTest::newRow("in the middle") << QRect(180, 140, 40, 20) << QRect(160, 110, 80, 80);
        QTest::newRow("tiny: no less than the least side")
            << QRect(200, 150, 4, 4) << QRect(178, 128, 48, 48);
        QTest::newRow("in a corner: moved inside") << QRect(0, 0, 40, 40) << QRect(0, 0, 80, 80);
        QTest::newRow("at the far corner") << QRect(360, 260, 40, 40) << QRect(320, 220, 80, 80);
        QTest::newRow("large: cut to the picture")
            << QRect(100, 50, 180, 180) << QRect(10, 0, 360, 300);
    }
    void theWindowHoldsTheObjectAndStaysInThePicture()
    {
        QFETCH(const QRect, object);
        QFETCH(const QRect, window);
        const PixelRect found = focusWindow({double(object.left()), double(object.top()),
                                             double(object.right()), double(object.bottom())},
                                            picture);
        QCOMPARE(QRect(found.x, found.y, found.width, found.height), window);
        QVERIFY(holds(found, {object.x(), object.y(), object.width(), object.height()}));
    }

    void aPartOfThePictureIsWholePixelsInside()
    {
        QVERIFY((windowOf({10.2, 20.7, 30.4, 40.6}, picture) == PixelRect{10, 21, 21, 21}));
        QVERIFY((windowOf({-50, -50, 1000, 1000}, picture) == wholeWindow(picture)));
        QVERIFY(windowOf({500, 10, 600, 20}, picture).isEmpty());
    }

    void smallObjectsOfLargePicturesAreWorthIt()
    {
        const InputGeometry geometry{{4000, 3000}, {1024, 768}, {1024, 1024}};
        const Size logits{256, 256}; // a cell is 15.6 pixels
        QVERIFY(isWorthFocus({1000, 1000, 1100, 1400}, geometry, logits));
        QVERIFY(!isWorthFocus({1000, 1000, 1300, 1400}, geometry, logits)); // over sixteen cells
        // Small on the grid, but as long as the picture: nothing to gain.
        QVERIFY(!isWorthFocus({0, 1000, 3000, 1100}, geometry, logits));
        QCOMPARE(focusGain({0, 0, 500, 400}, {4000, 3000}), 8.0);
    }

    void promptsMoveIntoTheWindowAndWhatLiesOutsideIsLeftOut()
    {
        const PixelRect window{100, 50, 80, 60};
        const Prompt prompt{{{{110, 60}, PointLabel::Foreground},
                             {{99.4, 60}, PointLabel::Background},
                             {{179.4, 109.4}, PointLabel::Background}},
                            Box{90, 60, 150, 300},
                            LowResLogits{{1, 1}, {3}},
                            MaskOutput::Single};
        const Prompt moved = toWindow(window, prompt);
        QCOMPARE(moved.points.size(), std::size_t(2));
        QVERIFY((moved.points[0].position == ImagePoint{10, 10}));
        QCOMPARE(moved.points[1].label, PointLabel::Background);
        QVERIFY((moved.box == Box{0, 10, 50, 59}));
        QVERIFY(moved.previous == prompt.previous);
        QCOMPARE(moved.output, MaskOutput::Single);
        QVERIFY(!toWindow(window, Box{0, 0, 20, 20}));
    }

    /// The fake's discs are an eighth of what it sees: in the window they are the window's.
    void answersComeBackInThePicturesFrame()
    {
        FakeSegmenter segmenter;
        Image image(picture);
        image.row(130)[200 * 3] = 77;
        const PixelRect window{160, 110, 80, 80};
        const ImageView view = image.view().part(window);
        QCOMPARE(int(view.row(20)[40 * 3]), 77);
        const FocusedEmbedding focused{segmenter.encode(view), window, picture};
        const auto candidates = decode(
            segmenter, focused, {{{{200, 150}, PointLabel::Foreground}}, {}, {}, MaskOutput::Auto});
        QCOMPARE(candidates.size(), std::size_t(3));
        const Mask &mask = candidates[0].mask;
        QVERIFY(mask.size == picture);
        for (int y = 0; y < picture.height; ++y) {
            for (int x = 0; x < picture.width; ++x)
                QCOMPARE(bool(mask.at(x, y)), std::hypot(x - 200, y - 150) <= 10);
        }
    }

    void aWholeViewIsThePlainDecode()
    {
        FakeSegmenter segmenter;
        const Image image(picture);
        const FocusedEmbedding whole = wholeView(segmenter.encode(image.view()));
        QVERIFY(whole.isWhole());
        const Prompt prompt{{{{200, 150}, PointLabel::Foreground}}, {}, {}, MaskOutput::Single};
        QVERIFY(decode(segmenter, whole, prompt)[0].mask ==
                segmenter.decode(*whole.embedding, prompt)[0].mask);
    }
};

QTEST_APPLESS_MAIN(TestFocus)
#include "tst_focus.moc"
