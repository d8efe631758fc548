// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/prompted_components.h"

#include <QtTest>

using core::LowResLogits;
using core::Prompt;

namespace
{

/// 6 x 3 cells of 10 x 10 pixels: one part at the left (2 cells), one in the middle, one at the
/// right.
const LowResLogits threeParts{{6, 3},
                              {1, -1, -1, -1, -1, -1, //
                               2, -1, 3, -1, -1, -1,  //
                               -1, -1, -1, -1, -1, 4}};
const core::InputGeometry sameSize{{60, 30}, {60, 30}, {60, 30}};

} // namespace

class TestPromptedComponents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theClickedPartStaysAndTheOthersChangeSign()
    {
        LowResLogits logits = threeParts;
        core::keepPromptedComponents(logits, sameSize, pointAt(55, 25));
        LowResLogits expected = threeParts;
        expected.values[0] = -1;
        expected.values[6] = -2;
        expected.values[8] = -3;
        QVERIFY(logits == expected);
    }

    void partsThatTouchAtACornerAreOne()
    {
        LowResLogits logits{{3, 3}, {1, -1, -1, -1, 1, -1, -1, -1, 1}};
        const LowResLogits before = logits;
        core::keepPromptedComponents(logits, {{3, 3}, {3, 3}, {3, 3}}, pointAt(0, 0));
        QVERIFY(logits == before);
    }

    void whatThePreviousAnswerHadStays()
    {
        LowResLogits logits = threeParts;
        Prompt prompt = pointAt(55, 25);
        prompt.previous = LowResLogits{{6, 3}, std::vector<float>(18, -5.0f)};
        prompt.previous->values[8] = 5;
        core::keepPromptedComponents(logits, sameSize, prompt);
        QCOMPARE(logits.values[8], 3.0f);
        QCOMPARE(logits.values[17], 4.0f);
        QCOMPARE(logits.values[0], -1.0f);
    }

    void aBoxKeepsWhatLiesInIt()
    {
        LowResLogits logits = threeParts;
        Prompt prompt;
        prompt.box = core::Box{5, 0, 28, 29};
        core::keepPromptedComponents(logits, sameSize, prompt);
        QCOMPARE(logits.values[0], 1.0f);
        QCOMPARE(logits.values[8], 3.0f);
        QCOMPARE(logits.values[17], -4.0f);
    }

    void nothingIsDroppedWhenThePromptMeetsNoPart()
    {
        LowResLogits logits = threeParts;
        core::keepPromptedComponents(logits, sameSize, pointAt(45, 2));
        QVERIFY(logits == threeParts);
    }

    void backgroundPointsKeepNothing()
    {
        LowResLogits logits = threeParts;
        Prompt prompt = pointAt(55, 25);
        prompt.points.push_back({{5, 5}, core::PointLabel::Background});
        core::keepPromptedComponents(logits, sameSize, prompt);
        QCOMPARE(logits.values[0], -1.0f);
    }

private:
    static Prompt pointAt(double x, double y)
    {
        Prompt prompt;
        prompt.points.push_back({{x, y}, core::PointLabel::Foreground});
        return prompt;
    }
};

QTEST_APPLESS_MAIN(TestPromptedComponents)
#include "tst_prompted_components.moc"
