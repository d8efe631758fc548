// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace core
{

/// Memory for numbers that are written before they are read; simple masks need none of the heap's.
/// What larger ones took, the thread keeps for the next: memory that goes back to the system each
/// time comes back a page at a time, which takes longer than merging two masks.
class Scratch
{
public:
    explicit Scratch(std::size_t size)
    {
        if (size <= m_nearby.size())
            return;
        std::swap(m_far, kept());
        if (m_far.size < size)
            m_far = {std::make_unique_for_overwrite<std::uint32_t[]>(size), size};
    }
    ~Scratch()
    {
        if (m_far.size > kept().size && m_far.size <= mostKept)
            std::swap(m_far, kept());
    }
    Scratch(const Scratch &) = delete;
    Scratch &operator=(const Scratch &) = delete;

    /// So many numbers need none of the heap's memory.
    static constexpr std::size_t nearbySize = 4096;

    std::uint32_t *data() { return m_far.numbers ? m_far.numbers.get() : m_nearby.data(); }

private:
    struct Far {
        std::unique_ptr<std::uint32_t[]> numbers;
        std::size_t size = 0;
    };
    static constexpr std::size_t mostKept = 1 << 18; ///< a megabyte

    static Far &kept()
    {
        thread_local Far memory;
        return memory;
    }

    std::array<std::uint32_t, nearbySize> m_nearby;
    Far m_far;
};

} // namespace core
