// SPDX-License-Identifier: Apache-2.0
#include "tests/cuda/self_test.h"

#include "core/cuda/residual_norm.h"

#include <cmath>

namespace cuda = core::cuda;

namespace
{

void checkResidual(int channels)
{
    constexpr int rows = 7;
    std::mt19937 random(6);
    const auto width = std::size_t(channels);
    const auto x = halves(rows * width, random), y = halves(rows * width, random);
    const auto weight = halves(width, random), bias = halves(width, random);
    const DeviceArray<__half> deviceX(x), deviceY(y), deviceWeight(weight), deviceBias(bias);
    const DeviceArray<__half> sums(rows * width), normed(rows * width);
    cuda::addAndNorm({deviceX.data(), deviceY.data(), deviceWeight.data(), deviceBias.data(),
                      sums.data(), normed.data(), rows, channels, 1e-6f},
                     cuda::Element::Float16, nullptr);
    const auto madeSums = sums.read(), madeNormed = normed.read();
    bool sameSums = true;
    double worst = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        std::vector<double> sum(width);
        double mean = 0, squares = 0;
        for (std::size_t i = 0; i < width; ++i) {
            const __half rounded =
                __float2half(__half2float(x[row * width + i]) + __half2float(y[row * width + i]));
            sum[i] = __half2float(rounded);
            sameSums = sameSums && sum[i] == double(__half2float(madeSums[row * width + i]));
            mean += sum[i] / double(width);
        }
        for (const double value : sum)
            squares += (value - mean) * (value - mean) / double(width);
        for (std::size_t i = 0; i < width; ++i) {
            const double expected =
                (sum[i] - mean) / std::sqrt(squares + 1e-6) * __half2float(weight[i]) +
                __half2float(bias[i]);
            const double error = std::abs(expected - __half2float(madeNormed[row * width + i]));
            worst =
                std::isnan(error) ? INFINITY : std::max(worst, error / (1 + std::abs(expected)));
        }
    }
    report(sameSums && worst < 1e-3, "residual sum and norm of " + std::to_string(channels) +
                                         " channels, largest error " + std::to_string(worst));
}

} // namespace

void checkResiduals()
{
    for (const int channels : {768, 1024, 1280})
        checkResidual(channels);
}
