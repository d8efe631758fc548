// SPDX-License-Identifier: Apache-2.0
#include "core/bench/race.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace core
{
namespace
{

double microseconds(const Work &work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start)
        .count();
}

} // namespace

std::vector<double> race(const std::vector<Work> &runners, double seconds)
{
    constexpr std::size_t fewest = 3, most = 2000;
    std::vector<std::vector<double>> times(runners.size());
    double total = 0;
    for (std::size_t round = 0; round < fewest || (round < most && total < seconds * 1e6);
         ++round) {
        for (std::size_t i = 0; i < runners.size(); ++i) {
            times[i].push_back(microseconds(runners[i]));
            total += times[i].back();
        }
    }
    std::vector<double> medians;
    for (std::vector<double> &own : times) {
        const auto middle = own.begin() + std::ptrdiff_t(own.size() / 2);
        std::nth_element(own.begin(), middle, own.end());
        medians.push_back(*middle);
    }
    return medians;
}

double readBandwidth()
{
    const std::vector<std::uint64_t> block(std::size_t{32} << 20, 1);
    const Work read = [&] {
        for (const std::uint64_t word : block)
            used += word;
    };
    return double(block.size() * sizeof block[0]) / race({read}, 0.1)[0];
}

} // namespace core
