// SPDX-License-Identifier: Apache-2.0
#include "core/torch/share_out.h"

#include <torch/torch.h>

#include <algorithm>
#include <atomic>

namespace core
{

void shareOut(std::size_t count, const std::function<void(std::size_t)> &work)
{
    std::atomic<std::size_t> next = 0;
    const auto threads = std::min<std::int64_t>(at::get_num_threads(), std::int64_t(count));
    at::parallel_for(0, threads, 1, [&](std::int64_t, std::int64_t) {
        for (std::size_t i = next++; i < count; i = next++)
            work(i);
    });
}

} // namespace core
