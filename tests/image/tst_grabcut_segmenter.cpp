// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/image/grabcut_segmenter.h"
#include "core/mask/mask_measure.h"

#include <QtTest>

#include <cmath>

using core::Mask;

class TestGrabCutSegmenter : public QObject
{
    Q_OBJECT

    core::Image m_image{core::Size{120, 90}};
    Mask m_disc{m_image.size};

private Q_SLOTS:
    void initTestCase()
    {
        for (int y = 0; y < 90; ++y) {
            for (int x = 0; x < 120; ++x) {
                const bool inside = std::hypot(x - 60, y - 40) < 25;
                m_disc.set(x, y, inside);
                std::uint8_t *pixel = m_image.row(y) + x * 3;
                const int grain = (x * 7 + y * 13) % 11; // its colour models need some spread
                pixel[0] = std::uint8_t((inside ? 200 : 40) + grain);
                pixel[1] = std::uint8_t(60 + grain);
                pixel[2] = std::uint8_t((inside ? 30 : 150) + grain);
            }
        }
    }

    void cutsOutWhatIsOfAnotherColour_data()
    {
        QTest::addColumn<bool>("byBox");
        QTest::newRow("by a box") << true;
        QTest::newRow("by a click inside and one outside") << false;
    }
    void cutsOutWhatIsOfAnotherColour()
    {
        QFETCH(bool, byBox);
        core::Prompt prompt;
        if (byBox)
            prompt.box = core::Box{30, 10, 90, 70};
        else
            prompt.points = {{{60, 40}, core::PointLabel::Foreground},
                             {{5, 5}, core::PointLabel::Background}};
        core::GrabCutSegmenter segmenter;
        const auto embedding = segmenter.encode(m_image.view());
        const auto first = segmenter.decode(*embedding, prompt);
        QCOMPARE(int(first.size()), 1);
        QVERIFY(core::iou(first[0].mask, m_disc) > 0.95);
        QVERIFY(segmenter.decode(*embedding, prompt)[0].mask == first[0].mask);

        prompt.previous = first[0].logits;
        QVERIFY(core::iou(segmenter.decode(*embedding, prompt)[0].mask, m_disc) > 0.95);
    }

    void survivesPromptsThatSayNothing()
    {
        core::GrabCutSegmenter segmenter;
        const core::Image tiny({1, 1});
        const auto embedding = segmenter.encode(tiny.view());
        core::Prompt prompt;
        prompt.points = {{{0, 0}, core::PointLabel::Foreground}};
        QCOMPARE(core::area(segmenter.decode(*embedding, prompt)[0].mask), 1);
        prompt.points[0].label = core::PointLabel::Background;
        QCOMPARE(core::area(segmenter.decode(*embedding, prompt)[0].mask), 0);
        prompt.box = core::Box{-50, -50, -20, -20};
        QCOMPARE(core::area(segmenter.decode(*embedding, prompt)[0].mask), 0);
    }

    void refusesLogitsOfAnotherModel()
    {
        core::GrabCutSegmenter segmenter;
        const auto embedding = segmenter.encode(m_image.view());
        core::Prompt prompt;
        prompt.previous = core::LowResLogits{{2, 2}, {1, 1, 1, 1}};
        QVERIFY_EXCEPTION_THROWN(segmenter.decode(*embedding, prompt), core::Error);
    }
};

QTEST_APPLESS_MAIN(TestGrabCutSegmenter)
#include "tst_grabcut_segmenter.moc"
