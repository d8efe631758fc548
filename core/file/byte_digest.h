// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace core
{

/// A checksum that runs at the speed of the memory; a cache key and a guard against damage, no
/// protection against forgery. Where one piece ends counts: ("ab", "c") differs from ("a", "bc").
class ByteDigest
{
public:
    void add(std::span<const std::byte> bytes);
    void add(std::string_view text);

    std::string hex() const; ///< 32 digits

private:
    void mix(const std::array<std::uint64_t, 4> &words);

    /// Independent lanes, so that the processor works on four words at a time.
    std::array<std::uint64_t, 4> m_lanes = {1, 2, 3, 4};
};

} // namespace core
