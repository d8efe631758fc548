// SPDX-License-Identifier: Apache-2.0
// A session on a model that looks closer at what it found.
#include "core/mask/rle_measure.h"
#include "picture_folder.h"
#include "scripted_segmenter.h"
#include "ui/editing/edits.h"
#include "ui/editing/prompt_session.h"

#include <QtTest>

using namespace ui;
using core::PointLabel;

namespace
{

struct Bench {
    PictureFolder folder{0};
    std::shared_ptr<SegmenterLog> log = std::make_shared<SegmenterLog>();
    Document document;
    SegmentationService service{
        [log = log] { return std::make_unique<ScriptedSegmenter>(log, true); }};
    PromptSession session{document, service};

    Bench()
    {
        folder.add(QStringLiteral("large.png"), 7, {400, 300});
        folder.openIn(document);
        service.openImage(document.images().front().id,
                          document.imagePath(document.images().front().id));
    }
    void click(double x, double y, PointLabel label = PointLabel::Foreground)
    {
        session.addPoint({{x, y}, label});
    }
    core::Rle lastMask() const { return document.snapshot().annotations.back()->annotation.mask; }
};

} // namespace

class TestLookingCloser : public QObject
{
    Q_OBJECT

    std::unique_ptr<Bench> m;

    const core::PixelRect whole{0, 0, 400, 300};
    const core::PixelRect around{148, 98, 105, 105}; ///< of the fake's disc at (200, 150)

    void wait()
    {
        QTRY_VERIFY_WITH_TIMEOUT(!m->session.isWaiting() && !m->session.isLookingCloser(), 20000);
    }
    /// Accepts before there is an answer; the closer look at it is held up.
    void acceptUnseen()
    {
        m->log->holdDecodes = true;
        m->log->holdEncodes = true;
        m->click(200, 150);
        m->session.accept();
        m->log->holdDecodes = false;
        QTRY_VERIFY_WITH_TIMEOUT(m->session.isLookingCloser(), 20000);
    }
    core::PixelRect window() const { return m->session.current()->frame.window; }

private Q_SLOTS:
    void init()
    {
        m = std::make_unique<Bench>();
        QTRY_VERIFY_WITH_TIMEOUT(m->service.isReady(), 20000);
    }
    void cleanup() { m.reset(); }

    void theAnswerIsShownAndThenSeenCloser()
    {
        m->log->holdEncodes = true;
        m->click(200, 150);
        QTRY_VERIFY_WITH_TIMEOUT(m->session.isLookingCloser(), 20000);
        QCOMPARE(m->session.candidates().size(), std::size_t(3)); // at once
        QVERIFY(window() == whole);
        m->log->holdEncodes = false;
        wait();
        QCOMPARE(m->session.candidates().size(), std::size_t(3));
        QCOMPARE(m->session.selected(), 0);
        QVERIFY(window() == around);
        QVERIFY(m->session.candidates()[1].frame.window == whole);
        QVERIFY(m->session.current()->size.has_value()); // among the three
        QVERIFY(m->session.current()->mask.size == (core::Size{400, 300}));
        QCOMPARE(m->log->decodes.load(), 2);
        QCOMPARE(m->log->encodes.load(), 2);
        QVERIFY(m->log->prompts().back().previous);
        QCOMPARE(m->log->prompts().back().points.front().position, (core::ImagePoint{52, 52}));
        QCOMPARE(m->session.prompt().points.front().position, (core::ImagePoint{200, 150}));
    }

    void aLargeBoxIsAskedAgainWhereItWas()
    {
        const core::Box box{10, 10, 389, 289};
        m->session.setBox(box);
        wait();
        QCOMPARE(m->log->encodes.load(), 1); // nothing else is looked at
        QCOMPARE(m->log->decodes.load(), 2);
        const std::vector<core::Prompt> prompts = m->log->prompts();
        QVERIFY(!prompts[0].previous);
        QVERIFY(prompts[1].previous);
        QCOMPARE(prompts[1].box, std::optional(box));
        QVERIFY(window() == whole);

        m->click(200, 150); // a box and a point are asked once
        wait();
        QCOMPARE(m->log->decodes.load(), 3);
    }

