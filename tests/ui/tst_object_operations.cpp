// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/object_operations.h"

#include "core/mask/rle_measure.h"
#include "core/segmentation/fake_segmenter.h"
#include "picture_folder.h"
#include "ui/editing/clean_up.h"
#include "ui/editing/edits.h"
#include "ui/editing/mask_target.h"
#include "ui/editing/prompt_session.h"
#include "ui/editing/selection.h"

#include <QtTest>

using namespace ui;
using core::SetOperation;
using Ids = std::vector<core::Id>;
using Refusal = ObjectOperations::Refusal;

class TestObjectOperations : public QObject
{
    Q_OBJECT

private:
    struct Bench {
        PictureFolder folder{2};
        Document document;
        SegmentationService service{[] { return std::make_unique<core::FakeSegmenter>(); }};
        PromptSession session{document, service};
        Selection selection{document};
        MaskTarget target{document, session, selection};
        ObjectOperations operations{document, selection, target};
        CleanUp cleanUp{document, selection, target};
        QSignalSpy refused{&operations, &ObjectOperations::refused};

        Bench()
        {
            folder.openIn(document);
            for (const core::ImageRecord &image : document.images())
                QVERIFY(
                    document.setImageSize(image.id, {PictureFolder::width, PictureFolder::height}));
            show(0);
        }
        void show(std::size_t index) { selection.setImage(document.images()[index].id); }
        core::Id add(core::Rle mask)
        {
            project::AnnotationRecord record;
            record.annotation = {0, selection.image(), 0, std::move(mask), false};
            return addAnnotation(document, std::move(record));
        }
        core::Rle mask(core::Id id) const { return document.annotation(id)->annotation.mask; }
        std::size_t objectCount() const { return document.annotations(selection.image()).size(); }
        void wait() { QTRY_VERIFY_WITH_TIMEOUT(!operations.isBusy(), 20'000); }
        void waitForPreview() { QTRY_VERIFY_WITH_TIMEOUT(!cleanUp.isComputing(), 20'000); }
    };
    std::unique_ptr<Bench> m;

    /// A block with a hole of one pixel and another of nine, and a crumb of two pixels beside it.
    static core::Rle messyMask()
    {
        core::Mask mask({PictureFolder::width, PictureFolder::height});
        for (int y = 10; y < 30; ++y)
            for (int x = 10; x < 40; ++x)
                mask.set(x, y);
        mask.set(15, 15, false);
        for (int y = 20; y < 23; ++y)
            for (int x = 20; x < 23; ++x)
                mask.set(x, y, false);
        mask.set(50, 40);
        mask.set(51, 40);
        return core::encode(mask);
    }

private Q_SLOTS:
    void init() { m = std::make_unique<Bench>(); }
    void cleanup() { m.reset(); }

    void theFirstSelectedStays_data()
    {
        QTest::addColumn<SetOperation>("operation");
        QTest::addColumn<int>("area");
        QTest::addColumn<int>("left");
        QTest::newRow("unite") << SetOperation::Union << 15 << 1;
        QTest::newRow("subtract") << SetOperation::Difference << 5 << 2;
        QTest::newRow("intersect") << SetOperation::Intersection << 5 << 1;
        QTest::newRow("exclude") << SetOperation::SymmetricDifference << 10 << 1;
    }

    void theFirstSelectedStays()
    {
        QFETCH(SetOperation, operation);
        QFETCH(int, area);
        QFETCH(int, left);
        const core::Id a = m->add(runMask(100, 10));
        const core::Id b = m->add(runMask(105, 10));
        m->selection.select(b);
        QVERIFY(!m->operations.canCombine());
        m->selection.toggle(a); // b was first, though a lies lower
        QVERIFY(m->operations.canCombine());
        m->operations.combine(operation);
        QVERIFY(!m->operations.canCombine()); // while it is being worked out
        m->wait();
        QCOMPARE(m->refused.count(), 0);
        QCOMPARE(core::area(m->mask(b)), area);
        QCOMPARE(m->objectCount(), std::size_t(left));
        m->document.undoStack()->undo();
        QVERIFY(m->mask(a) == runMask(100, 10));
        QVERIFY(m->mask(b) == runMask(105, 10));
    }

    void nothingIsDoneWhenNothingWouldBeLeft()
    {
        const core::Id a = m->add(runMask(100, 10));
        const core::Id b = m->add(runMask(300, 10));
        m->selection.set({a, b});
        const int steps = m->document.undoStack()->count();
        m->operations.combine(SetOperation::Intersection);
        m->wait();
        QCOMPARE(m->refused.count(), 1);
        QCOMPARE(m->refused.last()[0].value<Refusal>(), Refusal::NothingLeft);
        QCOMPARE(m->document.undoStack()->count(), steps);
    }

    void partsAreSelectedAfterSplitting()
    {
        const core::Id a =
            m->add(core::combine(runMask(100, 10), runMask(300, 10), SetOperation::Union));
        m->selection.select(a);
        m->operations.split();
        m->wait();
        QCOMPARE(m->objectCount(), 2U);
        QCOMPARE(m->selection.ids().size(), 2U);
        m->operations.split();
        m->wait();
        QCOMPARE(m->refused.last()[0].value<Refusal>(), Refusal::OnePart);
    }

    void crumbsAreNotMadeObjects()
    {
        core::Mask dots({PictureFolder::width, PictureFolder::height});
        for (int y = 0; y < dots.size.height; y += 2)
            for (int x = 0; x < dots.size.width; x += 2)
                dots.set(x, y);
        m->selection.select(m->add(core::encode(dots)));
        m->operations.split();
        m->wait();
        QCOMPARE(m->refused.last()[0].value<Refusal>(), Refusal::TooManyParts);
        QCOMPARE(m->objectCount(), 1U);
    }

    void lockedObjectsKeepTheirPixels()
    {
        const core::Id locked = m->add(runMask(100, 10));
        const core::Id covered = m->add(runMask(106, 3));
        const core::Id taker = m->add(runMask(105, 10));
        m->operations.setIsLocked([locked](core::Id id) { return id == locked; });
        m->selection.select(taker);
        QSignalSpy deleted(&m->operations, &ObjectOperations::deletedOthers);
        m->operations.takeFromBelow();
        m->wait();
        QVERIFY(m->mask(locked) == runMask(100, 10));
        QVERIFY(!m->document.annotation(covered));
        QCOMPARE(deleted.count(), 1);
        QCOMPARE(deleted.last()[0].toInt(), 1);
        m->selection.select(locked);
        m->operations.giveToAbove();
        m->wait();
        QVERIFY(m->mask(locked) == runMask(100, 5));
        m->operations.giveToAbove();
        m->wait();
        QCOMPARE(m->refused.last()[0].value<Refusal>(), Refusal::NothingInCommon);
    }

    void copiesGoToOtherPicturesOfTheSameSize()
    {
        const core::Id a = m->add(runMask(100, 10));
        QVERIFY(!m->operations.canPaste());
        m->selection.select(a);
        m->operations.copy();
        m->operations.duplicate();
        QCOMPARE(m->objectCount(), 2U);
        QVERIFY(m->selection.single() != a);
        QVERIFY(m->mask(m->selection.single()) == runMask(100, 10));
        m->show(1);
        m->operations.paste();
        QCOMPARE(m->objectCount(), 1U);
        QVERIFY(m->mask(m->selection.single()) == runMask(100, 10));
        m->document.undoStack()->undo();
        QCOMPARE(m->objectCount(), 0U);
        QVERIFY(m->document.setImageSize(m->selection.image(), {7, 5}));
        m->operations.paste();
        QCOMPARE(m->objectCount(), 0U);
        QCOMPARE(m->refused.last()[0].value<Refusal>(), Refusal::OtherSize);
    }

    void aPictureHasOneOfAnObjectThatIsFollowed()
    {
        project::AnnotationRecord record;
        record.annotation = {0, m->selection.image(), 0, runMask(100, 10), false};
        record.annotation.track = 7;
        const auto trackOf = [this](core::Id id) {
            return m->document.annotation(id)->annotation.track;
        };
        const core::Id a = addAnnotation(m->document, std::move(record));
        m->selection.select(a);
        m->operations.copy();
        m->operations.duplicate();
        QCOMPARE(trackOf(m->selection.single()), core::Id(0));
        QCOMPARE(trackOf(a), core::Id(7));
        m->show(1);
        m->operations.paste(); // the next picture of the sequence
        QCOMPARE(trackOf(m->selection.single()), core::Id(7));
        m->operations.paste();
        QCOMPARE(trackOf(m->selection.single()), core::Id(0));
    }

    void whatIsGivenUpChangesNothing()
    {
        const core::Id a = m->add(runMask(100, 10));
        const core::Id b = m->add(runMask(105, 10));
        m->selection.select(a);
        m->selection.toggle(b);
        QVERIFY(!m->operations.cancel()); // nothing is being worked out
        m->operations.combine(SetOperation::Union);
        QVERIFY(m->operations.cancel());
        QVERIFY(!m->operations.isBusy());
        m->operations.combine(SetOperation::Difference); // follows what was given up
        m->wait();
        QTest::qWait(50);
        QVERIFY(m->mask(a) == runMask(100, 5));
        QVERIFY(m->mask(b) == runMask(105, 10));
        QCOMPARE(m->refused.count(), 0);
        QCOMPARE(m->document.undoStack()->count(), 3);
    }

    void holesAreFilledOfTheObjectInWorkToo()
    {
        m->session.replaceMask(messyMask());
        QTRY_VERIFY_WITH_TIMEOUT(m->target.kind() == MaskTarget::Kind::InWork, 20'000);
        QVERIFY(!m->operations.canChange());
        const core::Rle before = m->target.mask();
        m->operations.fillHoles();
        QVERIFY(!m->operations.canFillHoles());
        QVERIFY(m->operations.cancel());
        m->operations.fillHoles();
        QVERIFY(m->target.mask() == before); // nothing is worked out in the click
        QTRY_COMPARE_WITH_TIMEOUT(core::area(m->target.mask()), 20 * 30 + 2, 20'000);
        m->operations.fillHoles();
        m->wait();
        QCOMPARE(m->refused.last()[0].value<Refusal>(), Refusal::NoHoles);
    }

    void thePreviewFollowsTheNumbersAndTheSelection()
    {
        const core::Id a = m->add(messyMask());
        const core::Id b = m->add(runMask(5, 3));
        m->selection.select(a);
        m->cleanUp.setOptions({0, 5, 5});
        QVERIFY(!m->cleanUp.isComputing()); // not before it is asked for
        m->cleanUp.setActive(true);
        m->waitForPreview();
        QCOMPARE(m->cleanUp.scope(), CleanUp::Scope::Selected);
        QCOMPARE(m->cleanUp.preview().removedParts, std::vector{QRect(50, 40, 2, 1)});
        QCOMPARE(m->cleanUp.preview().filledHoles, std::vector{QRect(15, 15, 1, 1)});
        QCOMPARE(m->cleanUp.preview().added.area, 1);
        QCOMPARE(m->cleanUp.preview().removed.area, 2);
        for (int size = 0; size < 40; ++size) // the last one counts
            m->cleanUp.setOptions({0, 10 + size, 2});
        m->waitForPreview();
        QCOMPARE(m->cleanUp.preview().added.area, 10);
        QVERIFY(m->cleanUp.preview().removedParts.empty());

        m->selection.select(b);
        m->waitForPreview();
        QVERIFY(m->cleanUp.preview().isEmpty());
        m->selection.select(0);
        m->waitForPreview();
        QCOMPARE(m->cleanUp.scope(), CleanUp::Scope::Image);
        QCOMPARE(m->cleanUp.objectCount(), 2);
        QCOMPARE(m->cleanUp.preview().objects, 1);
        m->cleanUp.setIsLeftAlone([a](core::Id id) { return id == a; });
        m->waitForPreview();
        QVERIFY(m->cleanUp.preview().isEmpty());
        m->show(1);
        m->waitForPreview();
        QCOMPARE(m->cleanUp.objectCount(), 0);
        m->cleanUp.setActive(false);
        QVERIFY(m->cleanUp.preview().isEmpty());
    }

    void cleaningUpIsOneStep()
    {
        const core::Id a = m->add(messyMask());
        const core::Id b = m->add(messyMask());
        m->add(runMask(5, 3));
        const int steps = m->document.undoStack()->count();
        m->cleanUp.setOptions({0, 100, 100});
        m->cleanUp.setActive(true);
        QSignalSpy applied(&m->cleanUp, &CleanUp::applied);
        m->cleanUp.apply(); // before it is worked out
        QTRY_COMPARE_WITH_TIMEOUT(applied.count(), 1, 20'000);
        QCOMPARE(applied.last()[0].toInt(), 2);
        QCOMPARE(m->document.undoStack()->count(), steps + 1);
        QCOMPARE(core::area(m->mask(a)), 600);
        QCOMPARE(core::area(m->mask(b)), 600);
        m->document.undoStack()->undo();
        QVERIFY(m->mask(a) == messyMask());
        QVERIFY(m->mask(b) == messyMask());
    }

    void theObjectInWorkIsCleanedUp()
    {
        m->session.replaceMask(messyMask());
        QTRY_VERIFY_WITH_TIMEOUT(m->target.kind() == MaskTarget::Kind::InWork, 20'000);
        m->cleanUp.setOptions({0, 100, 100});
        m->cleanUp.setActive(true);
        QCOMPARE(m->cleanUp.scope(), CleanUp::Scope::InWork);
        m->waitForPreview();
        QCOMPARE(m->cleanUp.preview().objects, 1);
        m->cleanUp.apply();
        QTRY_COMPARE_WITH_TIMEOUT(core::area(m->target.mask()), 600, 20'000);
        m->session.takeBack();
        QTRY_VERIFY_WITH_TIMEOUT(m->target.mask() == messyMask(), 20'000);
    }
};

QTEST_GUILESS_MAIN(TestObjectOperations)
#include "tst_object_operations.moc"
