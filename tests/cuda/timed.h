// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/cuda/device_memory.h"

#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <vector>

struct Times {
    double median = 0, p99 = 0, least = 0; ///< milliseconds
};

/// Wall time of `work` until the device is done, after two runs that do not count.
inline Times timed(torch::Device device, const std::function<void()> &work, double seconds = 0.5,
                   std::size_t most = 300)
{
    for (int i = 0; i < 2; ++i)
        work();
    core::cuda::finish(device);
    std::vector<double> all;
    using Watch = std::chrono::steady_clock;
    const auto begin = Watch::now();
    while (all.size() < 5 ||
           (all.size() < most &&
            std::chrono::duration<double>(Watch::now() - begin).count() < seconds)) {
        const auto start = Watch::now();
        work();
        core::cuda::finish(device);
        all.push_back(std::chrono::duration<double, std::milli>(Watch::now() - start).count());
    }
    std::sort(all.begin(), all.end());
    return {all[all.size() / 2], all[all.size() * 99 / 100], all.front()};
}