    void theNextClickIsAskedWhereTheMaskWasSeen()
    {
        m->click(200, 150);
        wait();
        const core::LowResLogits seen = m->session.current()->logits;
        m->click(210, 160, PointLabel::Background);
        wait();
        QCOMPARE(m->log->prompts()[2].points.back().position, (core::ImagePoint{62, 62}));
        QVERIFY(m->log->prompts()[2].previous == seen);
        QCOMPARE(m->log->encodes.load(), 2); // it is the same view
        QCOMPARE(m->log->decodes.load(), 3);

        m->click(30, 30); // outside: the whole picture, and nothing is lost
        wait();
        QCOMPARE(m->log->prompts()[3].points.back().position, (core::ImagePoint{30, 30}));
        const core::Mask mask = core::decode(m->session.current()->mask);
        QVERIFY(mask.at(30, 30) && mask.at(170, 150) && !mask.at(210, 160));
    }

    void takingBackGoesBackToTheViewOfBefore()
    {
        m->click(200, 150);
        wait();
        const core::Rle first = m->session.current()->mask;
        m->click(30, 30);
        wait();
        QVERIFY(m->session.current()->mask != first);
        m->session.takeBack();
        wait();
        QVERIFY(m->session.current()->mask == first);
        QVERIFY(window() == around);
    }

    void anotherCandidateIsLookedAtWhenItIsChosen()
    {
        m->click(200, 150);
        wait();
        m->session.selectNext(); // a smaller disc
        QVERIFY(m->session.isLookingCloser());
        wait();
        QCOMPARE(m->session.selected(), 1);
        QVERIFY(m->session.candidates()[0].frame.window == around);
        QCOMPARE(window().width, 52); // 37 pixels and around it
        const int decodes = m->log->decodes;
        m->session.selectPrevious(); // was looked at
        QVERIFY(!m->session.isLookingCloser());
        QCOMPARE(m->log->decodes.load(), decodes);
    }

    void whatIsSeenIsAcceptedAtOnce()
    {
        m->log->holdEncodes = true; // of the part
        m->click(200, 150);
        QTRY_VERIFY_WITH_TIMEOUT(m->session.isLookingCloser(), 20000);
        const core::Rle seen = m->session.current()->mask;
        m->session.accept();
        QVERIFY(!m->session.isActive());
        QVERIFY(m->lastMask() == seen);
        m->log->holdEncodes = false;
    }

    void whatIsNotSeenYetIsAcceptedWhenItWasSeenCloser()
    {
        acceptUnseen();
        QVERIFY(m->session.isActive());
        const core::Rle first = m->session.current()->mask;
        m->log->holdEncodes = false;
        QTRY_VERIFY_WITH_TIMEOUT(!m->session.isActive(), 20000);
        QVERIFY(m->lastMask() != first);
    }

    void acceptanceThatWaitsTakesTheCandidateChosenMeanwhile()
    {
        acceptUnseen();
        m->session.select(2);
        QVERIFY(m->session.isActive());
        m->log->holdEncodes = false;
        QTRY_VERIFY_WITH_TIMEOUT(!m->session.isActive(), 20000);
        QVERIFY(core::decode(m->lastMask()).at(265, 150)); // twice the radius
    }

    void theChoiceIsRememberedAsItWasMade()
    {
        m->session.setCategory(addCategory(m->document, QStringLiteral("car")));
        m->click(200, 150);
        wait();
        m->session.selectNext();
        wait();
        QVERIFY(m->session.candidates()[1].predictedIou > m->session.candidates()[2].predictedIou);
        m->session.accept();
        QVERIFY(!m->session.candidateMemory().toVariant().isEmpty());
        m->click(100, 100);
        wait();
        QCOMPARE(m->session.selected(), 1);
    }

