// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/segmentation_service.h"

#include "core/error.h"
#include "core/segmentation/fake_segmenter.h"
#include "picture_folder.h"
#include "ui/editing/everything_search.h"

#include <QtTest>

#include <atomic>
#include <mutex>
#include <thread>

using namespace ui;
using Phase = ServiceStatus::Phase;

namespace
{

/// What the test decides about the memory of a GPU that is not there.
struct Memory {
    std::mutex mutex;
    int shortages = 0; ///< so many computations more run out of it
    std::atomic<bool> holdsEncodes = false;
    std::atomic<int> encodes = 0;
    bool isGpuTooSmall = false;              ///< even to load the model
    std::atomic<bool> isGpuUnusable = false; ///< the model says so and takes the CPU
    bool isCpuTooSmall = false;        ///< the machine's own memory does not hold the model either
    QList<core::ComputeLimits> loaded; ///< how the model was loaded, one after the other

    bool runsOut()
    {
        const std::lock_guard guard(mutex);
        return shortages > 0 && shortages-- > 0;
    }
};

class HungrySegmenter : public core::FakeSegmenter
{
public:
    HungrySegmenter(std::shared_ptr<Memory> memory, const core::ComputeLimits &limits)
        : m_memory(std::move(memory)), m_facts(FakeSegmenter::info())
    {
        const std::lock_guard guard(m_memory->mutex);
        m_memory->loaded << limits;
        if (limits.onCpu ? m_memory->isCpuTooSmall : m_memory->isGpuTooSmall)
            throw core::Error(core::ErrorKind::OutOfMemory, "too large a model");
        const bool onCpu = limits.onCpu || m_memory->isGpuUnusable;
        m_facts.device = onCpu ? core::Device::Cpu : core::Device::Cuda;
        if (m_memory->isGpuUnusable)
            m_facts.gpuProblem = "other programs fill its memory.";
        m_facts.precision = limits.halfPrecision ? "fp16" : "fp32";
    }
    const core::SegmenterInfo &info() const override { return m_facts; }
    std::shared_ptr<const core::ImageEmbedding>
    encode(core::ImageView image, std::stop_token stop,
           const core::EncodeProgress &progress) override
    {
        if (m_memory->runsOut())
            throw core::Error(core::ErrorKind::OutOfMemory, "no memory to encode");
        ++m_memory->encodes;
        for (; m_memory->holdsEncodes && !stop.stop_requested(); progress(0.5)) // between layers
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return FakeSegmenter::encode(image, stop, progress);
    }
    std::vector<core::MaskCandidate> decode(const core::ImageEmbedding &embedding,
                                            const core::Prompt &prompt) override
    {
        if (m_memory->runsOut())
            throw core::Error(core::ErrorKind::OutOfMemory, "no memory to decode");
        return FakeSegmenter::decode(embedding, prompt);
    }

private:
    std::shared_ptr<Memory> m_memory;
    core::SegmenterInfo m_facts;
};

} // namespace

class TestMemoryShortage : public QObject
{
    Q_OBJECT

private:
    PictureFolder m_folder{3};
    std::shared_ptr<Memory> m_memory;
    std::unique_ptr<SegmentationService> m_service;

    void run(int shortages)
    {
        const std::lock_guard guard(m_memory->mutex);
        m_memory->shortages = shortages;
    }
    void open(int number)
    {
        m_service->openImage(number, m_folder.path() / (std::to_string(number) + ".png"));
    }
    quint64 click()
    {
        Question question;
        question.prompt.points.push_back({{20, 20}, core::PointLabel::Foreground});
        return m_service->ask(question);
    }
    std::vector<core::ComputeLimits> loaded() const
    {
        const std::lock_guard guard(m_memory->mutex);
        return {m_memory->loaded.begin(), m_memory->loaded.end()};
    }

    const core::ComputeLimits asAsked{};
    const core::ComputeLimits half{true, false, false};
    const core::ComputeLimits halfAndSmall{true, true, false};
    const core::ComputeLimits cpu{false, false, true};
    const core::ComputeLimits cpuAndSmall{false, true, true};

    /// The pictures ahead are prepared at once.
    void openPreparingAhead()
    {
        EmbeddingOptions options;
        options.quiet = std::chrono::milliseconds(0);
        m_service = std::make_unique<SegmentationService>(
            [memory = m_memory](const core::ComputeLimits &limits) {
                return std::make_unique<HungrySegmenter>(memory, limits);
            },
            nullptr, options);
        open(1);
        QTRY_VERIFY_WITH_TIMEOUT(m_service->isReady(), 20000);
    }

private Q_SLOTS:
    void init()
    {
        m_memory = std::make_shared<Memory>();
        m_service = std::make_unique<SegmentationService>(
            [memory = m_memory](const core::ComputeLimits &limits) {
                return std::make_unique<HungrySegmenter>(memory, limits);
            });
    }
    void cleanup() { m_service.reset(); }

