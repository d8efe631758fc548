// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/embedding_tiers.h"

#include "scripted_segmenter.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>
#include <fstream>

using namespace ui;

namespace
{

core::EmbeddingKey keyOf(int number)
{
    return {std::to_string(number), {}, "weights", "fp32"};
}

} // namespace

class TestEmbeddingTiers : public QObject
{
    Q_OBJECT

private:
    core::FakeSegmenter m_model;
    std::unique_ptr<QTemporaryDir> m_directory;

    std::filesystem::path folder() const { return m_directory->filePath("kept").toStdString(); }
    std::shared_ptr<EmbeddingDisk> disk(quint64 budget = 1'000'000) const
    {
        return std::make_shared<EmbeddingDisk>(folder(), budget);
    }
    static std::shared_ptr<EmbeddingDisk> noDisk()
    {
        return std::make_shared<EmbeddingDisk>(std::filesystem::path(), 0);
    }
    EmbeddingTiers::Embedding made(int side)
    {
        const core::Image image({side, side});
        return m_model.encode(image.view());
    }

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void whatIsInMemoryComesAsItIs()
    {
        EmbeddingTiers tiers({}, noDisk());
        QVERIFY(!tiers.find(keyOf(1), m_model));
        const auto embedding = made(10);
        tiers.insert(keyOf(1), embedding);
        QCOMPARE(tiers.find(keyOf(1), m_model), embedding);
        QVERIFY(tiers.contains(keyOf(1)) && !tiers.contains(keyOf(2)));
    }

    void anotherRunFindsItOnDisk()
    {
        {
            EmbeddingTiers tiers({}, disk());
            tiers.insert(keyOf(1), made(10));
            tiers.insert(keyOf(2), made(20));
            auto written = disk();
            QTRY_VERIFY_WITH_TIMEOUT(written->contains(keyOf(1)) && written->contains(keyOf(2)),
                                     20000);
        }
        EmbeddingTiers tiers({}, disk());
        QVERIFY(tiers.contains(keyOf(2)));
        const auto found = tiers.find(keyOf(2), m_model);
        QVERIFY(found);
        QCOMPARE(found->geometry(), made(20)->geometry());
        QCOMPARE(tiers.find(keyOf(2), m_model), found); // in memory by now
    }

    void aDamagedFileIsNoEmbedding()
    {
        const auto kept = disk();
        EmbeddingTiers(CacheBudgets{}, kept).insert(keyOf(1), made(10));
        kept->waitForWritten();
        for (const auto &entry : std::filesystem::directory_iterator(folder()))
            std::filesystem::resize_file(entry.path(), 70);
        EmbeddingTiers tiers({}, kept);
        QVERIFY(!tiers.find(keyOf(1), m_model));
        QVERIFY(!kept->contains(keyOf(1)));
    }

    void whatTheModelDoesNotTakeIsNoEmbedding()
    {
        const auto kept = disk();
        kept->insert(keyOf(1), made(10));
        kept->waitForWritten();
        class Picky : public core::FakeSegmenter
        {
            std::shared_ptr<const core::ImageEmbedding>
            loadEmbedding(const core::EmbeddingBytes &) override
            {
                return nullptr;
            }
        } picky;
        EmbeddingTiers tiers({}, kept);
        QVERIFY(!tiers.find(keyOf(1), picky));
    }

    void withABudgetOfNothingNoFileIsWritten()
    {
        const auto kept = disk(0);
        kept->insert(keyOf(1), made(10));
        kept->waitForWritten();
        QVERIFY(!std::filesystem::exists(folder()));
        kept->setBudget(1'000'000);
        kept->insert(keyOf(1), made(10));
        kept->waitForWritten();
        QVERIFY(kept->find(keyOf(1)));
        QSignalSpy size(kept.get(), &EmbeddingDisk::sizeKnown);
        kept->clear();
        QTRY_COMPARE_WITH_TIMEOUT(size.count(), 1, 20000);
        QCOMPARE(size[0][0].toULongLong(), quint64(0));
        QVERIFY(!kept->contains(keyOf(1)));
    }

    void aDiskThatCannotBeWrittenIsToldOnceAndTriedNoMore()
    {
        std::ofstream(folder()) << "a file where the folder should be";
        const auto kept = disk();
        QSignalSpy failed(kept.get(), &EmbeddingDisk::failed);
        for (const int number : {1, 2, 3}) {
            kept->insert(keyOf(number), made(10));
            kept->waitForWritten();
        }
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 20000);
        QVERIFY(failed[0][1].toString().contains(QStringLiteral("kept")));
        std::filesystem::remove(folder());
        kept->insert(keyOf(4), made(10));
        kept->waitForWritten();
        QVERIFY(!kept->contains(keyOf(4)));
        kept->setBudget(1'000'000); // the user says: try again
        kept->insert(keyOf(5), made(10));
        kept->waitForWritten();
        QVERIFY(kept->contains(keyOf(5)));
        QCOMPARE(failed.count(), 1);
    }

    void whatFallsOffTheDeviceStaysInMemory()
    {
        CacheBudgets budgets;
        budgets.device = made(1)->byteSize(); // room for one
        EmbeddingTiers tiers(budgets, noDisk());
        tiers.setDevice(core::Device::Cuda);
        for (const int number : {1, 2, 3})
            tiers.insert(keyOf(number), made(10 * number));
        QCOMPARE(tiers.readyBytes(), budgets.device);
        QVERIFY(tiers.keptBytes() > 0);
        for (const int number : {1, 2, 3}) {
            const auto found = tiers.find(keyOf(number), m_model);
            QVERIFY(found);
            QCOMPARE(found->geometry().original.width, 10 * number);
        }
        tiers.freeDevice();
        QCOMPARE(tiers.readyBytes(), std::size_t(0));
        QVERIFY(tiers.find(keyOf(1), m_model));
    }

    void onTheCpuNothingIsHeldTwice()
    {
        CacheBudgets budgets;
        budgets.memory = made(1)->byteSize();
        EmbeddingTiers tiers(budgets, noDisk());
        for (const int number : {1, 2, 3})
            tiers.insert(keyOf(number), made(10));
        QCOMPARE(tiers.readyBytes() + tiers.keptBytes(), budgets.memory);
        QVERIFY(!tiers.find(keyOf(1), m_model) && tiers.find(keyOf(3), m_model));
    }

    void smallerBudgetsActAtOnce()
    {
        EmbeddingTiers tiers({}, noDisk());
        for (const int number : {1, 2, 3})
            tiers.insert(keyOf(number), made(10));
        CacheBudgets small;
        small.memory = made(1)->byteSize();
        tiers.setBudgets(small);
        QCOMPARE(tiers.readyBytes(), small.memory);
    }
};

QTEST_GUILESS_MAIN(TestEmbeddingTiers)
#include "tst_embedding_tiers.moc"
