// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/segmentation_service.h"

#include "picture_folder.h"
#include "scripted_segmenter.h"

#include <QtTest>

using namespace ui;
using Phase = ServiceStatus::Phase;

namespace
{

Question clickAt(double x, double y)
{
    Question question;
    question.prompt.points.push_back({{x, y}, core::PointLabel::Foreground});
    return question;
}

SegmenterFactory scripted(const std::shared_ptr<SegmenterLog> &log)
{
    return [log] { return std::make_unique<ScriptedSegmenter>(log); };
}

} // namespace

class TestSegmentationService : public QObject
{
    Q_OBJECT

private:
    PictureFolder m_folder{3};
    std::shared_ptr<SegmenterLog> m_log;

    std::filesystem::path picture(int number) const
    {
        return m_folder.path() / (std::to_string(number) + ".png");
    }

private Q_SLOTS:
    void init() { m_log = std::make_shared<SegmenterLog>(); }

    void anOpenedPictureIsReadEmbeddedAndAnswered()
    {
        SegmentationService service(scripted(m_log));
        QSignalSpy read(&service, &SegmentationService::imageRead);
        QSignalSpy decoded(&service, &SegmentationService::decoded);
        QList<Phase> phases;
        connect(&service, &SegmentationService::statusChanged, this,
                [&](const ServiceStatus &status) {
                    if (phases.isEmpty() || phases.last() != status.phase)
                        phases << status.phase;
                });
        service.openImage(7, picture(1));
        QTRY_VERIFY_WITH_TIMEOUT(service.isReady(), 20000);
        QCOMPARE(read.count(), 1);
        QCOMPARE(read[0][0].value<core::Id>(), core::Id(7));
        QCOMPARE(read[0][1].value<QImage>().size(),
                 QSize(PictureFolder::width, PictureFolder::height));
        QVERIFY(phases.contains(Phase::Embedding));
        QCOMPARE(phases.last(), Phase::Ready);
        QCOMPARE(service.status().modelName, QStringLiteral("fake segmenter"));

        const quint64 request = service.ask(clickAt(20, 20));
        QTRY_COMPARE_WITH_TIMEOUT(decoded.count(), 1, 20000);
        QCOMPARE(decoded[0][0].toULongLong(), request);
        const auto candidates = decoded[0][1].value<std::vector<Candidate>>();
        QCOMPARE(candidates.size(), std::size_t(3));
        QVERIFY(core::decode(candidates[0].mask).at(20, 20));
        QVERIFY(candidates[0].shape.bounds.contains(20, 20));
    }

    void thePictureAndPartsOfItArePreparedForQuestions()
    {
        m_log->failPreparing = true; // is nobody's concern but the first question's
        SegmentationService service(scripted(m_log));
        QSignalSpy failed(&service, &SegmentationService::focusFailed);
        service.openImage(1, picture(1));
        QTRY_COMPARE_WITH_TIMEOUT(m_log->prepared.load(), 1, 20000);
        QTRY_VERIFY_WITH_TIMEOUT(service.isReady(), 20000);
        service.focus({10, 10, 20, 20});
        QTRY_COMPARE_WITH_TIMEOUT(m_log->prepared.load(), 2, 20000);
        QTRY_VERIFY_WITH_TIMEOUT(service.focused().has_value(), 20000);
        QCOMPARE(failed.count(), 0);
        QVERIFY(service.isReady());
    }

    void clicksBeforeTheEmbeddingAreAnsweredWhenItIsThere()
    {
        m_log->holdEncodes = true;
        SegmentationService service(scripted(m_log));
        QSignalSpy decoded(&service, &SegmentationService::decoded);
        service.openImage(1, picture(1));
        service.ask(clickAt(10, 10)); // while the picture is being read
        QTRY_COMPARE_WITH_TIMEOUT(service.status().phase, Phase::Embedding, 20000);
        const quint64 last = service.ask(clickAt(30, 30)); // while it is being embedded
        m_log->holdEncodes = false;
        QTRY_COMPARE_WITH_TIMEOUT(decoded.count(), 1, 20000);
        QCOMPARE(decoded[0][0].toULongLong(), last);
        QCOMPARE(m_log->decodes.load(), 1); // the first question was overtaken by the second
    }

