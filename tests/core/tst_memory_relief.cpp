// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/memory_relief.h"

#include <QtTest>

using core::MemoryRelief;
using Step = MemoryRelief::Step;

class TestMemoryRelief : public QObject
{
    Q_OBJECT

private:
    /// All that is given up, until there is nothing left.
    static QList<Step> steps(core::Device device, const std::string &precision)
    {
        MemoryRelief relief;
        relief.start(device, precision);
        QList<Step> all;
        while (const auto step = relief.next())
            all << *step;
        return all;
    }

private Q_SLOTS:
    void aGpuGivesUpPrecisionThenBatchesThenItself()
    {
        QCOMPARE(steps(core::Device::Cuda, "fp32"),
                 (QList{Step::FreeCaches, Step::HalfPrecision, Step::SmallBatches, Step::Cpu,
                        Step::SmallBatches}));
    }

    void halfPrecisionIsNotHalvedAgain()
    {
        for (const char *precision : {"fp16", "bf16"})
            QCOMPARE(steps(core::Device::Cuda, precision),
                     (QList{Step::FreeCaches, Step::SmallBatches, Step::Cpu, Step::SmallBatches}));
    }

    void theCpuHasLittleToGive()
    {
        QCOMPARE(steps(core::Device::Cpu, "fp32"), (QList{Step::FreeCaches, Step::SmallBatches}));
    }

    void limitsAddUpAndTheCpuStartsAfresh()
    {
        MemoryRelief relief;
        relief.start(core::Device::Cuda, "fp32");
        QCOMPARE(relief.limits(), core::ComputeLimits{});
        relief.next();
        QCOMPARE(relief.limits(), core::ComputeLimits{});
        relief.next();
        QCOMPARE(relief.limits(), (core::ComputeLimits{true, false, false}));
        relief.next();
        QCOMPARE(relief.limits(), (core::ComputeLimits{true, true, false}));
        relief.next();
        QCOMPARE(relief.limits(), (core::ComputeLimits{false, false, true}));
    }

    void cachesThatFilledAgainAreFreedAgain()
    {
        MemoryRelief relief;
        relief.start(core::Device::Cuda, "fp32");
        QCOMPARE(relief.next(), Step::FreeCaches);
        relief.succeeded();
        QCOMPARE(relief.next(), Step::FreeCaches);
        QCOMPARE(relief.next(), Step::HalfPrecision);
    }

    void anotherModelStartsWithoutLimits()
    {
        MemoryRelief relief;
        relief.start(core::Device::Cuda, "fp32");
        while (relief.next()) {
        }
        relief.start(core::Device::Cuda, "fp16");
        QCOMPARE(relief.limits(), core::ComputeLimits{});
        QCOMPARE(relief.next(), Step::FreeCaches);
    }
};

QTEST_GUILESS_MAIN(TestMemoryRelief)
#include "tst_memory_relief.moc"
