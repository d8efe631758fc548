// SPDX-License-Identifier: Apache-2.0
#include "tests/cuda/self_test.h"

#include "core/cuda/gelu.h"

#include <cmath>

namespace cuda = core::cuda;

void checkGelu()
{
    std::mt19937 random(4);
    auto x = halves(8 * 1001, random);
    for (std::size_t i = 0; i < x.size(); i += 3)
        x[i] = __float2half(3 * __half2float(x[i]));
    const DeviceArray<__half> device(x);
    cuda::applyGelu(device.data(), x.size(), cuda::Element::Float16, nullptr);
    const std::vector<__half> made = device.read();
    double worst = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double value = __half2float(x[i]);
        const double expected = 0.5 * value * (1 + std::erf(value / std::sqrt(2.0)));
        const double error = std::abs(expected - __half2float(made[i])) / (1 + std::abs(expected));
        worst = std::isnan(error) ? INFINITY : std::max(worst, error);
    }
    report(worst < 5e-4, "GELU, largest error " + std::to_string(worst));
}
