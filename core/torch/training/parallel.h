// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <future>
#include <vector>

namespace core
{

/// Calls work(i) for 0 ... count - 1, shared among threads; the calls must not touch each other's
/// data. Threads are not kept: for work that takes milliseconds.
template <typename Work>
void forEachIndex(std::size_t count, int threads, const Work &work)
{
    const auto shares = std::min(count, std::size_t(std::max(1, threads)));
    std::vector<std::future<void>> others;
    const auto share = [&](std::size_t s) {
        for (std::size_t i = s; i < count; i += shares)
            work(i);
    };
    for (std::size_t s = 1; s < shares; ++s)
        others.push_back(std::async(std::launch::async, share, s));
    if (shares > 0)
        share(0);
    for (auto &other : others)
        other.get();
}

} // namespace core
