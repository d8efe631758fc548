// SPDX-License-Identifier: Apache-2.0
#include "core/torch/gemm_rate.h"

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

/// Best of the products that fit into a fifth of a second, three at least.
template <typename Product>
double bestRate(int side, const Product &product)
{
    const double operations = 2.0 * side * side * side;
    double best = 0;
    const auto start = Clock::now();
    for (int run = 0; run < 3 || Clock::now() - start < std::chrono::milliseconds(200); ++run) {
        const auto before = Clock::now();
        product();
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
        const auto a = torch::rand({side, side}, runtime.device);
        const auto b = torch::rand({side, side}, runtime.device);
        return bestRate(side, [&] { finish(at::mm(a, b)); });
    });
}

double convolutionRate(int side, const SegmenterOptions &options)
{
    return torchCall("measuring", [&] {
        const Runtime runtime = chooseRuntime(options);
        runtime.applyThreads();
        const auto a = torch::rand({1, side, 1, side}, runtime.device).permute({0, 3, 1, 2});
        const auto b = torch::rand({side, side, 1, 1}, runtime.device);
        return bestRate(side, [&] { finish(at::conv2d(a, b)); });
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
