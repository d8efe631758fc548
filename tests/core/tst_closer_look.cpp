// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/closer_look.h"

#include "core/mask/mask_measure.h"
#include "core/segmentation/fake_segmenter.h"

#include <QtTest>

using namespace core;

namespace
{

/// The fake, one that gains by looking closer or not; keeps what it was asked.
class LookingSegmenter : public FakeSegmenter
{
public:
    explicit LookingSegmenter(bool gains = true) : m_info(FakeSegmenter::info())
    {
        m_info.gainsByLookingCloser = gains;
    }
    const SegmenterInfo &info() const override { return m_info; }
    std::vector<MaskCandidate> decode(const ImageEmbedding &embedding,
                                      const Prompt &prompt) override
    {
        asked.push_back({embedding.geometry().original, prompt});
        auto candidates = FakeSegmenter::decode(embedding, prompt);
        if (losesInParts && prompt.previous)
            candidates.front().mask = Mask(embedding.geometry().original);
        return candidates;
    }

    struct Asked {
        Size picture; ///< the part's, or the whole picture's
        Prompt prompt;
    };
    std::vector<Asked> asked;
    bool losesInParts = false; ///< a closer look finds nothing

private:
    SegmenterInfo m_info;
};

Prompt clickAt(double x, double y)
{
    return {{{{x, y}, PointLabel::Foreground}}, {}, {}, MaskOutput::Auto};
}

} // namespace

class TestCloserLook : public QObject
{
    Q_OBJECT

    static constexpr Size size{400, 300};
    const Image m_picture{size};

    /// With the fake, of a picture that is as all pictures are to it.
    CloserLook lookOf(LookingSegmenter &segmenter, bool closer = true) const
    {
        const FocusedEmbedding whole = wholeView(segmenter.encode(m_picture.view()));
        return {segmenter, whole,
                closer ? CloserLook::partsOf(segmenter, m_picture.view()) : nullptr};
    }

private Q_SLOTS:
    void theWindowIsTheObjectWithSomethingAround()
    {
        QVERIFY((closerWindow({100, 100, 199, 149}, size) == PixelRect{80, 55, 140, 140}));
        QVERIFY((closerWindow({0, 0, 99, 99}, size) == PixelRect{0, 0, 140, 140}));
        QVERIFY((closerWindow({200, 150, 203, 153}, size) == PixelRect{178, 128, 48, 48}));
        // Seen hardly finer than in the whole picture.
        QVERIFY(closerWindow({50, 50, 310, 100}, size) == wholeWindow(size));
        QVERIFY(closerWindow({10, 10, 390, 290}, size) == wholeWindow(size));
    }

    void windowsThatShowMuchTheSameAreTheSameView()
    {
        const PixelRect window{100, 100, 100, 100};
        QVERIFY(!isAnotherView(window, window));
        QVERIFY(!isAnotherView(window, {110, 105, 100, 100}));
        QVERIFY(isAnotherView(window, {150, 100, 100, 100}));
        QVERIFY(isAnotherView(window, {300, 100, 100, 100}));
        QVERIFY(isAnotherView(window, wholeWindow(size)));
        QVERIFY(isAnotherView(wholeWindow(size), window));
    }

    void promptAndMaskAreCoveredTogether()
    {
        Prompt prompt = clickAt(30, 40);
        prompt.points.push_back({{10, 90}, PointLabel::Background});
        QVERIFY((extentOf(prompt, {}) == Box{10, 40, 30, 90}));
        QVERIFY((extentOf(prompt, {20, 20, 50, 10}) == Box{10, 20, 69, 90}));
        prompt.box = Box{0, 60, 5, 200};
        QVERIFY((extentOf(prompt, {20, 20, 50, 10}) == Box{0, 20, 69, 200}));
        QVERIFY(!extentOf({}, {}));
    }

    /// The fake's discs have an eighth of the shorter side of what it sees as their radius.
    void theSecondLookStartsFromTheFirstAnswer()
    {
        LookingSegmenter segmenter;
        CloserLook look = lookOf(segmenter);
        const Prompt prompt = clickAt(200, 150);
        const auto answers = look.ask(prompt);
        QCOMPARE(answers.size(), std::size_t(3));
        const auto best = look.best(prompt, answers);
        QCOMPARE(segmenter.asked.size(), std::size_t(2));
        const auto &second = segmenter.asked[1];
        QVERIFY((second.picture == Size{105, 105})); // 75 pixels of the disc, and around it
        QCOMPARE(second.prompt.points.front().position, (ImagePoint{52, 52}));
        QVERIFY(!second.prompt.multimaskOutput());
        QVERIFY(second.prompt.previous);
        QVERIFY((best.place.window == PixelRect{148, 98, 105, 105}));
        QVERIFY(best.candidate.mask.size == size);
        QVERIFY(iou(best.candidate.mask, answers[0].candidate.mask) > 0.97); // its prior
        QVERIFY(!best.candidate.mask.at(200 + 39, 150));
    }

