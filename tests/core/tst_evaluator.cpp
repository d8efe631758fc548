// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/segmentation/evaluator.h"
#include "core/segmentation/fake_segmenter.h"

#include <QtTest>

#include <cmath>

using core::Mask;

/// Knows the target and paints it, all but as many columns as there are clicks left.
class LearningSegmenter : public core::FakeSegmenter
{
public:
    explicit LearningSegmenter(const Mask &target) : m_target(target) {}

    std::vector<core::MaskCandidate> decode(const core::ImageEmbedding &,
                                            const core::Prompt &prompt) override
    {
        m_prompts.push_back(prompt);
        Mask mask = m_target;
        const int missing = prompt.box ? 0 : 4 - int(prompt.points.size());
        for (int y = 0; y < mask.size.height; ++y) {
            for (int x = 0; x < missing * 10; ++x)
                mask.set(x, y, false);
        }
        core::MaskCandidate good{mask, {{1, 1}, {float(prompt.points.size())}}, 0.6f, 1};
        core::MaskCandidate bad{Mask(mask.size), {{1, 1}, {-1}}, 0.9f, 1};
        core::MaskCandidate perfect{m_target, {{1, 1}, {-2}}, 0.1f, 1};
        if (prompt.multimaskOutput())
            return {bad, good, perfect};
        return {good};
    }

    std::vector<core::Prompt> m_prompts;

private:
    Mask m_target;
};

class TestEvaluator : public QObject
{
    Q_OBJECT

    static bool near(double a, double b) { return std::abs(a - b) < 1e-9; }

private Q_SLOTS:
    void followsTheProtocol()
    {
        const core::Image image({40, 20});
        Mask target(image.size);
        std::fill(target.pixels.begin(), target.pixels.end(), 1);
        LearningSegmenter segmenter(target);
        core::Evaluator evaluator(segmenter);
        evaluator.add(image.view(), std::span(&target, 1));
        const core::EvaluationScores scores = evaluator.scores();

        QCOMPARE(scores.images, 1);
        QCOMPARE(scores.targets, 1);
        QCOMPARE(scores.boxIou, 1.0);
        QCOMPARE(scores.firstClickSingleIou, 0.25);
        QCOMPARE(scores.firstClickOracleIou, 1.0);
        // The empty mask had the highest predicted IoU, so the first click yields nothing.
        const double expected[] = {0, 0.5, 0.75, 1, 1, 1, 1, 1, 1, 1};
        for (std::size_t i = 0; i < scores.clickIou.size(); ++i)
            QVERIFY2(near(scores.clickIou[i], expected[i]), qPrintable(QString::number(i)));
        QCOMPARE(scores.clicksTo85, 4.0);
        QCOMPARE(scores.clicksTo90, 4.0);
        QCOMPARE(scores.missed90, 0);

        // Box; first click as single and as three; three more clicks; then nothing is wrong any
        // more.
        const auto &prompts = segmenter.m_prompts;
        QCOMPARE(int(prompts.size()), 1 + 2 + 3);
        QVERIFY((prompts[0].box == core::Box{0, 0, 39, 19}));
        QVERIFY(!prompts[0].multimaskOutput());
        QVERIFY(!prompts[1].multimaskOutput() && prompts[2].multimaskOutput());
        QVERIFY(prompts[1].points == prompts[2].points);
        QVERIFY((prompts[2].points ==
                 std::vector<core::PointPrompt>{{{9, 9}, core::PointLabel::Foreground}}));
        QVERIFY(!prompts[2].previous);
        QVERIFY(!prompts[3].multimaskOutput());
        QCOMPARE(prompts[3].previous->values.front(), -1.f); // of the one that was taken
        QCOMPARE(prompts[4].previous->values.front(), 2.f);
        QCOMPARE(int(prompts[5].points.size()), 4);
    }

    void withoutCarriedLogitsEveryClickIsAskedAnew()
    {
        const core::Image image({40, 20});
        Mask target(image.size);
        std::fill(target.pixels.begin(), target.pixels.end(), 1);
        LearningSegmenter segmenter(target);
        core::Evaluator evaluator(segmenter, {.carryLogits = false});
        evaluator.add(image.view(), std::span(&target, 1));
        QCOMPARE(int(segmenter.m_prompts.size()), 1 + 2 + 3);
        for (const core::Prompt &prompt : segmenter.m_prompts)
            QVERIFY(!prompt.previous);
        QCOMPARE(evaluator.scores().clicksTo85, 4.0);
    }

