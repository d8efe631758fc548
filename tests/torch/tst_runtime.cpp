// SPDX-License-Identifier: Apache-2.0
#include "core/torch/runtime.h"

#include "core/error.h"

#include <QtTest>

#include <stdexcept>

using namespace core;

namespace
{

/// A machine with so many GPUs, whose start fails in the way of `start`.
GpuAccess gpus(
    int count, std::function<void(torch::Device)> start = [](torch::Device) {})
{
    return {[count] { return count; }, std::move(start)};
}

void fillMemory(torch::Device)
{
    throw std::runtime_error("CUDA failed at starting the GPU: out of memory");
}

void fillMemoryOfLibTorch(torch::Device)
{
    TORCH_CHECK(false, "CUDA error: out of memory\nand a second line");
}

void breakDriver(torch::Device)
{
    TORCH_CHECK(false, "CUDA error: unknown error\nand a second line");
}

} // namespace

class TestRuntime : public QObject
{
    Q_OBJECT

public:
    enum class Failure { Memory, MemoryOfLibTorch, Driver };

private:
    static GpuAccess failing(int count, Failure failure)
    {
        return gpus(count, failure == Failure::Memory             ? &fillMemory
                           : failure == Failure::MemoryOfLibTorch ? &fillMemoryOfLibTorch
                                                                  : &breakDriver);
    }

private Q_SLOTS:
    void theFirstGpuIsTakenWhereItCanBeUsed()
    {
        int starts = 0;
        const Runtime runtime = chooseRuntime({}, gpus(2, [&](torch::Device device) {
                                                  ++starts;
                                                  QCOMPARE(int(device.index()), 0);
                                              }));
        QCOMPARE(runtime.kind(), Device::Cuda);
        QCOMPARE(runtime.precisionName(), std::string("fp16"));
        QVERIFY(runtime.gpuProblem.empty());
        QCOMPARE(starts, 1);
    }

    void withoutGpuNothingIsStartedAndNothingIsSaid()
    {
        SegmenterOptions onCpu;
        onCpu.device = DeviceChoice::Cpu;
        for (const Runtime &runtime :
             {chooseRuntime({}, gpus(0, &breakDriver)), chooseRuntime(onCpu, gpus(1, &breakDriver)),
              chooseRuntime(onCpu)}) {
            QCOMPARE(runtime.kind(), Device::Cpu);
            QCOMPARE(runtime.precisionName(), std::string("fp32"));
            QVERIFY(runtime.gpuProblem.empty());
        }
    }

    void aGpuThatCannotBeUsedGivesWayToTheCpu_data()
    {
        QTest::addColumn<Failure>("failure");
        QTest::addColumn<QString>("why");
        QTest::addColumn<bool>("isMemory");
        QTest::newRow("no memory for the driver") << Failure::Memory << "memory." << true;
        QTest::newRow("no memory for LibTorch") << Failure::MemoryOfLibTorch << "memory." << true;
        QTest::newRow("broken driver") << Failure::Driver << "unknown error." << false;
    }
    void aGpuThatCannotBeUsedGivesWayToTheCpu()
    {
        QFETCH(Failure, failure);
        QFETCH(QString, why);
        const Runtime runtime = chooseRuntime({}, failing(1, failure));
        QCOMPARE(runtime.kind(), Device::Cpu);
        QCOMPARE(runtime.precisionName(), std::string("fp32"));
        const QString problem = QString::fromStdString(runtime.gpuProblem);
        QVERIFY2(problem.startsWith("CUDA device 0 cannot be used") && problem.endsWith(why),
                 qPrintable(problem));
    }

    void aGpuThatWasAskedForFailsWithASentence_data()
    {
        aGpuThatCannotBeUsedGivesWayToTheCpu_data();
    }
    void aGpuThatWasAskedForFailsWithASentence()
    {
        QFETCH(Failure, failure);
        QFETCH(bool, isMemory);
        SegmenterOptions asked;
        asked.device = DeviceChoice::Cuda;
        asked.cudaIndex = 1;
        SegmenterOptions half; // which the CPU does not have
        half.precision = PrecisionChoice::Fp16;
        for (const SegmenterOptions &options : {asked, half}) {
            try {
                chooseRuntime(options, failing(2, failure));
                QFAIL("it was used");
            } catch (const Error &error) {
                QCOMPARE(error.kind(),
                         isMemory ? ErrorKind::OutOfMemory : ErrorKind::DeviceUnavailable);
                QVERIFY(QString(error.what()).endsWith("Close other programs or choose cpu."));
            }
        }
    }

    void theCpuHasWhatItsKernelsHave_data()
    {
        QTest::addColumn<PrecisionChoice>("choice");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isThere");
        const bool hasBf16 = cpu::kernels() && cpu::kernels()->bf16;
        QTest::newRow("nothing asked for") << PrecisionChoice::Auto << "fp32" << true;
        QTest::newRow("fp32") << PrecisionChoice::Fp32 << "fp32" << true;
        QTest::newRow("bf16") << PrecisionChoice::Bf16 << "bf16" << hasBf16;
        QTest::newRow("fp16") << PrecisionChoice::Fp16 << "fp16" << false;
    }
    void theCpuHasWhatItsKernelsHave()
    {
        QFETCH(PrecisionChoice, choice);
        QFETCH(QString, name);
        QFETCH(bool, isThere);
        SegmenterOptions onCpu;
        onCpu.device = DeviceChoice::Cpu;
        onCpu.precision = choice;
        SegmenterOptions anywhere; // where the only GPU cannot be used
        anywhere.precision = choice;
        try {
            const Runtime asked = chooseRuntime(onCpu);
            QVERIFY(isThere);
            for (const Runtime &runtime : {asked, chooseRuntime(anywhere, gpus(1, &breakDriver))}) {
                QCOMPARE(runtime.kind(), Device::Cpu);
                QCOMPARE(runtime.precisionName(), name.toStdString());
                QCOMPARE(runtime.tensorType(), torch::kFloat32);
                QCOMPARE(runtime.factors() == cpu::Factors::Bf16, name == "bf16");
            }
        } catch (const Error &error) {
            QVERIFY2(!isThere, error.what());
            QCOMPARE(error.kind(), ErrorKind::DeviceUnavailable);
            QVERIFY2(QString(error.what()).contains(name) &&
                         QString(error.what()).contains("choose fp32"),
                     error.what());
        }
    }

    void aGpuThatIsNotThereIsTold()
    {
        SegmenterOptions asked;
        asked.device = DeviceChoice::Cuda;
        asked.cudaIndex = 2;
        try {
            chooseRuntime(asked, gpus(2));
            QFAIL("it was there");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::DeviceUnavailable);
        }
    }
};

QTEST_GUILESS_MAIN(TestRuntime)
#include "tst_runtime.moc"
