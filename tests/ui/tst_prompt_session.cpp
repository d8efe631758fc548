// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/prompt_session.h"

#include "core/mask/rle_measure.h"
#include "core/segmentation/brush_prompt.h"
#include "picture_folder.h"
#include "scripted_segmenter.h"
#include "ui/editing/edits.h"

#include <QtTest>

using namespace ui;
using core::PointLabel;

class TestPromptSession : public QObject
{
    Q_OBJECT

private:
    struct Bench {
        PictureFolder folder{2};
        std::shared_ptr<SegmenterLog> log = std::make_shared<SegmenterLog>();
        Document document;
        SegmentationService service{
            [log = log] { return std::make_unique<ScriptedSegmenter>(log); }};
        PromptSession session{document, service};

        Bench() { folder.openIn(document); }
        void open(int index = 0)
        {
            const core::Id id = document.images()[std::size_t(index)].id;
            session.drop();
            service.openImage(id, document.imagePath(id));
        }
        core::Rle lastMask() const
        {
            return document.snapshot().annotations.back()->annotation.mask;
        }
        core::Prompt lastPrompt() const { return log->prompts().back(); }
    };
    std::unique_ptr<Bench> m;

    void click(double x, double y, PointLabel label = PointLabel::Foreground)
    {
        m->session.addPoint({{x, y}, label});
    }
    static core::Rle block(int x, int y, int width, int height)
    {
        core::Mask mask({PictureFolder::width, PictureFolder::height});
        for (int row = y; row < y + height; ++row)
            std::fill_n(mask.row(row) + x, width, std::uint8_t(1));
        return core::encode(mask);
    }
    void waitForAnswer() { QTRY_VERIFY_WITH_TIMEOUT(!m->session.isWaiting(), 20000); }

private Q_SLOTS:
    void init()
    {
        m = std::make_unique<Bench>();
        m->open();
        QTRY_VERIFY_WITH_TIMEOUT(m->service.isReady(), 20000);
    }
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

    void refineTakesUpAnAnnotationAgain()
    {
        click(20, 20);
        waitForAnswer();
        m->session.accept();
        const core::Id id = m->document.snapshot().annotations.back()->annotation.id;
        const core::Rle before = m->lastMask();
        m->session.refine(id);
        QVERIFY(m->session.isActive());
        waitForAnswer();
        click(45, 30);
        waitForAnswer();
        m->session.accept();
        QCOMPARE(m->document.snapshot().annotations.size(), std::size_t(1));
        QVERIFY(m->lastMask() != before);
        QCOMPARE(m->document.annotation(id)->prompt.points.size(), std::size_t(2));
        m->document.undoStack()->undo();
        QVERIFY(m->lastMask() == before);
    }

    void aMaskTakenUpAgainIsShownUnchangedAndIsThePriorOfTheNextPrompt()
    {
        const core::Rle mask = block(5, 5, 20, 10); // drawn by hand: no prompts
        project::AnnotationRecord record;
        record.annotation = {0, m->service.image(), 0, mask, false};
        const core::Id id = addAnnotation(m->document, record);
        m->session.refine(id);
        QVERIFY(!m->session.isWaiting());
        QVERIFY(m->session.current()->mask == mask);
        QTRY_COMPARE_WITH_TIMEOUT(m->session.current()->shape.bounds, QRect(5, 5, 20, 10), 20000);
        QCOMPARE(m->log->decodes.load(), 0);

        click(45, 30);
        waitForAnswer();
        QVERIFY(m->lastPrompt().previous);
        const core::Mask refined = core::decode(m->session.current()->mask);
        QVERIFY(refined.at(10, 8) && refined.at(45, 30)); // the fake keeps its prior
        m->session.takeBack();
        QVERIFY(m->session.current()->mask == mask);
        QVERIFY(m->session.isActive());
    }

