// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/segmentation_service.h"

#include "picture_folder.h"
#include "scripted_segmenter.h"
#include "ui/editing/user_requests.h"

#include <QtTest>

using namespace ui;
using Phase = ServiceStatus::Phase;

class TestEmbeddingAhead : public QObject
{
    Q_OBJECT

private:
    PictureFolder m_folder{5};
    std::shared_ptr<SegmenterLog> m_log;
    std::unique_ptr<SegmentationService> m_service;

    PictureFile picture(int number) const
    {
        return {number, m_folder.path() / (std::to_string(number) + ".png")};
    }
    void open(int number) { m_service->openImage(number, picture(number).file); }
    static Question click()
    {
        Question question;
        question.prompt.points.push_back({{5, 5}, core::PointLabel::Foreground});
        return question;
    }
    /// Picture 1 is open; picture 2 is being embedded ahead and does not end by itself.
    void startHeldEmbedding()
    {
        open(1);
        QTRY_VERIFY_WITH_TIMEOUT(m_service->isReady(), 20000);
        m_log->holdEncodes = true;
        m_service->setAhead({picture(2), picture(3)});
        QTRY_COMPARE_WITH_TIMEOUT(m_log->encodes.load(), 2, 20000);
    }

private Q_SLOTS:
    void init()
    {
        m_log = std::make_shared<SegmenterLog>();
        EmbeddingOptions options;
        options.quiet = std::chrono::milliseconds(0);
        m_service = std::make_unique<SegmentationService>(
            [log = m_log] { return std::make_unique<ScriptedSegmenter>(log); }, nullptr, options);
    }
    void cleanup()
    {
        m_log->holdEncodes = m_log->holdDecodes = false;
        m_service.reset();
    }

    void theNearestComesFirstAndOpensAtOnce()
    {
        QSignalSpy ahead(m_service.get(), &SegmentationService::embeddedAhead);
        m_service->setAhead({picture(2), picture(3)}); // waits for the open picture
        open(1);
        QTRY_COMPARE_WITH_TIMEOUT(ahead.count(), 2, 20000);
        QCOMPARE(ahead[0][0].value<core::Id>(), core::Id(2));
        QCOMPARE(ahead[1][0].value<core::Id>(), core::Id(3));
        QCOMPARE(m_log->encodes.load(), 3);
        for (const int number : {2, 3}) {
            open(number);
            QTRY_VERIFY_WITH_TIMEOUT(m_service->isReady(), 20000);
            QCOMPARE(m_service->status().seconds, 0.0);
        }
        QCOMPARE(m_log->encodes.load(), 3);
    }

    void picturesThatWereOpenAreNotPreparedAgain()
    {
        QSignalSpy ahead(m_service.get(), &SegmentationService::embeddedAhead);
        for (const int number : {1, 2}) {
            open(number);
            QTRY_VERIFY_WITH_TIMEOUT(m_service->isReady(), 20000);
        }
        m_service->setAhead({picture(1), picture(3)});
        QTRY_COMPARE_WITH_TIMEOUT(ahead.count(), 1, 20000);
        QCOMPARE(ahead[0][0].value<core::Id>(), core::Id(3));
    }

    void whatIsAskedGoesFirstAndItGoesOnAfterwards()
    {
        startHeldEmbedding();
        QSignalSpy decoded(m_service.get(), &SegmentationService::decoded);
        QSignalSpy ahead(m_service.get(), &SegmentationService::embeddedAhead);
        m_service->ask(click());
        // The answers come although the embedding alone would never have ended.
        QTRY_COMPARE_WITH_TIMEOUT(decoded.count(), 1, 20000);
        QSignalSpy hovered(m_service.get(), &SegmentationService::hovered);
        for (int i = 1; i <= 20; ++i) {
            m_service->askHover(click());
            QTRY_COMPARE_WITH_TIMEOUT(hovered.count(), i, 20000);
        }
        QSignalSpy jobs(m_service.get(), &SegmentationService::jobFinished);
        m_service->runJob([](core::Segmenter &, const auto &embedding) { QVERIFY(embedding); });
        QTRY_COMPARE_WITH_TIMEOUT(jobs.count(), 1, 20000);
        QCOMPARE(ahead.count(), 0);
        m_log->holdEncodes = false;
        QTRY_COMPARE_WITH_TIMEOUT(ahead.count(), 2, 20000);
        QCOMPARE(m_log->encodes.load(), 3); // 1, 2, 3: each once
        QCOMPARE(m_log->stoppedEncodes.load(), 0);
    }

    void itRestsWhileTheUserIsAtIt()
    {
        UserRequests requests(std::chrono::hours(1));
        const std::stop_source running;
        requests.goFirst(running.get_token()); // nothing was asked yet: it does not rest
        int asked = 0;
        requests.add([&] { ++asked; });
        std::stop_source stopped;
        std::thread other([&] {
            requests.add([&] {
                ++asked;
                stopped.request_stop();
            });
        });
        requests.goFirst(stopped.get_token()); // for an hour, were it not stopped
        other.join();
        QCOMPARE(asked, 2);
        requests.add([&] { requests.hurry(); });
        requests.goFirst(running.get_token()); // its picture was opened
        requests.add([] { throw UserRequests::NotNow(); });
        QVERIFY_EXCEPTION_THROWN(requests.goFirst(running.get_token()), core::Error);
        QVERIFY(!requests.isAmidst());
        QVERIFY_EXCEPTION_THROWN(requests.runAll(), UserRequests::NotNow); // it was kept
    }

