// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/answer_maker.h"

#include "core/mask/rle_polygon.h"
#include "core/segmentation/fake_segmenter.h"
#include "core/segmentation/mask_postprocessing.h"

#include <QtTest>

#include <algorithm>
#include <array>

using namespace ui;

namespace
{

/// As real models do, it makes its masks of its logits.
class CuttingSegmenter : public core::FakeSegmenter
{
public:
    std::vector<core::MaskCandidate> decode(const core::ImageEmbedding &embedding,
                                            const core::Prompt &prompt) override
    {
        std::vector<core::MaskCandidate> candidates = FakeSegmenter::decode(embedding, prompt);
        for (core::MaskCandidate &candidate : candidates)
            candidate.mask = core::maskFromLogits(candidate.logits, embedding.geometry());
        return candidates;
    }
};

constexpr core::Size picture{320, 240};
constexpr core::PixelRect window{60, 40, 180, 150};

Question clickAt(double x, double y)
{
    Question question;
    question.prompt.points = {{{x, y}, core::PointLabel::Foreground}};
    return question;
}

std::shared_ptr<const core::Rle> block(double left, double top, double right, double bottom)
{
    const std::array xy{left, top, right, top, right, bottom, left, bottom};
    return std::make_shared<const core::Rle>(core::rleFromPolygon(xy, picture));
}

} // namespace

/// A preview is what the click that follows will show.
class TestAnswerMaker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void previewsAreWhatAClickGives_data()
    {
        QTest::addColumn<bool>("isFocused");
        QTest::addColumn<float>("threshold");
        QTest::addColumn<bool>("hasKept");
        QTest::addColumn<bool>("hasStart");
        QTest::addColumn<int>("size"); // -1: none is preferred
        QTest::newRow("of the whole picture") << false << 0.f << false << false << -1;
        QTest::newRow("with a threshold") << false << 3.f << false << false << -1;
        QTest::newRow("above all logits") << false << 100.f << false << false << -1;
        QTest::newRow("the smallest") << false << 0.f << false << false << 0;
        QTest::newRow("the largest") << false << 0.f << false << false << 2;
        QTest::newRow("in a window") << true << 0.f << false << false << -1;
        QTest::newRow("in a window, the largest") << true << -2.f << false << false << 2;
        QTest::newRow("in a window, with what lies outside") << true << 0.f << true << false << -1;
        QTest::newRow("beside a mask that was there") << false << 0.f << false << true << -1;
        QTest::newRow("beside one, in a window") << true << 0.f << true << true << -1;
    }
    void previewsAreWhatAClickGives()
    {
        QFETCH(bool, isFocused);
        QFETCH(float, threshold);
        QFETCH(bool, hasKept);
        QFETCH(bool, hasStart);
        QFETCH(int, size);
        CuttingSegmenter segmenter;
        const core::Image image(isFocused ? core::Size{window.width, window.height} : picture);
        const std::shared_ptr<const core::ImageEmbedding> embedding =
            segmenter.encode(image.view());
        const core::FocusedEmbedding view = isFocused
                                                ? core::FocusedEmbedding{embedding, window, picture}
                                                : core::wholeView(embedding);
        AnswerMaker previews, clicks;
        for (const double x : {120.0, 123.0, 127.0, 170.0}) { // the last one means another object
            Question question = clickAt(x, 110);
            question.prompt.threshold = threshold;
            if (hasKept)
                question.kept = block(10, 10, 90, 200);
            if (hasStart) {
                question.start = block(150, 60, 200, 100);
                question.keepsStart = true;
            }
            if (size >= 0)
                question.preferredSize = core::CandidateSize(size);
            AnswerMaker before = clicks; // that knows what was shown
            const MaskShape preview = previews.preview(segmenter, view, question);
            clicks.preview(segmenter, view, question);
            const std::vector<Candidate> answer = before.answer(segmenter, view, question);
            const auto suggested = std::find_if(answer.begin(), answer.end(),
                                                [](const Candidate &c) { return c.isSuggested; });
            QVERIFY(suggested != answer.end());
            QCOMPARE(preview.bounds, suggested->shape.bounds);
            QCOMPARE(preview.area, suggested->shape.area);
            QVERIFY(preview.image == suggested->shape.image);
            QVERIFY(preview.outline == suggested->shape.outline);
            QCOMPARE(preview.isEmpty(), threshold == 100.f);
        }
    }
};

QTEST_GUILESS_MAIN(TestAnswerMaker)
#include "tst_answer_maker.moc"