    void anEmbeddingGetsByWithLess_data()
    {
        QTest::addColumn<int>("shortages");
        QTest::addColumn<int>("loads");
        QTest::addColumn<QString>("said");
        QTest::newRow("enough") << 0 << 1 << "GPU";
        QTest::newRow("freed caches are enough") << 1 << 1 << "GPU";
        QTest::newRow("half precision is enough") << 2 << 2 << "half precision";
        QTest::newRow("small batches are enough") << 3 << 3 << "half precision";
        QTest::newRow("only the CPU has enough") << 4 << 4 << "CPU, the GPU's memory was full";
        QTest::newRow("the CPU in small batches") << 5 << 5 << "CPU, the GPU's memory was full";
    }
    void anEmbeddingGetsByWithLess()
    {
        QFETCH(int, shortages);
        QFETCH(int, loads);
        QFETCH(QString, said);
        run(shortages);
        QSignalSpy decoded(m_service.get(), &SegmentationService::decoded);
        open(1);
        const quint64 request = click(); // before it is ready; is not lost
        QTRY_COMPARE_WITH_TIMEOUT(decoded.count(), 1, 20000);
        QCOMPARE(decoded[0][0].toULongLong(), request);
        const std::vector all{asAsked, half, halfAndSmall, cpu, cpuAndSmall};
        QCOMPARE(loaded(), std::vector(all.begin(), all.begin() + loads));
        QCOMPARE(m_service->status().limits, all[std::size_t(loads) - 1]);
        QVERIFY2(statusText(m_service->status()).contains(said),
                 qPrintable(statusText(m_service->status())));
    }

    void aClickGetsByWithLess()
    {
        open(1);
        QTRY_VERIFY_WITH_TIMEOUT(m_service->isReady(), 20000);
        QSignalSpy decoded(m_service.get(), &SegmentationService::decoded);
        run(4);
        click();
        QTRY_COMPARE_WITH_TIMEOUT(decoded.count(), 1, 20000);
        QCOMPARE(loaded(), (std::vector{asAsked, half, halfAndSmall, cpu}));
        QVERIFY(m_service->isReady());
        click(); // and stays there
        QTRY_COMPARE_WITH_TIMEOUT(decoded.count(), 2, 20000);
        QCOMPARE(loaded().size(), std::size_t(4));
    }

    void lookingForEverythingGetsByWithLess_data()
    {
        QTest::addColumn<int>("steps");
        QTest::newRow("from the beginning") << 0;
        QTest::newRow("in the middle") << 2;
    }
    void lookingForEverythingGetsByWithLess()
    {
        QFETCH(int, steps);
        const auto search = [this](int before, int shortages) {
            EverythingSearch everything(*m_service);
            everything.setPointsPerSide(10); // four steps on a GPU
            QSignalSpy progress(&everything, &EverythingSearch::progressChanged);
            QSignalSpy failed(&everything, &EverythingSearch::failed);
            std::size_t count = 0;
            connect(&everything, &EverythingSearch::found,
                    [&](const FoundMasks &masks) { count = masks->size(); });
            double last = 0;
            bool rises = true;
            connect(&everything, &EverythingSearch::progressChanged, [&](double now) {
                rises = rises && now >= last && now <= 1;
                last = now;
                if (progress.count() == before + 1)
                    run(shortages);
            });
            if (!everything.start())
                return std::size_t(0);
            const bool ended = QTest::qWaitFor([&] { return !everything.isRunning(); }, 60'000);
            return ended && failed.isEmpty() && rises ? count : std::size_t(0);
        };
        open(1);
        QTRY_VERIFY_WITH_TIMEOUT(m_service->isReady(), 20000);
        const std::size_t all = search(0, 0);
        QVERIFY(all > 0);
        QCOMPARE(search(steps, 4), all); // none is missing, none is found twice
        QCOMPARE(loaded(), (std::vector{asAsked, half, halfAndSmall, cpu}));
        QCOMPARE(m_service->status().limits, cpu);
        QSignalSpy decoded(m_service.get(), &SegmentationService::decoded);
        click();
        QTRY_COMPARE_WITH_TIMEOUT(decoded.count(), 1, 20000);
    }

    void whenNothingHelpsTheClickFailsAndTheNextMaySucceed()
    {
        open(1);
        QTRY_VERIFY_WITH_TIMEOUT(m_service->isReady(), 20000);
        QSignalSpy failed(m_service.get(), &SegmentationService::failed);
        QSignalSpy decoded(m_service.get(), &SegmentationService::decoded);
        run(1000);
        click();
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 20000);
        QCOMPARE(failed[0][1].value<core::ErrorKind>(), core::ErrorKind::OutOfMemory);
        run(0);
        click();
        QTRY_COMPARE_WITH_TIMEOUT(decoded.count(), 1, 20000);
    }

