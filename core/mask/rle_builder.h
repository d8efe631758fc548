// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <cstdint>
#include <utility>

namespace core
{

/// Makes an Rle from stretches of pixels that are on, given in order. Positions count down the
/// columns, as the runs do: x * height + y. Stretches that meet become one run.
class RleBuilder
{
public:
    explicit RleBuilder(Size size) : m_rle{size, {0}} {}

    /// From `begin` to before `end`; not before what was added last.
    void add(std::uint64_t begin, std::uint64_t end)
    {
        if (begin == end)
            return;
        if (begin != m_end || !lastIsOn()) {
            if (lastIsOn())
                m_rle.counts.push_back(0);
            m_rle.counts.back() += static_cast<std::uint32_t>(begin - m_end);
            m_rle.counts.push_back(0);
        }
        m_rle.counts.back() += static_cast<std::uint32_t>(end - begin);
        m_end = end;
    }

    /// To be called once.
    Rle finish()
    {
        const auto all = static_cast<std::uint64_t>(m_rle.size.area());
        if (m_end < all && lastIsOn())
            m_rle.counts.push_back(0);
        m_rle.counts.back() += static_cast<std::uint32_t>(all - m_end);
        return std::move(m_rle);
    }

private:
    bool lastIsOn() const { return m_rle.counts.size() % 2 == 0; }

    Rle m_rle;
    std::uint64_t m_end = 0; ///< of the last stretch
};

} // namespace core
