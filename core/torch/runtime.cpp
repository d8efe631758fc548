// SPDX-License-Identifier: Apache-2.0
#include "core/torch/runtime.h"

#include "core/cpu/physical_cores.h"
#include "core/error.h"
#include "core/torch/cuda/device_start.h"
#include "core/torch/torch_call.h"

#include <cstdlib>

namespace core
{

namespace
{

/// One for each core, unless the user's environment says otherwise. LibTorch takes half of the
/// processors there are, which leaves cores idle where a core has but one thread.
int threadsOfThisMachine()
{
    const int asItCame = at::get_num_threads(); // nothing was set by us yet
    if (std::getenv("OMP_NUM_THREADS") || std::getenv("MKL_NUM_THREADS"))
        return asItCame;
    const int cores = cpu::physicalCores();
    return cores > 0 ? cores : asItCame;
}

} // namespace

void Runtime::applyThreads() const
{
    static const int asMany = threadsOfThisMachine();
    const int wanted = threads > 0 ? threads : asMany;
    if (at::get_num_threads() != wanted)
        at::set_num_threads(wanted);
}

std::string Runtime::precisionName() const
{
    if (precision == torch::kFloat16)
        return "fp16";
    return precision == torch::kBFloat16 ? "bf16" : "fp32";
}

namespace
{

bool cpuHasBf16()
{
    return cpu::kernels() && cpu::kernels()->bf16;
}

/// Whether a CPU will do where no device is asked for.
bool cpuHas(PrecisionChoice precision)
{
    return precision != PrecisionChoice::Fp16 &&
           (precision != PrecisionChoice::Bf16 || cpuHasBf16());
}

/// Which one is wanted; not yet whether it can be used.
torch::Device wantedDevice(const SegmenterOptions &options, const GpuAccess &gpus)
{
    if (options.device == DeviceChoice::Cpu)
        return torch::kCPU;
    const int devices = gpus.count();
    if (options.device == DeviceChoice::Auto)
        return devices > 0 ? torch::Device(torch::kCUDA, 0) : torch::Device(torch::kCPU);
    if (options.cudaIndex < 0 || options.cudaIndex >= devices)
        throw Error(ErrorKind::DeviceUnavailable,
                    "CUDA device " + std::to_string(options.cudaIndex) + " is not there (" +
                        std::to_string(devices) +
                        " found by this LibTorch); choose cpu, or check the driver.");
    return torch::Device(torch::kCUDA, static_cast<torch::DeviceIndex>(options.cudaIndex));
}

/// Throws Error(OutOfMemory, DeviceUnavailable) with a sentence that says no more than why.
void start(torch::Device gpu, const GpuAccess &gpus)
{
    const std::string name = "CUDA device " + std::to_string(gpu.index());
    try {
        torchCall("starting it", [&] { gpus.start(gpu); });
    } catch (const Error &error) {
        if (error.kind() == ErrorKind::OutOfMemory)
            throw Error(error.kind(), name + " cannot be used: other programs fill its memory.");
        throw Error(ErrorKind::DeviceUnavailable, name + " cannot be used: " + error.what());
    }
}

/// Starts the device that is wanted, or leaves the CPU and the reason.
void chooseDevice(Runtime &runtime, const SegmenterOptions &options, const GpuAccess &gpus)
{
    const torch::Device wanted = wantedDevice(options, gpus);
    if (wanted.is_cuda()) {
        try {
            start(wanted, gpus);
        } catch (const Error &error) {
            if (options.device != DeviceChoice::Auto || !cpuHas(options.precision))
                throw Error(error.kind(),
                            std::string(error.what()) + " Close other programs or choose cpu.");
            runtime.gpuProblem = error.what();
            return;
        }
    }
    runtime.device = wanted;
}

torch::ScalarType choosePrecision(PrecisionChoice choice, torch::Device device)
{
    if (choice == PrecisionChoice::Auto)
        return device.is_cpu() ? torch::kFloat32 : torch::kFloat16;
    if (choice == PrecisionChoice::Fp32)
        return torch::kFloat32;
    if (device.is_cpu() && choice == PrecisionChoice::Fp16)
        throw Error(ErrorKind::DeviceUnavailable,
                    cpuHasBf16() ? "fp16 needs a CUDA device; on the CPU choose fp32 or bf16."
                                 : "fp16 needs a CUDA device; on the CPU choose fp32.");
    if (device.is_cpu() && !cpuHasBf16())
        throw Error(ErrorKind::DeviceUnavailable,
                    "bf16 needs a CUDA device or a processor that multiplies bf16 (AVX512-BF16), "
                    "and this one does not; choose fp32.");
    return choice == PrecisionChoice::Fp16 ? torch::kFloat16 : torch::kBFloat16;
}

} // namespace

GpuAccess GpuAccess::real()
{
    return {[] { return static_cast<int>(torch::cuda::device_count()); }, &cuda::startDevice};
}

Runtime chooseRuntime(const SegmenterOptions &options, const GpuAccess &gpus)
{
    Runtime runtime;
    chooseDevice(runtime, options, gpus);
    runtime.precision = choosePrecision(options.precision, runtime.device);
    runtime.smallBatches = options.smallBatches;
    runtime.threads = options.threads;
    return runtime;
}

} // namespace core