    void anotherPictureStopsIt()
    {
        startHeldEmbedding();
        open(4);
        QTRY_COMPARE_WITH_TIMEOUT(m_log->stoppedEncodes.load(), 1, 20000);
        m_log->holdEncodes = false;
        QTRY_VERIFY_WITH_TIMEOUT(m_service->isReady(), 20000);
        QCOMPARE(m_service->image(), core::Id(4));
    }

    void theVeryPictureIsNotStartedAnew()
    {
        startHeldEmbedding();
        QSignalSpy ahead(m_service.get(), &SegmentationService::embeddedAhead);
        open(2);
        m_service->setAhead({picture(3)});
        QTRY_COMPARE_WITH_TIMEOUT(m_service->status().phase, Phase::Embedding, 20000);
        m_service->ask(click()); // waits as it would for any embedding
        QSignalSpy decoded(m_service.get(), &SegmentationService::decoded);
        m_log->holdEncodes = false;
        QTRY_COMPARE_WITH_TIMEOUT(decoded.count(), 1, 20000);
        QCOMPARE(m_log->stoppedEncodes.load(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(ahead.count(), 2, 20000);
        QCOMPARE(m_log->encodes.load(), 3); // 1, 2, 3: each once
    }

    void whatTheUserWillNotWaitForIsNotBegunAgain()
    {
        startHeldEmbedding();
        QSignalSpy ahead(m_service.get(), &SegmentationService::embeddedAhead);
        open(2); // goes on with what was begun ahead
        QTRY_COMPARE_WITH_TIMEOUT(m_service->status().phase, Phase::Embedding, 20000);
        m_service->cancelPreparing();
        QTRY_COMPARE_WITH_TIMEOUT(m_log->stoppedEncodes.load(), 1, 20000);
        m_log->holdEncodes = false;
        m_service->setAhead({picture(2), picture(3)});
        QTest::qWait(50); // time to do it wrong
        QCOMPARE(m_log->encodes.load(), 2);
        QCOMPARE(m_service->status().phase, Phase::NotPrepared);
        open(1);
        m_service->setAhead({picture(2), picture(3)});
        QTRY_COMPARE_WITH_TIMEOUT(ahead.count(), 1, 20000);
        QCOMPARE(ahead[0][0].value<core::Id>(), core::Id(3));
        QCOMPARE(m_log->encodes.load(), 3); // 1 was kept, 2 is left alone
    }

    void aChangeOfMindDropsWhatIsNotWantedAnyMore()
    {
        startHeldEmbedding();
        QSignalSpy ahead(m_service.get(), &SegmentationService::embeddedAhead);
        m_service->setAhead({picture(5)});
        QTRY_COMPARE_WITH_TIMEOUT(m_log->stoppedEncodes.load(), 1, 20000);
        m_log->holdEncodes = false;
        QTRY_COMPARE_WITH_TIMEOUT(ahead.count(), 1, 20000);
        QCOMPARE(ahead[0][0].value<core::Id>(), core::Id(5));
    }

    void whatCannotBeReadIsPassedOver()
    {
        QSignalSpy ahead(m_service.get(), &SegmentationService::embeddedAhead);
        open(1);
        m_service->setAhead({{9, m_folder.path() / "none.png"}, picture(2)});
        QTRY_COMPARE_WITH_TIMEOUT(ahead.count(), 1, 20000);
        QCOMPARE(ahead[0][0].value<core::Id>(), core::Id(2));
    }

    void switchedOffItDoesNothing()
    {
        m_service->setPrefetch(false);
        m_service->setAhead({picture(2)});
        for (const int number : {1, 3}) { // the second shows that nothing came between
            open(number);
            QTRY_VERIFY_WITH_TIMEOUT(m_service->isReady(), 20000);
        }
        QCOMPARE(m_log->encodes.load(), 2);
        QSignalSpy ahead(m_service.get(), &SegmentationService::embeddedAhead);
        m_service->setPrefetch(true);
        QTRY_COMPARE_WITH_TIMEOUT(ahead.count(), 1, 20000);
    }

    void anotherModelEmbedsAnew()
    {
        QSignalSpy ahead(m_service.get(), &SegmentationService::embeddedAhead);
        open(1);
        m_service->setAhead({picture(2)});
        QTRY_COMPARE_WITH_TIMEOUT(ahead.count(), 1, 20000);
        m_service->setSegmenter([log = m_log] { return std::make_unique<ScriptedSegmenter>(log); });
        m_service->setAhead({picture(2)});
        QTRY_COMPARE_WITH_TIMEOUT(ahead.count(), 2, 20000);
    }

    void theEndDoesNotWaitForIt()
    {
        startHeldEmbedding();
        m_service.reset();
        QCOMPARE(m_log->stoppedEncodes.load(), 1);
    }
};

QTEST_GUILESS_MAIN(TestEmbeddingAhead)
#include "tst_embedding_ahead.moc"
