// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace core
{

/// Memory for numbers that are written before they are read; simple masks need none of the heap's.
class Scratch
{
public:
    explicit Scratch(std::size_t size)
    {
        if (size > m_nearby.size())
            m_far = std::make_unique_for_overwrite<std::uint32_t[]>(size);
    }
    std::uint32_t *data() { return m_far ? m_far.get() : m_nearby.data(); }

private:
    std::array<std::uint32_t, 4096> m_nearby;
    std::unique_ptr<std::uint32_t[]> m_far;
};

} // namespace core