    void fiftyHoversCostFewDecodes()
    {
        SegmentationService service(scripted(m_log));
        QSignalSpy hovered(&service, &SegmentationService::hovered);
        service.openImage(1, picture(1));
        QTRY_VERIFY_WITH_TIMEOUT(service.isReady(), 20000);
        m_log->holdDecodes = true;
        quint64 last = service.askHover(clickAt(0, 20));
        QTRY_COMPARE_WITH_TIMEOUT(m_log->decodes.load(), 1, 20000); // this one is at work
        for (int x = 1; x < 50; ++x)
            last = service.askHover(clickAt(x, 20));
        m_log->holdDecodes = false;
        QTRY_COMPARE_WITH_TIMEOUT(hovered.count(), 2, 20000); // a pointer that moves on sees both
        QCOMPARE(hovered[1][0].toULongLong(), last);
        QCOMPARE(m_log->decodes.load(), 2);
    }

    void aQuestionOvertakesHoversAndOlderQuestions()
    {
        SegmentationService service(scripted(m_log));
        QSignalSpy hovered(&service, &SegmentationService::hovered);
        QSignalSpy decoded(&service, &SegmentationService::decoded);
        service.openImage(1, picture(1));
        QTRY_VERIFY_WITH_TIMEOUT(service.isReady(), 20000);
        m_log->holdDecodes = true;
        service.ask(clickAt(1, 1));
        QTRY_COMPARE_WITH_TIMEOUT(m_log->decodes.load(), 1, 20000);
        service.askHover(clickAt(2, 2));
        service.ask(clickAt(3, 3));
        const quint64 last = service.ask(clickAt(4, 4));
        m_log->holdDecodes = false;
        QTRY_COMPARE_WITH_TIMEOUT(decoded.count(), 1, 20000);
        QCOMPARE(decoded[0][0].toULongLong(), last);
        QCOMPARE(m_log->decodes.load(), 2);
        QCOMPARE(hovered.count(), 0);
    }

    void aPartIsEncodedBesideTheWholeAndKept()
    {
        SegmentationService service(scripted(m_log));
        QSignalSpy changed(&service, &SegmentationService::focusChanged);
        QSignalSpy decoded(&service, &SegmentationService::decoded);
        service.focus({0, 0, 20, 20}); // no picture yet
        QVERIFY(!service.isFocusing());
        service.openImage(1, picture(1));
        QTRY_VERIFY_WITH_TIMEOUT(service.isReady(), 20000);
        m_log->holdEncodes = true;
        service.focus({0, 0, 20, 20});
        service.focus({10, 10, 20, 20}); // overtakes
        QVERIFY(service.isFocusing() && service.isReady() && !service.focused());
        m_log->holdEncodes = false;
        QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 1, 20000);
        QVERIFY((service.focused() == core::PixelRect{10, 10, 20, 20}));
        const int encodes = m_log->encodes;

