// SPDX-License-Identifier: Apache-2.0
#include "core/torch/gemm_rate.h"

#include "core/torch/packed_product.h"
#include "core/torch/runtime.h"
#include "core/torch/torch_call.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>

namespace core
{

namespace
{

using Clock = std::chrono::steady_clock;

/// A GPU is given several products before it is waited for: one takes less than the waiting.
int productsAtOnce(const Runtime &runtime)
{
    return runtime.device.is_cpu() ? 1 : 20;
}

/// Best of what fits into a fifth of a second, three at least; `work` is so many products.
template <typename Work>
double bestRate(int side, int products, const Work &work)
{
    const double operations = 2.0 * side * side * side * products;
    double best = 0;
    const auto start = Clock::now();
    for (int run = 0; run < 3 || Clock::now() - start < std::chrono::milliseconds(200); ++run) {
        const auto before = Clock::now();
        work();
        const std::chrono::duration<double> seconds = Clock::now() - before;
        best = std::max(best, operations / seconds.count() * 1e-9);
    }
    return best;
}

/// Reading one element back makes a GPU finish.
void finish(const torch::Tensor &result)
{
    result.flatten()[0].item<float>();
}

} // namespace

double gemmRate(int side, const SegmenterOptions &options)
{
    return torchCall("measuring", [&] {
        const Runtime runtime = chooseRuntime(options);
        runtime.applyThreads();
        const auto kind = torch::dtype(runtime.precision).device(runtime.device);
        const auto a = torch::rand({side, side}, kind);
        const auto b = torch::rand({side, side}, kind);
        const int products = productsAtOnce(runtime);
        return bestRate(side, products, [&] {
            torch::Tensor result;
            for (int i = 0; i < products; ++i)
                result = at::mm(a, b);
            finish(result);
        });
    });
}

double convolutionRate(int side, const SegmenterOptions &options)
{
    return torchCall("measuring", [&] {
        const Runtime runtime = chooseRuntime(options);
        runtime.applyThreads();
        const auto kind = torch::dtype(runtime.precision).device(runtime.device);
        const auto a = torch::rand({1, side, 1, side}, kind).permute({0, 3, 1, 2});
        const auto b = torch::rand({side, side, 1, 1}, kind);
        return bestRate(side, 1, [&] { finish(at::conv2d(a, b)); });
    });
}

double kernelRate(int side, const SegmenterOptions &options)
{
    return torchCall("measuring", [&] {
        const Runtime runtime = chooseRuntime(options);
        runtime.applyThreads();
        const auto kind = torch::dtype(runtime.tensorType()).device(runtime.device);
        const auto a = torch::rand({side, side}, kind);
        const auto b = torch::rand({side, side}, kind);
        if (runtime.factors() == cpu::Factors::Bf16) {
            const auto pairs = packPairs(b);
            return pairs ? bestRate(side, 1, [&] { finish(applyPacked(a, {*pairs, {}})); }) : 0.0;
        }
        const auto packed = packMatrix(b);
        return packed ? bestRate(side, 1, [&] { finish(applyPacked(a, {*packed, {}})); }) : 0.0;
    });
}

std::string blasLibrary()
{
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        const auto slash = line.find('/');
        if (slash == std::string::npos)
            continue;
        const std::string file = line.substr(slash);
        const std::string name = std::filesystem::path(file).filename().string();
        for (const char *known : {"libblas.so", "libopenblas", "libblis", "libmkl", "libcublas"})
            if (name.starts_with(known))
                return file;
    }
    return "LibTorch's own";
}

std::string slowBlasWarning()
{
    // Debian keeps the reference BLAS in a folder of its own, beside those of the fast ones.
    const std::string file = blasLibrary();
    if (file.find("/blas/libblas.so") == std::string::npos)
        return {};
    return "LibTorch uses the reference BLAS (" + file +
           "), which is about ten times slower than others; install libopenblas0-pthread or "
           "libblis4-pthread.";
}

} // namespace core
