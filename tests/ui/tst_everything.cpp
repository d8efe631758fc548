// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/everything_session.h"

#include "core/mask/rle_measure.h"
#include "picture_folder.h"
#include "scripted_segmenter.h"
#include "ui/editing/edits.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace ui;

class TestEverything : public QObject
{
    Q_OBJECT

private:
    struct Bench {
        PictureFolder folder{2};
        std::shared_ptr<SegmenterLog> log = std::make_shared<SegmenterLog>();
        Document document;
        SegmentationService service{
            [log = log] { return std::make_unique<ScriptedSegmenter>(log); }};
        EverythingSession session{document, service};
        QAbstractItemModelTester tester{&session.list(),
                                        QAbstractItemModelTester::FailureReportingMode::Fatal};

        Bench() { folder.openIn(document); }
        core::Id imageId(int index) const { return document.images()[std::size_t(index)].id; }
        void open(int index = 0)
        {
            service.openImage(imageId(index), document.imagePath(imageId(index)));
        }
    };
    std::unique_ptr<Bench> m;

    /// Searches and filters until something is offered.
    void offer()
    {
        QVERIFY(m->session.start());
        QTRY_VERIFY_WITH_TIMEOUT(!m->session.list().isEmpty(), 60'000);
    }
    std::size_t objects() const { return m->document.annotations(m->imageId(0)).size(); }

private Q_SLOTS:
    void init()
    {
        m = std::make_unique<Bench>();
        QVERIFY(!m->session.start()); // nothing is open yet
        m->session.search().setPointsPerSide(8);
        m->open();
        QTRY_VERIFY_WITH_TIMEOUT(m->service.isReady(), 20'000);
    }
    void cleanup() { m.reset(); }

    void clicksGoFirst()
    {
        QSignalSpy decoded(&m->service, &SegmentationService::decoded);
        QSignalSpy progress(&m->session.search(), &EverythingSearch::progressChanged);
        QVERIFY(m->session.start());
        QTRY_VERIFY_WITH_TIMEOUT(progress.count() > 3, 20'000);
        Question question;
        question.prompt.points = {{{20, 20}}};
        m->service.ask(question);
        QTRY_COMPARE_WITH_TIMEOUT(decoded.count(), 1, 20'000);
        QVERIFY(m->session.isSearching());   // sixty-four points, and it is still at it
        QCOMPARE(m->log->encodes.load(), 1); // the picture's own embedding is used
    }

    void offersWhatPassesAndIsQuickToFilter()
    {
        offer();
        QVERIFY(m->session.isOffering() && !m->session.isSearching());
        const std::size_t before = m->session.list().proposals().size();
        for (const Proposal &proposal : m->session.list().proposals()) {
            QVERIFY(proposal.quality > m->session.thresholds().predIouThresh);
            QVERIFY(core::area(*proposal.mask) >= m->session.thresholds().minArea);
        }
        const int asked = m->log->decodes;
        m->session.setThresholds({0.5, 0.2, 0.9, 0.9, 10});
        QTRY_VERIFY_WITH_TIMEOUT(m->session.list().proposals().size() > before, 20'000);
        const std::size_t loose = m->session.list().proposals().size();
        for (int move = 0; move < 20; ++move) // only the first of the fake model's three
            m->session.setThresholds({0.81 + 0.002 * move, 0.2, 0.9, 0.9, 10});
        QTRY_VERIFY_WITH_TIMEOUT(m->session.list().proposals().size() < loose, 20'000);
        QVERIFY(!m->session.list().isEmpty());
        for (const Proposal &proposal : m->session.list().proposals())
            QVERIFY(proposal.quality > 0.81);
        QCOMPARE(m->log->decodes.load(), asked); // nothing was computed anew
    }

    void everyProposalIsSeenAndHit()
    {
        offer();
        ProposalList &list = m->session.list();
        QVERIFY(list.map());
        for (int y = 0; y < PictureFolder::height; y += 5) {
            for (int x = 0; x < PictureFolder::width; x += 5) {
                const int row = list.rowAt(x + 0.5, y + 0.5);
                if (row < 0)
                    continue;
                QVERIFY(core::decode(*list.proposals()[std::size_t(row)].mask).at(x, y));
            }
        }
        QCOMPARE(list.rowAt(-1, 3), -1);
        QCOMPARE(list.rowAt(3, PictureFolder::height), -1);
    }

    void choosingOutlastsFiltering()
    {
        offer();
        ProposalList &list = m->session.list();
        list.toggle(0);
        const core::Rle *chosen = list.proposals().front().mask.get();
        QSignalSpy reset(&list, &QAbstractItemModel::modelReset);
        core::MaskThresholds loose = m->session.thresholds();
        loose.boxNmsThresh = 0.9;
        m->session.setThresholds(loose);
        QTRY_VERIFY_WITH_TIMEOUT(reset.count() > 0, 20'000);
        QCOMPARE(list.chosenCount(), 1);
        QCOMPARE(list.chosen().front().mask.get(), chosen);
    }

    void acceptingSomeIsOneStep()
    {
        offer();
        ProposalList &list = m->session.list();
        QVERIFY(list.rowCount() > 3);
        list.toggle(0);
        list.toggle(2);
        const std::vector<Proposal> chosen = list.chosen();
        const std::size_t before = list.proposals().size();
        QVERIFY(m->session.acceptChosen(0));
        QCOMPARE(objects(), std::size_t(2));
        QCOMPARE(m->document.undoStack()->count(), 1);
        const auto records = m->document.annotations(m->imageId(0));
        QVERIFY(records[0]->annotation.mask == *chosen[0].mask);
        QVERIFY(records[1]->annotation.mask == *chosen[1].mask);
        // They, and what is like them, are not offered any more; undo brings them back.
        QTRY_VERIFY_WITH_TIMEOUT(list.proposals().size() <= before - 2, 20'000);
        for (const Proposal &proposal : list.proposals())
            for (const Proposal &taken : chosen)
                QVERIFY(core::iou(*proposal.mask, *taken.mask) <= duplicateIou);
        m->document.undoStack()->undo();
        QCOMPARE(objects(), std::size_t(0));
        QTRY_COMPARE_WITH_TIMEOUT(list.proposals().size(), before, 20'000);
    }

    void acceptingAllEndsIt()
    {
        offer();
        const std::size_t offered = m->session.list().proposals().size();
        QVERIFY(m->session.acceptAll(0));
        QCOMPARE(objects(), offered);
        QVERIFY(!m->session.isActive());
        QVERIFY(m->session.list().isEmpty());
        m->document.undoStack()->undo();
        QCOMPARE(objects(), std::size_t(0));
    }

    void nothingChosenIsNothingAccepted()
    {
        offer();
        QVERIFY(!m->session.acceptChosen(0));
        QCOMPARE(objects(), std::size_t(0));
        QVERIFY(m->session.isOffering());
    }

    void aRegionIsLookedAtByItself()
    {
        QVERIFY(m->session.start({8, 8, 40, 32}));
        QTRY_VERIFY_WITH_TIMEOUT(m->session.isOffering(), 60'000);
        QCOMPARE(m->log->encodes.load(), 2);
    }

    void droppingStopsTheSearch()
    {
        QVERIFY(m->session.start());
        m->session.drop();
        QVERIFY(!m->session.isActive());
        // What was under way ends, nothing follows.
        QSignalSpy decoded(&m->service, &SegmentationService::decoded);
        Question question;
        question.prompt.points = {{{20, 20}}};
        m->service.ask(question);
        QTRY_COMPARE_WITH_TIMEOUT(decoded.count(), 1, 20'000);
        const int asked = m->log->decodes;
        m->service.ask(question);
        QTRY_COMPARE_WITH_TIMEOUT(decoded.count(), 2, 20'000);
        QCOMPARE(m->log->decodes.load(), asked + 1);
        QVERIFY(!m->session.isOffering());
    }

    void anotherPictureDropsIt()
    {
        offer();
        m->open(1);
        QVERIFY(!m->session.isActive());
        QVERIFY(m->session.list().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(m->service.isReady(), 20'000);
        QVERIFY(m->session.start());
        m->open(0);
        QVERIFY(!m->session.isSearching());
    }

    void anotherModelEndsTheSearch()
    {
        QVERIFY(m->session.start());
        m->service.setSegmenter(
            [log = m->log] { return std::make_unique<ScriptedSegmenter>(log); });
        QVERIFY(!m->session.isSearching());
        QTRY_VERIFY_WITH_TIMEOUT(m->service.isReady(), 20'000);
    }

    void failuresAreTold()
    {
        QSignalSpy failed(&m->session, &EverythingSession::failed);
        m->log->failDecodes = true;
        QVERIFY(m->session.start());
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 20'000);
        QCOMPARE(failed[0][0].value<core::ErrorKind>(), core::ErrorKind::OutOfMemory);
        QVERIFY(!m->session.isActive());
    }

    void closingWhileSearchingIsSafe()
    {
        QVERIFY(m->session.start());
        QTRY_VERIFY_WITH_TIMEOUT(m->log->decodes.load() > 2, 20'000);
        m.reset();
    }
};

QTEST_GUILESS_MAIN(TestEverything)
#include "tst_everything.moc"