    void anUntouchedMaskIsAcceptedAsItWas()
    {
        const core::Rle mask = block(5, 5, 20, 10);
        const core::Id car = addCategory(m->document, QStringLiteral("car"));
        m->session.startFrom(mask, {{{{10, 8}, PointLabel::Foreground}}, {}, {}}, car);
        m->session.accept(); // its outline may not even be made yet
        const auto record = m->document.snapshot().annotations.back();
        QVERIFY(record->annotation.mask == mask);
        QCOMPARE(record->annotation.categoryId, car);
        QCOMPARE(record->prompt.points.size(), std::size_t(1));
    }

    void aMaskChangedByHandTakesTheCandidatesPlaceAndIsTakenBackInOneStep()
    {
        click(20, 20);
        waitForAnswer();
        click(40, 20);
        waitForAnswer();
        const core::Rle answer = m->session.current()->mask;
        const core::Rle drawn = block(34, 14, 12, 12); // without the first point's part
        m->session.replaceMask(drawn);
        QVERIFY(m->session.current()->mask == drawn);
        QCOMPARE(m->session.candidates().size(), std::size_t(1));
        QCOMPARE(m->session.prompt().points.size(), std::size_t(1)); // the other one contradicts
        QTRY_COMPARE_WITH_TIMEOUT(m->session.current()->shape.bounds, QRect(34, 14, 12, 12), 20000);

        click(10, 30);
        waitForAnswer();
        QVERIFY(m->lastPrompt().previous);
        QCOMPARE(m->lastPrompt().points.size(), std::size_t(3)); // and one that supports the rest
        QVERIFY(core::decode(m->session.current()->mask).at(35, 15)); // a corner no disc reaches
        m->session.movePoint(1, {12, 30});
        waitForAnswer();
        QVERIFY(core::decode(m->session.current()->mask).at(35, 15)); // the drawn mask stays prior
        m->session.takeBack();
        m->session.takeBack();
        QVERIFY(m->session.current()->mask == drawn);
        m->session.takeBack();
        waitForAnswer();
        QVERIFY(m->session.current()->mask == answer);
        QCOMPARE(m->session.prompt().points.size(), std::size_t(2));
    }

    void aClickOnAMaskThatWasThereChangesItOnlyWhereItPoints()
    {
        core::Mask mask = core::decode(block(5, 5, 10, 10));
        for (int y = 40; y < 44; ++y) // a part of its own, finer than the model's grid may be
            std::fill_n(mask.row(y) + 50, 3, std::uint8_t(1));
        m->session.startFrom(core::encode(mask));
        click(17, 8);
        waitForAnswer();
        const core::Mask grown = core::decode(m->session.current()->mask);
        QVERIFY(grown.at(17, 8));
        for (int y = 0; y < PictureFolder::height; ++y) {
            for (int x = 0; x < PictureFolder::width; ++x)
                QVERIFY(grown.at(x, y) >= mask.at(x, y));
        }
        click(6, 13, PointLabel::Background);
        waitForAnswer();
        const core::Mask cut = core::decode(m->session.current()->mask);
        QVERIFY(!cut.at(6, 13) && cut.at(17, 8) && cut.at(51, 41));
        // The rest of the object was pointed out to the model as well.
        QCOMPARE(m->lastPrompt().points.front().label, PointLabel::Foreground);
        QCOMPARE(m->lastPrompt().points.size(), std::size_t(3));
        m->session.takeBack();
        waitForAnswer();
        QVERIFY(core::decode(m->session.current()->mask) == grown);
    }

