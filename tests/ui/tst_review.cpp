// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/review_session.h"

#include "core/mask/rle_measure.h"
#include "picture_folder.h"
#include "scripted_segmenter.h"
#include "ui/editing/edits.h"

#include <QtTest>

using namespace ui;

// Going through proposals on a fake model; a picture is opened by whoever listens.
class TestReview : public QObject
{
    Q_OBJECT

private:
    struct Bench {
        PictureFolder folder{3};
        std::shared_ptr<SegmenterLog> log = std::make_shared<SegmenterLog>();
        Document document;
        SegmentationService service{
            [log = log] { return std::make_unique<ScriptedSegmenter>(log); }};
        PromptSession prompts{document, service};
        ReviewSession review{document, service, prompts};

        Bench()
        {
            folder.openIn(document);
            QObject::connect(&review, &ReviewSession::pictureAsked, &review,
                             [this](core::Id image) { show(image); });
        }
        core::Id imageId(int index) const { return document.images()[std::size_t(index)].id; }
        void show(core::Id image)
        {
            review.putAside();
            service.openImage(image, document.imagePath(image));
        }
    };
    std::unique_ptr<Bench> m;

    project::ProposalRecord box(double score, core::Box where = {10, 10, 30, 30}, int image = 0)
    {
        return {0, m->imageId(image), "car", score, where, {}};
    }
    project::ProposalRecord mask(double score, unsigned first, int image = 0)
    {
        return {0, m->imageId(image), "dog", score, {0, 0, 10, 10}, runMask(first, 40)};
    }
    void import(std::vector<project::ProposalRecord> records)
    {
        addProposals(m->document,
                     std::make_shared<std::vector<project::ProposalRecord>>(std::move(records)));
    }
    std::vector<project::AnnotationPointer> objects() const
    {
        return m->document.snapshot().annotations.toVector();
    }
    std::string categoryOf(const project::AnnotationPointer &object) const
    {
        return m->document.category(object->annotation.categoryId)->name;
    }
    double score() const { return m->review.current() ? m->review.current()->score : -1; }
    void waitForAnswer()
    {
        QTRY_VERIFY_WITH_TIMEOUT(!m->prompts.isWaiting() && m->prompts.current(), 20'000);
    }

private Q_SLOTS:
    void init()
    {
        m = std::make_unique<Bench>();
        m->show(m->imageId(0));
        QTRY_VERIFY_WITH_TIMEOUT(m->service.isReady(), 20'000);
    }
    void cleanup() { m.reset(); }

    void theWorstComesFirstAcrossPictures()
    {
        import({mask(0.9, 0), mask(0.2, 500, 1), mask(0.5, 900)});
        QVERIFY(!m->review.isOn());
        m->review.start();
        QCOMPARE(score(), 0.2);
        QCOMPARE(m->service.image(), m->imageId(1));
        QVERIFY(m->prompts.current()->mask == runMask(500, 40));
        m->review.next();
        QCOMPARE(score(), 0.5);
        QCOMPARE(m->service.image(), m->imageId(0));
        QCOMPARE(m->review.rank(), std::size_t(1));
        QCOMPARE(m->review.count(), std::size_t(3));
        QCOMPARE(m->review.others().size(), std::size_t(1));
        m->review.next();
        m->review.next(); // round
        QCOMPARE(score(), 0.2);
        m->review.previous();
        QCOMPARE(score(), 0.9);
    }

    void knowsWhichPicturesComeNext()
    {
        import({mask(0.1, 0), mask(0.2, 500, 2), mask(0.3, 600, 2), mask(0.4, 900, 1)});
        QVERIFY(m->review.picturesAhead(2).empty());
        m->review.start();
        QCOMPARE(m->review.picturesAhead(2), (std::vector<core::Id>{m->imageId(2), m->imageId(1)}));
        QCOMPARE(m->review.picturesAhead(1), (std::vector<core::Id>{m->imageId(2)}));
    }

    void acceptingIsOneStepAndGoesOn()
    {
        import({mask(0.9, 0), mask(0.2, 500)});
        m->review.start();
        const int steps = m->document.undoStack()->count();
        m->prompts.accept();
        QCOMPARE(score(), 0.9); // at once
        QCOMPARE(m->prompts.proposal(), m->review.current());
        QCOMPARE(objects().size(), std::size_t(1));
        QVERIFY(objects()[0]->annotation.mask == runMask(500, 40)); // to the bit
        QCOMPARE(categoryOf(objects()[0]), std::string("dog"));     // made in the same step
        QCOMPARE(m->document.undoStack()->count(), steps + 1);
        m->document.undoStack()->undo();
        QVERIFY(objects().empty() && m->document.categories().empty());
        QTRY_COMPARE_WITH_TIMEOUT(score(), 0.2, 20'000); // to be decided anew
        m->document.undoStack()->redo();
        QTRY_COMPARE_WITH_TIMEOUT(score(), 0.9, 20'000);
        QCOMPARE(objects().size(), std::size_t(1));
    }

    void theDetectorsScoreStaysWithTheObject()
    {
        project::ProposalRecord scored = mask(0.25, 500);
        scored.track = 6;
        scored.isCrowd = true;
        scored.foreign = R"({"model":"x"})";
        project::ProposalRecord unscored = mask(1, 100);
        unscored.isScored = false;
        import({scored, unscored});
        m->review.start();
        m->prompts.addPoint({{40, 30}}); // corrected, too
        waitForAnswer();
        m->prompts.accept();
        m->prompts.accept();
        QCOMPARE(objects().at(0)->annotation.score, std::optional(0.25));
        QCOMPARE(objects().at(0)->annotation.track, core::Id(6));
        QCOMPARE(objects().at(0)->annotation.foreign, scored.foreign);
        QVERIFY(objects().at(0)->annotation.isCrowd && !objects().at(1)->annotation.isCrowd);
        QVERIFY(!objects().at(1)->annotation.score); // the file had none
    }

    void aRejectedOneIsGoneAndComesBackByUndo()
    {
        import({mask(0.9, 0), mask(0.2, 500)});
        m->review.start();
        m->review.reject();
        QCOMPARE(score(), 0.9);
        QCOMPARE(m->review.count(), std::size_t(1));
        m->document.undoStack()->undo();
        QTRY_COMPARE_WITH_TIMEOUT(score(), 0.2, 20'000);
        QVERIFY(m->prompts.current()->mask == runMask(500, 40));
        QVERIFY(objects().empty());
    }

    void theLastDecisionEndsIt()
    {
        QSignalSpy finished(&m->review, &ReviewSession::finished);
        m->prompts.setCategory(addCategory(m->document, QStringLiteral("tree")));
        const core::Id before = m->prompts.category();
        import({mask(0.2, 500), mask(0.3, 100)});
        m->review.start();
        m->review.reject();
        m->prompts.accept();
        QVERIFY(!m->review.isOn() && !m->prompts.isActive());
        QCOMPARE(finished.count(), 1);
        QCOMPARE(m->prompts.category(), before); // as before the review
        m->document.undoStack()->undo();
        m->document.undoStack()->undo();
        QTest::qWait(0);
        QVERIFY(!m->review.isOn()); // nobody asked for it
        QCOMPARE(m->review.count(), std::size_t(2));
    }

    void aBoxIsAPromptAndAcceptWaitsForItsMask()
    {
        import({box(0.3), mask(0.9, 0)});
        m->log->holdDecodes = true;
        m->review.start();
        QVERIFY(m->prompts.isWaiting());
        QVERIFY((m->prompts.prompt().box == core::Box{10, 10, 30, 30}));
        m->prompts.accept();
        QVERIFY(objects().empty());
        m->log->holdDecodes = false;
        QTRY_COMPARE_WITH_TIMEOUT(objects().size(), std::size_t(1), 20'000);
        QVERIFY(core::area(objects()[0]->annotation.mask) > 200);
        QVERIFY((objects()[0]->prompt.box == core::Box{10, 10, 30, 30}));
        QCOMPARE(categoryOf(objects()[0]), std::string("car"));
        QCOMPARE(score(), 0.9);
    }

    void aClickCorrectsAMask()
    {
        import({mask(0.3, 500)});
        m->review.start();
        QCOMPARE(m->log->decodes.load(), 0); // as the detector gave it
        m->prompts.addPoint({{40, 30}});
        waitForAnswer();
        QVERIFY(m->log->prompts().back().previous.has_value()); // the mask is the prior
        QVERIFY(m->prompts.current()->mask != runMask(500, 40));
        QVERIFY(m->review.undoCorrection());
        QVERIFY(m->prompts.current()->mask == runMask(500, 40));
        QVERIFY(!m->review.undoCorrection());
        m->prompts.addPoint({{40, 30}});
        waitForAnswer();
        const core::Rle corrected = m->prompts.current()->mask;
        m->prompts.accept();
        QVERIFY(objects().at(0)->annotation.mask == corrected);
        QCOMPARE(m->review.count(), std::size_t(0));
    }

    void whatWasCorrectedIsKeptUntilItIsDecidedOn()
    {
        import({mask(0.3, 500), mask(0.4, 100, 1)});
        m->review.start();
        m->prompts.addPoint({{40, 30}});
        waitForAnswer();
        const core::Rle corrected = m->prompts.current()->mask;
        m->review.next();
        QVERIFY(m->prompts.current()->mask == runMask(100, 40));
        m->review.previous();
        QVERIFY(m->prompts.current()->mask == corrected);
        m->review.leave();
        QVERIFY(!m->prompts.isActive());
        m->review.start();
        QVERIFY(m->prompts.current()->mask == corrected);
        QVERIFY(m->review.undoCorrection());
        QVERIFY(m->prompts.current()->mask == runMask(500, 40));
    }

    void anotherCategoryCanBeChosen()
    {
        const core::Id cat = addCategory(m->document, QStringLiteral("cat"));
        import({mask(0.3, 500), mask(0.4, 100)});
        m->review.start();
        m->prompts.setCategory(cat);
        m->prompts.accept();
        QCOMPARE(categoryOf(objects().at(0)), std::string("cat"));
        m->prompts.accept(); // the next one has its own again
        QCOMPARE(categoryOf(objects().at(1)), std::string("dog"));
    }

    void leftItGoesOnWhereItWas()
    {
        import({mask(0.3, 500), mask(0.4, 100), mask(0.5, 900)});
        m->review.start();
        m->review.next();
        m->review.leave();
        QVERIFY(!m->review.isOn());
        QCOMPARE(m->review.count(), std::size_t(3));
        m->review.start();
        QCOMPARE(score(), 0.4);
    }

    void anotherPictureShowsItsOwnOrEndsIt()
    {
        import({mask(0.3, 500), mask(0.6, 100, 1), mask(0.4, 900, 1)});
        m->review.start();
        m->show(m->imageId(1)); // by the user
        QTRY_COMPARE_WITH_TIMEOUT(score(), 0.4, 20'000);
        QCOMPARE(m->prompts.proposal(), m->review.current());
        m->show(m->imageId(2));
        QTRY_VERIFY_WITH_TIMEOUT(!m->review.isOn(), 20'000);
        QCOMPARE(m->review.count(), std::size_t(3));
    }

    void somethingElseInWorkEndsIt()
    {
        project::AnnotationRecord record;
        record.annotation = {0, m->imageId(0), 0, runMask(50, 9), false};
        const core::Id object = addAnnotation(m->document, record);
        import({mask(0.3, 500)});
        m->review.start();
        m->prompts.refine(object);
        QTRY_VERIFY_WITH_TIMEOUT(!m->review.isOn(), 20'000);
        QCOMPARE(m->prompts.refined(), object);
    }

    void anImportUndoneInTheMiddleOfIt()
    {
        import({mask(0.3, 500)});
        import({mask(0.1, 100)});
        m->review.start();
        QCOMPARE(score(), 0.1);
        m->document.undoStack()->undo();
        QTRY_COMPARE_WITH_TIMEOUT(score(), 0.3, 20'000);
        m->document.undoStack()->undo();
        QTRY_VERIFY_WITH_TIMEOUT(!m->review.isOn(), 20'000);
        QVERIFY(!m->prompts.isActive());
    }

    void theyOutliveTheProgram()
    {
        import({mask(0.3, 500), box(0.7)});
        m->review.start();
        m->prompts.accept();
        QVERIFY(m->document.waitForSaved(20'000));
        Document again;
        QSignalSpy opened(&again, &Document::opened);
        again.open({m->document.projectFile(), {}, {}, project::OpenMode::ReadOnly});
        QVERIFY(opened.wait(20'000));
        QCOMPARE(again.proposals().count(), std::size_t(1));
        QCOMPARE(again.proposals().at(0)->score, 0.7);
        QCOMPARE(again.snapshot().annotations.size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestReview)
#include "tst_review.moc"
