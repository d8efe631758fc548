// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <limits>
#include <string>
#include <vector>

using Work = std::function<void()>;

/// What was computed has to go somewhere, or it would be left out as unused.
inline std::size_t used = 0;

inline double microseconds(const Work &work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start)
        .count();
}

/// The best time of each runner over several rounds in which they take turns, in microseconds.
inline std::vector<double> race(const std::vector<Work> &runners)
{
    std::vector<double> best(runners.size(), std::numeric_limits<double>::infinity());
    double total = 0;
    for (int round = 0; round < 3 || (round < 2000 && total < 150'000); ++round) {
        for (std::size_t i = 0; i < runners.size(); ++i) {
            const double time = microseconds(runners[i]);
            best[i] = std::min(best[i], time);
            total += time;
        }
    }
    return best;
}

/// Bytes a microsecond that one core reads where no cache holds them.
inline double readBandwidth()
{
    const std::vector<std::uint64_t> block(std::size_t{32} << 20, 1);
    const Work read = [&] {
        for (const std::uint64_t word : block)
            used += word;
    };
    return double(block.size() * sizeof block[0]) / race({read})[0];
}

/// A Markdown table of our times beside another's or, where there is none, beside the memory's
/// bandwidth.
class RaceTable
{
public:
    explicit RaceTable(bool hasRival) : m_hasRival(hasRival), m_bandwidth(readBandwidth())
    {
        std::printf("One core reads %.1f GB/s from memory. Times in microseconds.\n\n%s",
                    m_bandwidth / 1000,
                    hasRival ? "| masks | work | ours | cocoapi | times faster | cocoapi from and "
                               "to rows | times faster |\n|---|---|---|---|---|---|---|\n"
                             : "| masks | work | ours | GB/s | of the bandwidth |\n"
                               "|---|---|---|---|---|\n");
    }

    /// `bytes` is what each of `units` has to read or write at least. The rival does not run where
    /// there is none; `rivalWithRows` may be empty.
    void row(const std::string &masks, const char *work, std::size_t units, double bytes,
             const Work &ours, const Work &rival, const Work &rivalWithRows = {}) const
    {
        std::vector<Work> runners{ours};
        if (m_hasRival)
            runners.push_back(rival);
        if (m_hasRival && rivalWithRows)
            runners.push_back(rivalWithRows);
        const std::vector<double> times = race(runners);
        const double our = times[0] / double(units);
        std::printf("| %s | %s | %.3f |", masks.c_str(), work, our);
        if (!m_hasRival)
            std::printf(" %.1f | %.0f %% |", bytes / our / 1000, 100 * bytes / our / m_bandwidth);
        for (std::size_t i = 1; i < times.size(); ++i)
            std::printf(" %.3f | **%.1f** |", times[i] / double(units), times[i] / times[0]);
        std::printf(times.size() == 2 ? " | |\n" : "\n");
        std::fflush(stdout);
    }

private:
    bool m_hasRival;
    double m_bandwidth; ///< bytes a microsecond
};
