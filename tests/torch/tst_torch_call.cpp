// SPDX-License-Identifier: Apache-2.0
#include "core/torch/torch_call.h"

#include "core/error.h"

#include <QtTest>

#include <new>

namespace
{

template <typename Thrown>
core::ErrorKind kindOf(const Thrown &thrown)
{
    try {
        core::torchCall("a test", [&] { throw thrown; });
    } catch (const core::Error &error) {
        return error.kind();
    }
    return core::ErrorKind::Cancelled;
}

c10::Error torchError(const std::string &text)
{
    return {c10::SourceLocation{__func__, __FILE__, __LINE__}, text};
}

} // namespace

class TestTorchCall : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyWayToRunOutOfMemoryIsKnown()
    {
        using core::ErrorKind;
        const c10::OutOfMemoryError onDevice({__func__, __FILE__, __LINE__}, "CUDA is full");
        QCOMPARE(kindOf(onDevice), ErrorKind::OutOfMemory);
        QCOMPARE(kindOf(torchError("CUDA out of memory. Tried to allocate 20.00 MiB")),
                 ErrorKind::OutOfMemory);
        QCOMPARE(kindOf(torchError("DefaultCPUAllocator: can't allocate memory: you tried to "
                                   "allocate 8 bytes")),
                 ErrorKind::OutOfMemory);
        QCOMPARE(kindOf(std::bad_alloc()), ErrorKind::OutOfMemory);
        // What libraries and the driver say when nearly all of a GPU's memory is taken.
        QCOMPARE(kindOf(torchError(
                     "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`")),
                 ErrorKind::OutOfMemory);
        QCOMPARE(kindOf(torchError("CUDA error: CUBLAS_STATUS_NOT_INITIALIZED when calling "
                                   "`cublasCreate(handle)`")),
                 ErrorKind::OutOfMemory);
        QCOMPARE(kindOf(std::runtime_error("CUDA failed at attention: out of memory")),
                 ErrorKind::OutOfMemory);
    }

    void realAllocationsOfTheCpuAreAmongThem()
    {
        try {
            core::torchCall("a test", [] { torch::empty({1L << 46}, torch::kByte).fill_(1); });
            QFAIL("64 TiB were there");
        } catch (const core::Error &error) {
            QCOMPARE(error.kind(), core::ErrorKind::OutOfMemory);
        }
    }

    void otherFailuresAreNone()
    {
        using core::ErrorKind;
        QCOMPARE(kindOf(torchError("shapes do not match")), ErrorKind::ComputationFailed);
        QCOMPARE(kindOf(std::runtime_error("anything")), ErrorKind::ComputationFailed);
        QCOMPARE(kindOf(core::Error(ErrorKind::BadPrompt, "ours")), ErrorKind::BadPrompt);
    }
};

QTEST_GUILESS_MAIN(TestTorchCall)
#include "tst_torch_call.moc"
