// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "export/operations/picture_run.h"

#include <QtTest>

#include <atomic>
#include <barrier>
#include <mutex>
#include <set>

using namespace exporters;

namespace
{

std::vector<Picture> pictures(std::size_t count)
{
    std::vector<Picture> result;
    for (std::size_t i = 1; i <= count; ++i)
        result.push_back({"photos/" + std::to_string(i) + ".png", std::to_string(i) + ".png", i});
    return result;
}

} // namespace

class TestPictureRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatFailsDoesNotCostTheOthers()
    {
        std::vector<std::size_t> worked;
        std::size_t last = 0;
        RunSteps steps;
        steps.isDone = [](const Picture &picture) { return picture.number == 2; };
        steps.work = [&](const Picture &picture, const std::stop_token &) {
            if (picture.number == 3)
                throw core::Error(core::ErrorKind::BadImage, "\"photos/3.png\" is damaged.");
            if (picture.number == 4)
                throw core::Error(core::ErrorKind::ComputationFailed, "Numbers gave up.");
            if (picture.number == 5)
                throw std::bad_alloc();
            worked.push_back(picture.number);
        };
        steps.progress = [&](std::size_t count) { QCOMPARE(count, ++last); };
        const RunReport report = runPictures(pictures(6), steps);
        QCOMPARE(worked, (std::vector<std::size_t>{1, 6}));
        QCOMPARE(last, std::size_t(6));
        QCOMPARE(report.done, std::size_t(2));
        QCOMPARE(report.before, std::size_t(1));
        QCOMPARE(report.failed, std::size_t(3));
        QVERIFY(!report.isComplete());
        QCOMPARE(report.failures[0], std::string("\"photos/3.png\" is damaged."));
        QCOMPARE(report.failures[1], std::string("photos/4.png: Numbers gave up."));
        QVERIFY(report.failures[2].starts_with("photos/5.png: "));
    }

    void picturesAreWorkedOnSideBySide()
    {
        // Each of a pair waits for the other: one after the other would never end.
        std::barrier pair(2);
        std::mutex mutex;
        std::set<std::size_t> worked;
        std::size_t last = 0;
        RunSteps steps;
        steps.atOnce = 2;
        steps.work = [&](const Picture &picture, const std::stop_token &) {
            pair.arrive_and_wait();
            if (picture.number % 4 == 0)
                throw core::Error(core::ErrorKind::BadImage, "damaged");
            const std::lock_guard guard(mutex);
            worked.insert(picture.number);
        };
        steps.progress = [&](std::size_t count) { QCOMPARE(count, ++last); };
        const RunReport report = runPictures(pictures(40), steps);
        QCOMPARE(report.done, std::size_t(30));
        QCOMPARE(worked.size(), std::size_t(30));
        QCOMPARE(report.failed, std::size_t(10));
        QCOMPARE(last, std::size_t(40));
    }

    void whatEndsARunEndsItOnAllThreads_data()
    {
        QTest::addColumn<bool>("isDiskFull");
        QTest::newRow("a full disk") << true;
        QTest::newRow("stopped within a picture") << false;
    }
    void whatEndsARunEndsItOnAllThreads()
    {
        QFETCH(bool, isDiskFull);
        std::atomic<std::size_t> begun = 0;
        RunSteps steps;
        steps.atOnce = 4;
        steps.work = [&](const Picture &, const std::stop_token &) {
            ++begun;
            throw core::Error(isDiskFull ? core::ErrorKind::DiskFull : core::ErrorKind::Cancelled,
                              "no more");
        };
        if (isDiskFull)
            QVERIFY_EXCEPTION_THROWN(runPictures(pictures(100), steps), core::Error);
        else
            QVERIFY(runPictures(pictures(100), steps).wasStopped);
        QVERIFY(begun <= 4); // none after its own thread's first
    }

    void failuresAreToldUpToABound()
    {
        RunSteps steps;
        steps.work = [](const Picture &, const std::stop_token &) {
            throw core::Error(core::ErrorKind::BadImage, "damaged");
        };
        const RunReport report = runPictures(pictures(RunReport::mostTold + 5), steps);
        QCOMPARE(report.failed, RunReport::mostTold + 5);
        QCOMPARE(report.failures.size(), RunReport::mostTold);
    }

    void aFullDiskEndsTheRun()
    {
        RunSteps steps;
        steps.work = [](const Picture &, const std::stop_token &) {
            throw core::Error(core::ErrorKind::DiskFull, "full");
        };
        QVERIFY_EXCEPTION_THROWN(runPictures(pictures(2), steps), core::Error);
    }

    void stopsBetweenAndWithinPictures()
    {
        std::stop_source source;
        RunSteps steps;
        steps.work = [&](const Picture &picture, const std::stop_token &) {
            if (picture.number == 2)
                source.request_stop();
        };
        const RunReport between = runPictures(pictures(5), steps, source.get_token());
        QVERIFY(between.wasStopped);
        QCOMPARE(between.done, std::size_t(2));

        steps.work = [](const Picture &picture, const std::stop_token &) {
            if (picture.number == 2)
                throw core::Error(core::ErrorKind::Cancelled, "stopped");
        };
        const RunReport within = runPictures(pictures(5), steps);
        QVERIFY(within.wasStopped);
        QCOMPARE(within.done, std::size_t(1));
        QCOMPARE(within.failed, std::size_t(0));
    }

    void shardsMakeTheWhole()
    {
        const auto all = pictures(100);
        std::set<std::size_t> numbers;
        for (unsigned index = 1; index <= 3; ++index) {
            const auto own = picturesOf(all, {index, 3});
            QVERIFY(own.size() > 15);
            for (const Picture &picture : own)
                QVERIFY(numbers.insert(picture.number).second);
        }
        QCOMPARE(numbers.size(), all.size());
    }
};

QTEST_GUILESS_MAIN(TestPictureRun)
#include "tst_picture_run.moc"