    void anAnswerOfWhichNothingIsLeftStays()
    {
        m->log->loseInParts = true;
        m->click(200, 150);
        wait();
        QCOMPARE(m->log->decodes.load(), 2);
        QVERIFY(core::area(m->session.current()->mask) > 0);
        QVERIFY(window() == whole);
    }

    void aCloserLookThatFailsLeavesTheAnswer()
    {
        m->log->holdEncodes = true; // of the part
        m->click(200, 150);
        QTRY_VERIFY_WITH_TIMEOUT(m->session.isLookingCloser(), 20000);
        const core::Rle answer = m->session.current()->mask;
        m->log->failDecodes = true;
        QSignalSpy failed(&m->session, &PromptSession::failed);
        m->log->holdEncodes = false;
        wait();
        QVERIFY(m->session.current()->mask == answer);
        QCOMPARE(failed.count(), 0);
    }

    void theNextClickDoesNotWaitForIt()
    {
        m->log->holdEncodes = true;
        m->click(200, 150);
        QTRY_VERIFY_WITH_TIMEOUT(m->session.isLookingCloser(), 20000);
        m->click(210, 160, PointLabel::Background);
        QVERIFY(!m->session.isLookingCloser());
        m->log->holdEncodes = false;
        wait();
        QVERIFY(!core::decode(m->session.current()->mask).at(210, 160));
        QCOMPARE(m->session.prompt().points.size(), std::size_t(2));
    }

    void whileAPointIsDraggedNothingIsLookedAtCloser()
    {
        m->click(200, 150);
        wait();
        const int encodes = m->log->encodes;
        for (int x = 201; x < 260; x += 10) {
            m->session.movePoint(0, {double(x), 150});
            QTRY_VERIFY_WITH_TIMEOUT(!m->session.isWaiting(), 20000);
        }
        QCOMPARE(m->log->encodes.load(), encodes);
        m->session.endMove();
        wait();
        QCOMPARE(m->log->encodes.load(), encodes + 1);
        QVERIFY(window().x > around.x + 40);
    }

    void aDragThatEndsBeforeItsAnswerIsAnswered()
    {
        m->click(200, 150);
        wait();
        m->log->holdDecodes = true;
        m->session.movePoint(0, {260, 150});
        m->session.endMove();
        QVERIFY(m->session.isWaiting());
        m->log->holdDecodes = false;
        wait();
        QVERIFY(core::decode(m->session.current()->mask).at(290, 150));
        QVERIFY(window().x > around.x + 40);
    }

    void theHoverIsAskedAgainWhenTheLookIsOver()
    {
        m->log->holdEncodes = true;
        m->click(200, 150);
        QTRY_VERIFY_WITH_TIMEOUT(m->session.isLookingCloser(), 20000);
        m->session.hover({220, 150});
        m->log->holdEncodes = false;
        wait();
        QTRY_VERIFY_WITH_TIMEOUT(!m->session.hoverShape().isEmpty(), 20000);
        const core::Prompt hovered = m->log->prompts().back();
        QCOMPARE(hovered.points.back().position, (core::ImagePoint{72, 52})); // in the closer view
        QVERIFY(hovered.previous == m->session.current()->logits);
    }

    void theThresholdCutsWhatWasSeenCloser()
    {
        m->click(200, 150);
        wait();
        const std::int64_t before = core::area(m->session.current()->mask);
        m->session.setThreshold(4);
        QTRY_COMPARE_WITH_TIMEOUT(m->session.current()->threshold, 4.0f, 20000);
        QVERIFY(core::area(m->session.current()->mask) < before);
        m->session.setThreshold(0);
        QCOMPARE(core::area(m->session.current()->mask), before);
    }

    void theUsersOwnFocusIsNotLeft()
    {
        const core::PixelRect window{100, 50, 200, 200};
        m->service.focus(window);
        QTRY_VERIFY_WITH_TIMEOUT(m->session.focused().has_value(), 20000);
        m->click(200, 150);
        wait();
        QVERIFY(this->window() == window);
        QCOMPARE(m->log->decodes.load(), 1);
    }
};

QTEST_GUILESS_MAIN(TestLookingCloser)
#include "tst_looking_closer.moc"
