// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/local_change.h"

#include "core/mask/mask.h"
#include "core/mask/rle_measure.h"
#include "core/segmentation/prior_logits.h"

#include <QtTest>

using namespace core;

class TestLocalChange : public QObject
{
    Q_OBJECT

private:
    static constexpr Size picture{40, 30};

    static void fill(Mask &mask, QRect block, bool on = true)
    {
        for (int y = block.top(); y <= block.bottom(); ++y) {
            for (int x = block.left(); x <= block.right(); ++x)
                mask.set(x, y, on);
        }
    }
    static PointPrompt click(double x, double y, PointLabel label = PointLabel::Foreground)
    {
        return {{x, y}, label};
    }

private Q_SLOTS:
    void aForegroundClickAddsItsPartAndNothingElse()
    {
        Mask mask(picture), answer(picture);
        fill(mask, {2, 2, 8, 8});
        fill(mask, {30, 20, 4, 4});  // a part of its own that the answer forgot
        fill(answer, {4, 2, 10, 8}); // shifted: 4 columns more on one side, 2 less on the other
        fill(answer, {20, 2, 5, 5}); // something else
        const Rle changed = changeAtClicks(encode(mask), encode(answer), std::array{click(12, 5)});
        Mask expected = mask;
        fill(expected, {10, 2, 4, 8});
        QVERIFY(changed == encode(expected));
    }

    void aBackgroundClickRemovesItsPartAndNothingElse()
    {
        Mask mask(picture), answer(picture);
        fill(mask, {2, 2, 20, 8});
        fill(mask, {30, 20, 4, 4});
        fill(answer, {2, 2, 12, 8}); // without the right end, nor the part apart
        const Rle changed = changeAtClicks(encode(mask), encode(answer),
                                           std::array{click(20, 5, PointLabel::Background)});
        Mask expected = mask;
        fill(expected, {14, 2, 8, 8}, false);
        QVERIFY(changed == encode(expected));
    }

    void aClickThatTheAnswerDoesNotFollowChangesNothing()
    {
        Mask mask(picture), answer(picture);
        fill(mask, {2, 2, 8, 8});
        fill(answer, {4, 4, 20, 20});
        const Rle before = encode(mask);
        QVERIFY(changeAtClicks(before, encode(answer), std::array{click(35, 2)}) == before);
        QVERIFY(changeAtClicks(before, encode(answer), std::array{click(-4, 99)}) == before);
        QVERIFY(changeAtClicks(before, encode(answer), {}) == before);
    }

    void severalClicksAddAndRemove()
    {
        Mask mask(picture), answer(picture);
        fill(mask, {10, 10, 10, 10});
        fill(answer, {14, 10, 10, 10});
        const std::array clicks{click(22, 12), click(11, 12, PointLabel::Background)};
        QVERIFY(changeAtClicks(encode(mask), encode(answer), clicks) == encode(answer));
    }

    void theSupportingPointIsDeepInTheMaskAndApartFromTheClicks()
    {
        const InputGeometry geometry{{400, 300}, {200, 150}, {200, 200}};
        Mask mask(geometry.original);
        for (int y = 100; y < 200; ++y)
            std::fill_n(mask.row(y) + 40, 320, std::uint8_t(1));
        const LowResLogits prior = priorLogits(mask, geometry, {50, 50});
        const auto point = supportingPoint(prior, geometry, std::array{click(300, 150)});
        QVERIFY(point && point->label == PointLabel::Foreground);
        QVERIFY(std::hypot(point->position.x - 300, point->position.y - 150) > 50);
        QVERIFY(std::abs(point->position.y - 150) <= 8); // the middle, to a cell
        QVERIFY(mask.at(int(point->position.x), int(point->position.y)));

        const LowResLogits none = priorLogits(Mask(geometry.original), geometry, {50, 50});
        QVERIFY(!supportingPoint(none, geometry, {}));
    }
};

QTEST_APPLESS_MAIN(TestLocalChange)
#include "tst_local_change.moc"