    void lookingCloserAsksAgainAndKeepsWhatLiesOutside()
    {
        const core::PixelRect window{10, 10, 24, 24};
        click(12, 20); // a disc of radius 6, partly outside the window
        waitForAnswer();
        const core::Rle whole = m->session.current()->mask;
        m->service.focus(window);
        QTRY_VERIFY_WITH_TIMEOUT(m->session.focused() == window, 20000);
        waitForAnswer();
        const core::Mask closer = core::decode(m->session.current()->mask);
        QVERIFY(closer.size == whole.size);
        QVERIFY(closer.at(7, 20));                        // outside: from before
        QVERIFY(closer.at(14, 20) && !closer.at(17, 20)); // inside: the window's disc, radius 3
        QCOMPARE(m->lastPrompt().points[0].position, (core::ImagePoint{2, 10}));
        QCOMPARE(m->session.prompt().points[0].position, (core::ImagePoint{12, 20}));

        click(30, 20); // inside: goes on from the closer answer
        waitForAnswer();
        QVERIFY(m->lastPrompt().previous);
        QVERIFY(core::decode(m->session.current()->mask).at(7, 20));
        m->session.setThreshold(4);
        QTRY_COMPARE_WITH_TIMEOUT(m->session.current()->threshold, 4.0f, 20000);
        QVERIFY(core::decode(m->session.current()->mask).at(7, 20));
        m->session.setThreshold(0);

        const core::Rle found = m->session.current()->mask;
        m->service.endFocus(); // the way back: what was found stays
        QVERIFY(!m->session.focused());
        QVERIFY(m->session.current()->mask == found);
        click(50, 40);
        waitForAnswer();
        QCOMPARE(m->lastPrompt().points.back().position, (core::ImagePoint{50, 40}));
        QVERIFY(core::decode(m->session.current()->mask).at(50, 40));
        QVERIFY(core::decode(m->session.current()->mask).at(7, 20));
    }

    void aPromptOutsideTheFocusIsAboutTheWholePicture()
    {
        m->service.focus({10, 10, 24, 24});
        QTRY_VERIFY_WITH_TIMEOUT(m->session.focused().has_value(), 20000);
        click(20, 20);
        waitForAnswer();
        QVERIFY(!core::decode(m->session.current()->mask).at(25, 20)); // radius 3
        const core::Rle found = m->session.current()->mask;
        click(50, 40);
        QVERIFY(!m->service.focused());
        waitForAnswer();
        const core::Mask both = core::decode(m->session.current()->mask);
        QVERIFY(both.at(20, 20) && both.at(50, 40) && both.at(55, 40)); // radius 6
        m->session.takeBack();
        QVERIFY(m->session.current()->mask == found);
    }

    void aBoxDraggedBeyondTheFocusEndsIt()
    {
        m->service.focus({10, 10, 24, 24});
        QTRY_VERIFY_WITH_TIMEOUT(m->session.focused().has_value(), 20000);
        m->session.setBox({12, 12, 30, 30});
        QVERIFY(m->service.focused());
        m->session.moveBox({12, 12, 40, 30});
        QVERIFY(!m->service.focused());
        waitForAnswer();
        QVERIFY(core::decode(m->session.current()->mask).at(39, 20));
    }

    void drawingByHandOvertakesAQuestionAndMayBeginAnObject()
    {
        m->log->holdDecodes = true;
        click(20, 20);
        const core::Rle drawn = block(30, 10, 5, 5);
        m->session.replaceMask(drawn);
        m->log->holdDecodes = false;
        QVERIFY(!m->session.isWaiting());
        m->session.accept();
        QVERIFY(m->lastMask() == drawn);
        m->session.replaceMask(drawn);
        QVERIFY(m->session.isActive());
        m->session.takeBack();
        QVERIFY(!m->session.isActive());
        QVERIFY(m->session.candidates().empty());
    }

    void anUnfinishedObjectIsTakenUpWithItsMask()
    {
        click(20, 20);
        waitForAnswer();
        m->session.selectNext();
        const core::Rle mask = m->session.current()->mask;
        const PromptSession::Unfinished object = m->session.unfinished();
        m->session.drop();
        m->session.resume(object);
        QVERIFY(m->session.current()->mask == mask);
        QCOMPARE(m->session.prompt().points.size(), std::size_t(1));
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
