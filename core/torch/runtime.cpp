// SPDX-License-Identifier: Apache-2.0
#include "core/torch/runtime.h"

#include "core/error.h"

namespace core
{

void Runtime::applyThreads() const
{
    static const int asItCame = at::get_num_threads(); // nothing was set by us yet
    const int wanted = threads > 0 ? threads : asItCame;
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

torch::Device chooseDevice(const SegmenterOptions &options)
{
    if (options.device == DeviceChoice::Cpu)
        return torch::kCPU;
    const auto devices = static_cast<int>(torch::cuda::device_count());
    if (options.device == DeviceChoice::Auto)
        return devices > 0 ? torch::Device(torch::kCUDA, 0) : torch::Device(torch::kCPU);
    if (options.cudaIndex < 0 || options.cudaIndex >= devices)
        throw Error(ErrorKind::DeviceUnavailable,
                    "CUDA device " + std::to_string(options.cudaIndex) + " is not there (" +
                        std::to_string(devices) +
                        " found by this LibTorch); choose cpu, or check the driver.");
    return torch::Device(torch::kCUDA, static_cast<torch::DeviceIndex>(options.cudaIndex));
}

torch::ScalarType choosePrecision(PrecisionChoice choice, torch::Device device)
{
    if (choice == PrecisionChoice::Auto)
        return device.is_cpu() ? torch::kFloat32 : torch::kFloat16;
    if (choice == PrecisionChoice::Fp32)
        return torch::kFloat32;
    if (device.is_cpu())
        throw Error(ErrorKind::DeviceUnavailable,
                    "Half precision needs a CUDA device; on the CPU choose fp32.");
    return choice == PrecisionChoice::Fp16 ? torch::kFloat16 : torch::kBFloat16;
}

} // namespace

Runtime chooseRuntime(const SegmenterOptions &options)
{
    Runtime runtime;
    runtime.device = chooseDevice(options);
    runtime.precision = choosePrecision(options.precision, runtime.device);
    runtime.smallBatches = options.smallBatches;
    runtime.threads = options.threads;
    return runtime;
}

} // namespace core