        Question question = clickAt(20, 20);
        question.window = service.focused();
        service.ask(question);
        QTRY_COMPARE_WITH_TIMEOUT(decoded.count(), 1, 20000);
        QCOMPARE(m_log->prompts().back().points[0].position, (core::ImagePoint{10, 10}));
        service.endFocus();
        QCOMPARE(changed.count(), 2);
        service.focus({10, 10, 20, 20});
        QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 3, 20000);
        QCOMPARE(m_log->encodes.load(), encodes); // it was kept
        service.openImage(2, picture(2));
        QCOMPARE(changed.count(), 4);
        QVERIFY(!service.focused());
    }

    void aFocusThatFailsLeavesThingsAsTheyWere()
    {
        SegmentationService service(scripted(m_log));
        QSignalSpy failed(&service, &SegmentationService::focusFailed);
        service.openImage(1, picture(1));
        QTRY_VERIFY_WITH_TIMEOUT(service.isReady(), 20000);
        m_log->failEncodes = true;
        service.focus({0, 0, 20, 20});
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 20000);
        QVERIFY(service.isReady() && !service.focused() && !service.isFocusing());
    }

    void anotherPictureStopsTheEmbeddingUnderWay()
    {
        m_log->holdEncodes = true;
        SegmentationService service(scripted(m_log));
        QSignalSpy ready(&service, &SegmentationService::embeddingReady);
        QSignalSpy failed(&service, &SegmentationService::failed);
        QSignalSpy decoded(&service, &SegmentationService::decoded);
        service.openImage(1, picture(1));
        QTRY_COMPARE_WITH_TIMEOUT(m_log->encodes.load(), 1, 20000);
        service.ask(clickAt(1, 1));
        service.openImage(2, picture(2));
        QTRY_COMPARE_WITH_TIMEOUT(m_log->stoppedEncodes.load(), 1, 20000);
        m_log->holdEncodes = false;
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, 20000);
        QCOMPARE(ready[0][0].value<core::Id>(), core::Id(2));
        QCOMPARE(failed.count() + decoded.count(), 0); // the question was about the first picture
    }

    void anEmbeddingThatIsCancelledBeginsAgainWhenAsked()
    {
        m_log->holdEncodes = true;
        SegmentationService service(scripted(m_log));
        QSignalSpy failed(&service, &SegmentationService::failed);
        QSignalSpy decoded(&service, &SegmentationService::decoded);
        service.cancelPreparing(); // there is nothing to cancel yet
        service.openImage(1, picture(1));
        QTRY_COMPARE_WITH_TIMEOUT(m_log->encodes.load(), 1, 20000);
        const quint64 early = service.ask(clickAt(1, 1));
        service.cancelPreparing();
        QCOMPARE(service.status().phase, Phase::NotPrepared);
        QVERIFY(statusText(service.status()).contains(QStringLiteral("click")));
        QCOMPARE(failed.count(), 1);
        QCOMPARE(failed[0][0].toULongLong(), early);
        QCOMPARE(failed[0][1].value<core::ErrorKind>(), core::ErrorKind::Cancelled);
        QTRY_COMPARE_WITH_TIMEOUT(m_log->stoppedEncodes.load(), 1, 20000);
        QVERIFY(service.pixels());
        service.askHover(clickAt(2, 2)); // a pointer that passes is no wish
        QCOMPARE(service.status().phase, Phase::NotPrepared);

        const quint64 late = service.ask(clickAt(3, 3));
        QCOMPARE(service.status().phase, Phase::Embedding);
        m_log->holdEncodes = false;
        QTRY_COMPARE_WITH_TIMEOUT(decoded.count(), 1, 20000);
        QCOMPARE(decoded[0][0].toULongLong(), late);
        QVERIFY(service.isReady());
        QCOMPARE(m_log->encodes.load(), 2);
        service.cancelPreparing(); // nor is there now
        QVERIFY(service.isReady());
        QCOMPARE(failed.count(), 1);
    }

    void anEmbeddingThatIsCancelledMakesWayForAnotherPictureAndModel()
    {
        m_log->holdEncodes = true;
        SegmentationService service(scripted(m_log));
        const auto cancel = [&] {
            QTRY_COMPARE_WITH_TIMEOUT(service.status().phase, Phase::Embedding, 20000);
            service.cancelPreparing();
            QCOMPARE(service.status().phase, Phase::NotPrepared);
        };
        service.openImage(1, picture(1));
        cancel();
        service.openImage(2, picture(2));
        cancel();
        service.setSegmenter(scripted(m_log));
        cancel();
        m_log->holdEncodes = false;
        service.openImage(1, picture(1));
        QTRY_VERIFY_WITH_TIMEOUT(service.isReady(), 20000);
    }

    void embeddingsAreKeptForPicturesSeenBefore()
    {
        SegmentationService service(scripted(m_log));
        for (const int number : {1, 2, 1, 2}) {
            service.openImage(number, picture(number));
            QTRY_VERIFY_WITH_TIMEOUT(service.isReady(), 20000);
        }
        QCOMPARE(m_log->encodes.load(), 2);
        QCOMPARE(service.status().seconds, 0.0);
    }

    void withoutRoomOnlyTheLastEmbeddingIsKept()
    {
        EmbeddingOptions options;
        options.budgets.memory = 1;
        SegmentationService service(scripted(m_log), nullptr, options);
        for (const int number : {1, 1, 2, 1}) {
            service.openImage(number, picture(number));
            QTRY_VERIFY_WITH_TIMEOUT(service.isReady(), 20000);
        }
        QCOMPARE(m_log->encodes.load(), 3);
    }

    void anUnreadablePictureFailsByName()
    {
        SegmentationService service(scripted(m_log));
        QSignalSpy imageFailed(&service, &SegmentationService::imageFailed);
        QSignalSpy failed(&service, &SegmentationService::failed);
        QTRY_COMPARE_WITH_TIMEOUT(service.status().phase, Phase::Idle, 20000);
        service.openImage(9, m_folder.path() / "none.png");
        const quint64 early = service.ask(clickAt(1, 1));
        QTRY_COMPARE_WITH_TIMEOUT(imageFailed.count(), 1, 20000);
        QVERIFY(imageFailed[0][2].toString().contains(QStringLiteral("none.png")));
        QCOMPARE(service.status().phase, Phase::Failed);
        const quint64 late = service.ask(clickAt(1, 1));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 2, 20000);
        QCOMPARE(failed[0][0].toULongLong(), early);
        QCOMPARE(failed[1][0].toULongLong(), late);
        service.openImage(1, picture(1));
        QTRY_VERIFY_WITH_TIMEOUT(service.isReady(), 20000);
    }

    void errorsOfTheModelComeAsValues()
    {
        SegmentationService service(scripted(m_log));
        QSignalSpy failed(&service, &SegmentationService::failed);
        service.openImage(1, picture(1));
        QTRY_VERIFY_WITH_TIMEOUT(service.isReady(), 20000);
        m_log->failDecodes = true;
        service.askHover(clickAt(1, 1)); // hovers fail in silence
        service.ask(clickAt(1, 1));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 20000);
        QCOMPARE(failed[0][1].value<core::ErrorKind>(), core::ErrorKind::OutOfMemory);

        m_log->failEncodes = true;
        service.openImage(2, picture(2));
        QTRY_COMPARE_WITH_TIMEOUT(service.status().phase, Phase::Failed, 20000);
        QVERIFY(service.status().detail.contains(QStringLiteral("no memory")));
    }

    void aModelThatDoesNotLoadCanBeReplaced()
    {
        SegmentationService service([]() -> std::unique_ptr<core::Segmenter> {
            throw core::Error(core::ErrorKind::BadCheckpoint, "weights.pth is cut short");
        });
        QSignalSpy modelFailed(&service, &SegmentationService::modelFailed);
        QSignalSpy failed(&service, &SegmentationService::failed);
        service.openImage(1, picture(1));
        QTRY_COMPARE_WITH_TIMEOUT(modelFailed.count(), 1, 20000);
        QCOMPARE(service.status().phase, Phase::NoModel);
        service.ask(clickAt(1, 1));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 20000);
        QCOMPARE(failed[0][1].value<core::ErrorKind>(), core::ErrorKind::BadCheckpoint);

        service.setSegmenter(scripted(m_log));
        QTRY_VERIFY_WITH_TIMEOUT(service.isReady(), 20000);
        QCOMPARE(service.image(), core::Id(1));
    }

    void changingTheModelEmbedsTheOpenPictureAnew()
    {
        SegmentationService service(scripted(m_log));
        service.openImage(1, picture(1));
        QTRY_VERIFY_WITH_TIMEOUT(service.isReady(), 20000);
        const auto other = std::make_shared<SegmenterLog>();
        QSignalSpy changed(&service, &SegmentationService::modelChanged);
        service.setSegmenter(scripted(std::make_shared<SegmenterLog>())); // overtaken by the next
        service.setSegmenter(scripted(other));
        QVERIFY(!service.isReady());
        QTRY_VERIFY_WITH_TIMEOUT(service.isReady(), 20000);
        QCOMPARE(changed.count(), 1);
        QSignalSpy decoded(&service, &SegmentationService::decoded);
        service.ask(clickAt(1, 1));
        QTRY_COMPARE_WITH_TIMEOUT(decoded.count(), 1, 20000);
        QCOMPARE(other->decodes.load(), 1);
    }

    void theEndDoesNotWaitForAnEmbedding()
    {
        m_log->holdEncodes = true; // only a stop ends it
        {
            SegmentationService service(scripted(m_log));
            service.openImage(1, picture(1));
            QTRY_COMPARE_WITH_TIMEOUT(m_log->encodes.load(), 1, 20000);
        }
        QCOMPARE(m_log->stoppedEncodes.load(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSegmentationService)
#include "tst_segmentation_service.moc"