    void aModelThatTheGpuHasNoRoomForComputesOnTheCpu()
    {
        m_memory->isGpuTooSmall = true;
        m_service->setSegmenter([memory = m_memory](const core::ComputeLimits &limits) {
            return std::make_unique<HungrySegmenter>(memory, limits);
        });
        QSignalSpy decoded(m_service.get(), &SegmentationService::decoded);
        open(1);
        click();
        QTRY_COMPARE_WITH_TIMEOUT(decoded.count(), 1, 20000);
        QCOMPARE(loaded().back(), cpu);
        QCOMPARE(m_service->status().limits, cpu);
        QVERIFY(statusText(m_service->status()).contains("the GPU's memory was full"));
        click(); // and stays there
        const std::size_t loads = loaded().size();
        QTRY_COMPARE_WITH_TIMEOUT(decoded.count(), 2, 20000);
        QCOMPARE(loaded().size(), loads);
    }

    void aGpuThatCannotBeUsedIsToldAndLeftAlone()
    {
        m_memory->isGpuUnusable = true;
        m_service->setSegmenter([memory = m_memory](const core::ComputeLimits &limits) {
            return std::make_unique<HungrySegmenter>(memory, limits);
        });
        QSignalSpy decoded(m_service.get(), &SegmentationService::decoded);
        open(1);
        click();
        QTRY_COMPARE_WITH_TIMEOUT(decoded.count(), 1, 20000);
        QCOMPARE(loaded().back(), asAsked);
        QVERIFY(statusText(m_service->status()).contains("CPU, the GPU cannot be used"));
        m_memory->isGpuUnusable = false; // free again: choosing the model anew takes it
        m_service->setSegmenter([memory = m_memory](const core::ComputeLimits &limits) {
            return std::make_unique<HungrySegmenter>(memory, limits);
        });
        QTRY_VERIFY_WITH_TIMEOUT(m_service->status().device == core::Device::Cuda, 20000);
        QVERIFY(!statusText(m_service->status()).contains("CPU"));
    }

    void aModelThatDoesNotLoadAgainIsTold()
    {
        m_memory->isCpuTooSmall = true;
        open(1);
        QTRY_VERIFY_WITH_TIMEOUT(m_service->isReady(), 20000);
        QSignalSpy modelFailed(m_service.get(), &SegmentationService::modelFailed);
        run(1000);
        click();
        QTRY_COMPARE_WITH_TIMEOUT(modelFailed.count(), 1, 20000);
        QCOMPARE(m_service->status().phase, Phase::NoModel);
        run(0);
        m_memory->isCpuTooSmall = false;
        m_service->setSegmenter([memory = m_memory](const core::ComputeLimits &limits) {
            return std::make_unique<HungrySegmenter>(memory, limits);
        });
        QTRY_VERIFY_WITH_TIMEOUT(m_service->isReady(), 20000);
        QCOMPARE(m_service->status().limits, asAsked);
    }

    void aClickAmidstAPictureAheadGetsByWithLess()
    {
        openPreparingAhead();
        const std::size_t before = loaded().size();
        m_memory->holdsEncodes = true;
        m_service->setAhead({{2, m_folder.path() / "2.png"}});
        QTRY_COMPARE_WITH_TIMEOUT(m_memory->encodes.load(), 2, 20000);
        QSignalSpy decoded(m_service.get(), &SegmentationService::decoded);
        run(2);
        click();
        // The model may not be loaded anew while it is in the middle of a picture: that one is
        // given up, and freed caches are enough.
        QTRY_COMPARE_WITH_TIMEOUT(decoded.count(), 1, 20000);
        QCOMPARE(loaded().size(), before);
        m_memory->holdsEncodes = false;
    }

    void preparingThePicturesAheadGivesNothingUp()
    {
        openPreparingAhead();
        const std::size_t before = loaded().size();
        run(1);
        QSignalSpy ahead(m_service.get(), &SegmentationService::embeddedAhead);
        m_service->setAhead({{2, m_folder.path() / "2.png"}, {3, m_folder.path() / "3.png"}});
        QTRY_COMPARE_WITH_TIMEOUT(ahead.count(), 1, 20000); // 2 is passed over
        QCOMPARE(ahead[0][0].value<core::Id>(), core::Id(3));
        QCOMPARE(loaded().size(), before);
    }
};

QTEST_GUILESS_MAIN(TestMemoryShortage)
#include "tst_memory_shortage.moc"
