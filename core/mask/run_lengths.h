// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/run_sums.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <utility>
#include <vector>

namespace core
{

/// The counts of an Rle, and how many pixels they switch on. A list never changes, so this is added
/// up once, while it is in the cache: masks are filtered, sorted and written by their area again
/// and again, and each time the runs of many would have to come from memory.
class RunLengths
{
public:
    RunLengths() = default;
    RunLengths(const RunLengths &) = default;
    RunLengths &operator=(const RunLengths &) = default;
    /// Leaves an empty list behind.
    RunLengths(RunLengths &&other) noexcept
        : m_area(std::exchange(other.m_area, 0)), m_counts(std::move(other.m_counts))
    {
    }
    RunLengths &operator=(RunLengths &&other) noexcept
    {
        m_counts = std::move(other.m_counts);
        m_area = std::exchange(other.m_area, 0);
        return *this;
    }
    ~RunLengths() = default;
    RunLengths(std::initializer_list<std::uint32_t> counts)
        : RunLengths(counts.begin(), counts.end())
    {
    }
    RunLengths(const std::uint32_t *first, const std::uint32_t *last)
        : m_area(sum({first, last})), m_counts(first, last)
    {
    }
    /// Takes them over, without memory for more.
    RunLengths(std::vector<std::uint32_t> counts) : m_area(sum(counts)), m_counts(std::move(counts))
    {
        m_counts.shrink_to_fit();
    }

    /// The sum of every second count, from the second one on: the pixels that are on. Modulo 2^32,
    /// which no mask reaches that validate() accepts.
    std::int64_t area() const { return m_area; }

    bool empty() const { return m_counts.empty(); }
    std::size_t size() const { return m_counts.size(); }
    const std::uint32_t *data() const { return m_counts.data(); }
    const std::uint32_t *begin() const { return data(); }
    const std::uint32_t *end() const { return data() + size(); }
    std::uint32_t operator[](std::size_t i) const { return m_counts[i]; }
    std::uint32_t back() const { return m_counts.back(); }
    bool operator==(const RunLengths &) const = default;

private:
    /// Here, so that the smallest masks do not pay for a call; nor do they for a loop, whose length
    /// is less often foreseen than that of a few steps.
    static std::uint32_t sum(std::span<const std::uint32_t> counts)
    {
        if (counts.size() < 4)
            return counts.size() < 2 ? 0 : counts[1];
        if (counts.size() < 6)
            return counts[1] + counts[3];
        return sumOfEverySecond(counts);
    }

    std::int64_t m_area = 0;
    std::vector<std::uint32_t> m_counts;
};

} // namespace core
