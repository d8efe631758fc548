// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace core
{

/// Makes an Rle from stretches of pixels that are on, given in order. Positions count down the
/// columns, as the runs do: x * height + y. Stretches that meet become one run.
class RleBuilder
{
public:
    explicit RleBuilder(Size size) : m_size(size), m_counts{0} {}

    /// From `begin` to before `end`; not before what was added last.
    void add(std::uint64_t begin, std::uint64_t end)
    {
        if (begin == end)
            return;
        if (begin != m_end || !lastIsOn()) {
            if (lastIsOn())
                m_counts.push_back(0);
            m_counts.back() += static_cast<std::uint32_t>(begin - m_end);
            m_counts.push_back(0);
        }
        m_counts.back() += static_cast<std::uint32_t>(end - begin);
        m_end = end;
    }

    /// To be called once.
    Rle finish()
    {
        const auto all = static_cast<std::uint64_t>(m_size.area());
        if (m_end < all && lastIsOn())
            m_counts.push_back(0);
        m_counts.back() += static_cast<std::uint32_t>(all - m_end);
        return {m_size, std::move(m_counts)};
    }

private:
    bool lastIsOn() const { return m_counts.size() % 2 == 0; }

    Size m_size;
    std::vector<std::uint32_t> m_counts;
    std::uint64_t m_end = 0; ///< of the last stretch
};

} // namespace core
