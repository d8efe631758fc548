// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/prompt_session.h"

#include "core/mask/rle_measure.h"
#include "core/segmentation/brush_prompt.h"
#include "prompt_session_fixture.h"
#include "ui/editing/edits.h"

#include <QtTest>

using namespace ui;
using core::PointLabel;

class TestPromptSession : public QObject, protected PromptSessionFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void cleanup() { m.reset(); }

    void aClickGivesThreeCandidatesTheBestSelected()
    {
        click(20, 20);
        waitForAnswer();
        QCOMPARE(m->session.candidates().size(), std::size_t(3));
        QCOMPARE(m->session.selected(), 0); // the fake's first has the highest predicted IoU
        m->session.selectPrevious();
        QCOMPARE(m->session.selected(), 2);
        m->session.selectNext();
        QCOMPARE(m->session.selected(), 0);
    }

    void theSelectedCandidatesLogitsRefineTheNextAnswer()
    {
        click(20, 20);
        waitForAnswer();
        m->session.selectNext();
        const core::LowResLogits chosen = m->session.current()->logits;
        click(40, 30, PointLabel::Background);
        waitForAnswer();
        QVERIFY(m->lastPrompt().previous == chosen);
        QCOMPARE(m->lastPrompt().points.size(), std::size_t(2));
        QCOMPARE(m->session.candidates().size(), std::size_t(1));
    }

    void takingBackAsksTheOlderQuestionAgain()
    {
        click(20, 20);
        waitForAnswer();
        const core::Prompt first = m->lastPrompt();
        const core::Rle before = m->session.current()->mask;
        click(40, 30);
        waitForAnswer();
        QVERIFY(m->session.current()->mask != before);
        m->session.takeBack();
        waitForAnswer();
        QVERIFY(m->lastPrompt() == first);
        QVERIFY(m->session.current()->mask == before);
        m->session.takeBack();
        QVERIFY(!m->session.isActive());
        QVERIFY(m->session.candidates().empty());
    }

    void movingAndRemovingPointsForgetsWhatTheyGave()
    {
        click(20, 20);
        waitForAnswer();
        click(40, 30);
        waitForAnswer();
        m->session.movePoint(0, {10, 10});
        waitForAnswer();
        QVERIFY(!m->lastPrompt().previous);
        QCOMPARE(m->lastPrompt().points[0].position.x, 10.0);
        m->session.removePoint(0);
        waitForAnswer();
        QCOMPARE(m->session.prompt().points.size(), std::size_t(1));
        m->session.takeBack(); // removal
        m->session.takeBack(); // move
        QCOMPARE(m->session.prompt().points[0].position.x, 20.0);
    }

    /// While a drag goes on, one question is answered at a time and then the newest is asked: the
    /// mask follows, however slow the model is.
    void movesAreFollowedLiveAndAreOneStep()
    {
        click(20, 20);
        waitForAnswer();
        const core::Rle before = m->session.current()->mask;
        QSignalSpy changed(&m->session, &PromptSession::candidatesChanged);
        m->log->holdDecodes = true;
        m->session.movePoint(0, {22, 20});
        QTRY_COMPARE_WITH_TIMEOUT(m->log->decodes.load(), 2, 20000); // this one is at work
        for (int x = 23; x <= 40; ++x)
            m->session.movePoint(0, {double(x), 20});
        QCOMPARE(m->session.prompt().points[0].position.x, 40.0);
        m->log->holdDecodes = false;
        waitForAnswer();
        QCOMPARE(m->log->decodes.load(), 3);
        QCOMPARE(changed.count(), 2); // the first place was shown on the way
        QVERIFY(core::decode(m->session.current()->mask).at(40, 20));
        m->session.endMove();
        QVERIFY(!m->session.isWaiting()); // the last place was asked about already
        m->session.takeBack();
        waitForAnswer();
        QVERIFY(m->session.current()->mask == before);
    }

    void theEndOfAMoveIsAlwaysAsked()
    {
        click(20, 20);
        waitForAnswer();
        m->log->holdDecodes = true;
        m->session.movePoint(0, {22, 20});
        m->session.movePoint(0, {45, 20});
        m->session.endMove();
        m->session.accept(); // waits
        m->log->holdDecodes = false;
        QTRY_COMPARE_WITH_TIMEOUT(m->document.snapshot().annotations.size(), std::size_t(1), 20000);
        QVERIFY(core::decode(m->lastMask()).at(45, 20));
        QVERIFY(!core::decode(m->lastMask()).at(20, 20));
    }

    void theThresholdCutsTheLogitsAndIsReset()
    {
        QVERIFY(!m->session.canSetThreshold());
        m->session.setThreshold(2); // nothing to cut
        QCOMPARE(m->session.threshold(), 0.0f);
        click(30, 20);
        waitForAnswer();
        const core::Rle before = m->session.current()->mask;
        const int decodes = m->log->decodes;

        for (const float t : {0.5f, 1.0f, 2.0f, 4.0f}) // the last one wins
            m->session.setThreshold(t);
        QTRY_COMPARE_WITH_TIMEOUT(m->session.current()->threshold, 4.0f, 20000);
        const core::Rle tight = m->session.current()->mask;
        QVERIFY(core::area(tight) > 0 && core::area(tight) < core::area(before));
        QCOMPARE(m->session.current()->shape.area, qint64(core::area(tight)));
        m->session.setThreshold(-4);
        QTRY_COMPARE_WITH_TIMEOUT(m->session.current()->threshold, -4.0f, 20000);
        QVERIFY(core::area(m->session.current()->mask) > core::area(before));
        m->session.setThreshold(0);
        QVERIFY(m->session.current()->mask == before);
        QCOMPARE(m->log->decodes.load(), decodes); // the model was not asked

        m->session.setThreshold(4);
        m->session.selectNext(); // the other candidates are cut as well
        QTRY_COMPARE_WITH_TIMEOUT(m->session.current()->threshold, 4.0f, 20000);
        m->session.setThreshold(1e9f);
        QCOMPARE(m->session.threshold(), PromptSession::thresholdRange);
        m->session.drop();
        QCOMPARE(m->session.threshold(), 0.0f);
    }

    void theThresholdStaysWithTheObject()
    {
        click(30, 20);
        waitForAnswer();
        m->session.setThreshold(4);
        m->session.accept(); // waits for the cut
        QTRY_COMPARE_WITH_TIMEOUT(m->document.snapshot().annotations.size(), std::size_t(1), 20000);
        const auto record = m->document.snapshot().annotations.back();
        QCOMPARE(record->prompt.threshold, 4.0f);

        m->session.refine(record->annotation.id);
        QCOMPARE(m->session.threshold(), 4.0f);
        QVERIFY(m->session.current()->mask == record->annotation.mask);
        m->session.setThreshold(-4); // no logits yet: its prompts bring them back
        waitForAnswer();
        QVERIFY(core::area(m->session.current()->mask) > core::area(record->annotation.mask));
        m->session.takeBack();
        QCOMPARE(m->session.threshold(), 4.0f);
        QVERIFY(m->session.current()->mask == record->annotation.mask);
        click(36, 20); // answers of this object are cut where it was left
        waitForAnswer();
        QCOMPARE(m->session.current()->threshold, 4.0f);
    }

    void theChosenCandidateIsRememberedForTheCategory()
    {
        const core::Id car = addCategory(m->document, QStringLiteral("car"));
        const core::Id dog = addCategory(m->document, QStringLiteral("dog"));
        QSignalSpy learnt(&m->session, &PromptSession::candidateMemoryChanged);
        m->session.setCategory(car);
        click(20, 20);
        waitForAnswer();
        m->session.select(2); // the whole
        m->session.accept();
        QCOMPARE(learnt.count(), 1);
        click(40, 20);
        waitForAnswer();
        QCOMPARE(m->session.selected(), 2);
        m->session.select(1); // whoever cycles is not overridden
        QCOMPARE(m->session.selected(), 1);
        m->session.drop(); // and what is dropped teaches nothing
        click(40, 20);
        waitForAnswer();
        QCOMPARE(m->session.selected(), 2);
        m->session.select(0); // back to what the model advises
        m->session.accept();
        QVERIFY(!m->session.candidateMemory().find("car"));
        m->session.setCategory(dog);
        click(40, 30);
        waitForAnswer();
        QCOMPARE(m->session.selected(), 0);
    }

    void theMemoryOfCandidatesIsWrittenInWords()
    {
        CandidateMemory memory;
        QVERIFY(memory.learn("car", core::CandidateSize::Largest));
        QVERIFY(!memory.learn("car", core::CandidateSize::Largest));
        QVERIFY(memory.learn("wheel", core::CandidateSize::Smallest));
        const QVariantMap map = memory.toVariant();
        QCOMPARE(map[QStringLiteral("car")].toString(), QStringLiteral("whole"));
        QCOMPARE(CandidateMemory::fromVariant(map).toVariant(), map);
        QVERIFY(CandidateMemory::fromVariant({{QStringLiteral("x"), 7}}).toVariant().isEmpty());
    }

    void aClickMeansWhatTheHoverShowed()
    {
        CandidateMemory memory;
        const core::Id car = addCategory(m->document, QStringLiteral("car"));
        memory.learn("car", core::CandidateSize::Largest);
        m->session.setCategory(car);
        m->session.setCandidateMemory(memory);
        QSignalSpy changed(&m->session, &PromptSession::hoverChanged);
        m->session.hover({30, 20});
        QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 1, 20000);
        const qint64 whole = m->session.hoverShape().area;
        m->session.setCandidateMemory({}); // the model would advise the first one now
        m->session.hover({31, 20});
        QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 2, 20000);
        QVERIFY(m->session.hoverShape().area > whole / 2); // still the whole
        click(31, 20);
        waitForAnswer();
        QCOMPARE(m->session.selected(), 2);
    }

    void acceptPutsTheMaskIntoTheDocumentAndUndoTakesItOut()
    {
        const core::Id car = addCategory(m->document, QStringLiteral("car"));
        m->session.setCategory(car);
        QSignalSpy accepted(&m->session, &PromptSession::accepted);
        click(20, 20);
        waitForAnswer();
        const core::Rle mask = m->session.current()->mask;
        m->session.accept();
        QCOMPARE(accepted.count(), 1);
        const auto record = m->document.annotation(accepted[0][0].value<core::Id>());
        QVERIFY(record->annotation.mask == mask);
        QCOMPARE(record->annotation.categoryId, car);
        QCOMPARE(record->annotation.imageId, m->service.image());
        QCOMPARE(record->prompt.points.size(), std::size_t(1));
        QVERIFY(!m->session.isActive());
        m->document.undoStack()->undo();
        QVERIFY(m->document.snapshot().annotations.empty());
        m->document.undoStack()->redo();
        QVERIFY(m->lastMask() == mask);
    }

    void clicksAndAcceptBeforeTheEmbeddingAreKept()
    {
        m->log->holdEncodes = true;
        m->open(1);
        click(20, 20);
        click(30, 20);
        m->session.accept();
        QVERIFY(m->session.isWaiting());
        QVERIFY(m->document.snapshot().annotations.empty());
        m->log->holdEncodes = false;
        QTRY_COMPARE_WITH_TIMEOUT(m->document.snapshot().annotations.size(), std::size_t(1), 20000);
        QCOMPARE(m->log->decodes.load(), 1); // both clicks in one question
        QVERIFY(core::decode(m->lastMask()).at(20, 20) && core::decode(m->lastMask()).at(30, 20));
        QVERIFY(m->session.category() != 0);
    }

    void anEmptyMaskIsRefused()
    {
        QSignalSpy refused(&m->session, &PromptSession::acceptRefused);
        m->session.accept(); // nothing there
        click(20, 20, PointLabel::Background);
        waitForAnswer();
        QVERIFY(m->session.current()->shape.isEmpty());
        m->session.accept();
        QCOMPARE(refused.count(), 2);
        QVERIFY(m->document.snapshot().annotations.empty());
        QVERIFY(m->session.isActive()); // the prompts stay, to be mended
    }

    void theSameStrokeSampledMoreOftenGivesTheSameMask()
    {
        const core::ImagePoint from{10, 12}, to{50, 30};
        std::vector<core::Rle> masks;
        for (const int samples : {8, 80}) {
            core::BrushStroke stroke{{}, 4, PointLabel::Foreground};
            for (int i = 0; i <= samples; ++i) {
                const double t = double(i) / samples;
                stroke.path.push_back({from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)});
            }
            m->session.addStroke(stroke);
            waitForAnswer();
            masks.push_back(m->session.current()->mask);
            m->session.drop();
        }
        QVERIFY(masks[0] == masks[1]);
        QVERIFY(core::decode(masks[0]).at(30, 21));
    }

    void aStrokeJoinsThePriorOnce()
    {
        click(10, 10);
        waitForAnswer();
        m->session.addStroke({{{40, 30}, {50, 30}}, 4, PointLabel::Foreground});
        waitForAnswer();
        const core::Prompt withStroke = m->lastPrompt();
        QVERIFY(withStroke.points.size() >= 2);
        QVERIFY(withStroke.previous);
        const core::LowResLogits answer = m->session.current()->logits;
        click(45, 30, PointLabel::Background);
        waitForAnswer();
        QVERIFY(m->lastPrompt().previous == answer); // not painted over once more
    }

    void hoverShowsWhatAClickWouldGive()
    {
        QSignalSpy changed(&m->session, &PromptSession::hoverChanged);
        m->session.hover({20, 20});
        QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 1, 20000);
        const QRect bounds = m->session.hoverShape().bounds;
        click(20, 20);
        QVERIFY(m->session.hoverShape().isEmpty());
        waitForAnswer();
        QCOMPARE(m->session.current()->shape.bounds, bounds);
    }

    void droppingWhileWaitingLeavesNothingBehind()
    {
        m->log->holdDecodes = true;
        click(20, 20);
        QTRY_COMPARE_WITH_TIMEOUT(m->log->decodes.load(), 1, 20000);
        m->session.drop();
        m->log->holdDecodes = false;
        click(40, 20);
        waitForAnswer();
        QCOMPARE(m->session.prompt().points.size(), std::size_t(1));
        QVERIFY(core::decode(m->session.current()->mask).at(40, 20));
        QVERIFY(!core::decode(m->session.current()->mask).at(20, 20));
    }

    void aFailureIsToldAndThePromptsStay()
    {
        QSignalSpy failed(&m->session, &PromptSession::failed);
        m->log->failDecodes = true;
        click(20, 20);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 20000);
        QVERIFY(!m->session.isWaiting());
        QCOMPARE(m->session.prompt().points.size(), std::size_t(1));
        m->log->failDecodes = false;
        click(30, 20);
        waitForAnswer();
        QVERIFY(m->session.current());
    }

    void anotherModelIsAskedWithoutTheLastOnesLogits()
    {
        click(20, 20);
        waitForAnswer();
        click(40, 30);
        waitForAnswer();
        QVERIFY(m->lastPrompt().previous);
        const auto other = std::make_shared<SegmenterLog>();
        m->service.setSegmenter([other] { return std::make_unique<ScriptedSegmenter>(other); });
        QTRY_COMPARE_WITH_TIMEOUT(other->decodes.load(), 1, 20000);
        QVERIFY(!other->prompts()[0].previous);
        QCOMPARE(other->prompts()[0].points.size(), std::size_t(2));
    }
};

QTEST_GUILESS_MAIN(TestPromptSession)
#include "tst_prompt_session.moc"