    void theNextPromptIsAskedThereIfItLiesThere()
    {
        LookingSegmenter segmenter;
        CloserLook look = lookOf(segmenter);
        Prompt prompt = clickAt(200, 150);
        auto best = look.best(prompt, look.ask(prompt));
        const PixelRect window = best.place.window;

        prompt.points.push_back({{215, 160}, PointLabel::Background});
        const auto inside = look.ask(prompt, best.logits());
        QVERIFY((segmenter.asked.back().picture == Size{window.width, window.height}));
        QVERIFY(segmenter.asked.back().prompt.previous == best.candidate.logits);
        QCOMPARE(inside.size(), std::size_t(1));
        // Nothing new to see: the same again.
        const std::size_t asked = segmenter.asked.size();
        QVERIFY(look.closer(prompt, inside.front()).candidate.mask ==
                inside.front().candidate.mask);
        QCOMPARE(segmenter.asked.size(), asked);

        prompt.points.push_back({{20, 20}, PointLabel::Foreground});
        const auto outside = look.ask(prompt, best.logits());
        QVERIFY(segmenter.asked.back().picture == size);
        QVERIFY(segmenter.asked.back().prompt.previous);
        QVERIFY(outside.front().candidate.mask.at(20, 20));
        QVERIFY(outside.front().candidate.mask.at(170, 150)); // what was found stays
        // Both together are most of the picture, which is seen already.
        QVERIFY(look.closer(prompt, outside.front()).place.window == wholeWindow(size));
    }

    void whatIsAsLargeAsThePictureIsNotLookedAtCloser()
    {
        LookingSegmenter segmenter;
        CloserLook look = lookOf(segmenter);
        Prompt prompt;
        prompt.box = Box{10, 10, 380, 280};
        prompt.points.push_back({{200, 150}, PointLabel::Foreground});
        auto best = look.best(prompt, look.ask(prompt));
        QCOMPARE(segmenter.asked.size(), std::size_t(1));
        QVERIFY(best.place.window == wholeWindow(size));
        // A box alone is asked about again where it was.
        prompt.points.clear();
        best = look.best(prompt, look.ask(prompt));
        QCOMPARE(segmenter.asked.size(), std::size_t(3));
        QVERIFY(!segmenter.asked[1].prompt.previous);
        QVERIFY(segmenter.asked[2].prompt.previous);
        QVERIFY(segmenter.asked[2].picture == size);
        QVERIFY(best.place.window == wholeWindow(size));
    }

    void anEmptyMaskIsNotLookedAtCloser()
    {
        LookingSegmenter segmenter;
        CloserLook look = lookOf(segmenter);
        Prompt prompt{{{{200, 150}, PointLabel::Background}}, {}, {}, MaskOutput::Single};
        QCOMPARE(area(look.best(prompt, look.ask(prompt)).candidate.mask), 0);
        QCOMPARE(segmenter.asked.size(), std::size_t(1));
    }

    void anAnswerOfWhichNothingIsLeftStays()
    {
        LookingSegmenter segmenter;
        segmenter.losesInParts = true;
        CloserLook look = lookOf(segmenter);
        const Prompt prompt = clickAt(200, 150);
        const auto answers = look.ask(prompt);
        const auto best = look.best(prompt, answers);
        QCOMPARE(segmenter.asked.size(), std::size_t(2));
        QVERIFY(best.candidate.mask == answers[0].candidate.mask);
        QVERIFY(best.place.window == wholeWindow(size));
    }

    void onlyWhereTheModelGainsAndOnlyWhenWanted_data()
    {
        QTest::addColumn<bool>("gains");
        QTest::addColumn<bool>("wanted");
        QTest::newRow("a model that does not gain") << false << true;
        QTest::newRow("not wanted") << true << false;
    }
    void onlyWhereTheModelGainsAndOnlyWhenWanted()
    {
        QFETCH(const bool, gains);
        QFETCH(const bool, wanted);
        LookingSegmenter segmenter(gains);
        CloserLook look = lookOf(segmenter, wanted);
        const Prompt prompt = clickAt(200, 150);
        const auto answers = look.ask(prompt);
        QVERIFY(look.best(prompt, answers).candidate.mask == answers[0].candidate.mask);
        QCOMPARE(segmenter.asked.size(), std::size_t(1));
    }
};

QTEST_APPLESS_MAIN(TestCloserLook)
#include "tst_closer_look.moc"
