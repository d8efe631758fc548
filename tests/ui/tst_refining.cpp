// SPDX-License-Identifier: Apache-2.0
// Masks that were there before the prompts: taken up again, drawn by hand, looked at closer.
#include "core/mask/rle_measure.h"
#include "prompt_session_fixture.h"
#include "ui/editing/edits.h"

#include <QtTest>

using namespace ui;
using core::PointLabel;

class TestRefining : public QObject, protected PromptSessionFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void cleanup() { m.reset(); }

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
        m->session.setCategory(car);
        PromptSession::Unfinished object;
        object.prompt.points = {{{10, 8}, PointLabel::Foreground}};
        object.mask = std::make_shared<const core::Rle>(mask);
        m->session.resume(object);
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
        PromptSession::Unfinished object;
        object.mask = std::make_shared<const core::Rle>(core::encode(mask));
        m->session.resume(object);
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

    void takingBackAfterTheFocusAsksAboutTheWholePicture()
    {
        m->service.focus({10, 10, 24, 24});
        QTRY_VERIFY_WITH_TIMEOUT(m->session.focused().has_value(), 20000);
        click(20, 20);
        waitForAnswer();
        click(26, 20);
        waitForAnswer();
        QCOMPARE(m->lastPrompt().points[0].position, (core::ImagePoint{10, 10}));
        m->service.endFocus();
        m->session.takeBack(); // of the mask that was kept
        waitForAnswer();
        QCOMPARE(m->lastPrompt().points[0].position, (core::ImagePoint{20, 20}));
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
};

QTEST_GUILESS_MAIN(TestRefining)
#include "tst_refining.moc"