    /// The fake's disc is an eighth of what it sees: too large for a small target, but for the one
    /// who looks closer.
    void smallTargetsGainFromAFocus()
    {
        const core::Image image({800, 600});
        Mask small(image.size), large(image.size);
        for (int y = 0; y < 600; ++y) {
            for (int x = 0; x < 800; ++x) {
                small.set(x, y, std::hypot(x - 400, y - 300) <= 10);
                large.set(x, y, std::hypot(x - 400, y - 300) <= 75);
            }
        }
        const std::vector<Mask> targets{small, large};
        const auto measure = [&](core::EvaluationOptions options) {
            core::FakeSegmenter segmenter;
            core::Evaluator evaluator(segmenter, options);
            evaluator.add(image.view(), targets);
            return evaluator.scores();
        };
        QCOMPARE(measure({}).targets, 2);
        const core::EvaluationScores whole = measure({.smallOnly = true});
        const core::EvaluationScores closer = measure({.focus = true, .smallOnly = true});
        QCOMPARE(whole.targets, 1);
        QCOMPARE(closer.targets, 1);
        QVERIFY(whole.clickIou[0] < 0.1);
        QVERIFY(closer.clickIou[0] > 0.3);
    }

    void modelsThatGainLookCloser()
    {
        class Gaining : public core::FakeSegmenter
        {
        public:
            Gaining() : m_info(FakeSegmenter::info()) { m_info.gainsByLookingCloser = true; }
            const core::SegmenterInfo &info() const override { return m_info; }

        private:
            core::SegmenterInfo m_info;
        };
        const core::Image image({400, 300});
        Mask target(image.size);
        for (int y = 0; y < 300; ++y) {
            for (int x = 0; x < 400; ++x)
                target.set(x, y, x >= 180 && x < 230 && y >= 140 && y < 190);
        }
        const auto looks = [&](core::EvaluationOptions options) {
            Gaining segmenter;
            core::Evaluator evaluator(segmenter, options);
            evaluator.add(image.view(), std::span(&target, 1));
            return evaluator.scores().closerLooks;
        };
        QVERIFY(looks({}) >= 2); // for the box and the clicks
        QCOMPARE(looks({.lookCloser = false}), 0.0);
        QCOMPARE(looks({.focus = true}), 0.0); // it is seen closely as it is
    }

    void aTargetNeverReachedCountsAllClicks()
    {
        const core::Image image({64, 64});
        Mask target(image.size);
        for (int i = 0; i < 64; ++i)
            target.set(i, i); // a diagonal that discs cannot follow
        core::FakeSegmenter segmenter;
        core::Evaluator evaluator(segmenter);
        evaluator.add(image.view(), std::span(&target, 1));
        QCOMPARE(evaluator.scores().clicksTo85, double(core::evaluationClicks));
        QCOMPARE(evaluator.scores().missed85, 1);
    }

    void discsAreFoundByOneClickAndMeansAreMeans()
    {
        const core::Image image({160, 160});
        Mask disc(image.size), strip(image.size);
        for (int y = 0; y < 160; ++y) {
            for (int x = 0; x < 160; ++x) {
                disc.set(x, y, std::hypot(x - 50, y - 80) <= 20);
                strip.set(x, y, x >= 20 && x < 60 && y >= 20 && y < 60);
            }
        }
        core::FakeSegmenter segmenter;
        core::Evaluator evaluator(segmenter);
        const std::vector<Mask> targets{disc, strip, Mask(image.size)};
        evaluator.add(image.view(), targets);
        const core::EvaluationScores scores = evaluator.scores();
        QCOMPARE(scores.targets, 2); // the empty one is no target
        QVERIFY(scores.clickIou[0] > 0.85 && scores.clickIou[0] < 1);
        int shown = 0;
        for (std::size_t i = 0; i < scores.reliability.size(); ++i) {
            const auto &bin = scores.reliability[i];
            shown += bin.masks;
            QVERIFY(bin.masks == 0 || (bin.predictedIou >= 0.2 * double(i) && bin.trueIou <= 1));
        }
        QVERIFY(shown >= 4); // two boxes, two first clicks and what was corrected
        QVERIFY(near(scores.boxIou,
                     (1257 / 1681.0 + 1) / 2)); // the disc in its box; the square is its box
    }

    void stops()
    {
        const core::Image image({64, 64});
        Mask target(image.size);
        target.set(30, 30);
        core::FakeSegmenter segmenter;
        core::Evaluator evaluator(segmenter);
        std::stop_source source;
        source.request_stop();
        try {
            evaluator.add(image.view(), std::span(&target, 1), source.get_token());
            QFAIL("was not stopped");
        } catch (const core::Error &error) {
            QCOMPARE(error.kind(), core::ErrorKind::Cancelled);
        }
    }
};

QTEST_APPLESS_MAIN(TestEvaluator)
#include "tst_evaluator.moc"
