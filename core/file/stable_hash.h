// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace core
{

/// FNV-1a, 64 bits, of the text's bytes: the same on every machine and in every version, so that
/// other programs can compute it, too. Offset 14695981039346656037, prime 1099511628211.
constexpr std::uint64_t fnv1a(std::string_view text)
{
    std::uint64_t hash = 14695981039346656037U;
    for (const char character : text) {
        hash ^= static_cast<unsigned char>(character);
        hash *= 1099511628211U;
    }
    return hash;
}

/// fnv1a() with its bits mixed once more, for orders and draws: names that differ in their last
/// character alone lie far apart (the finish of MurmurHash3).
constexpr std::uint64_t stableHash(std::string_view text)
{
    std::uint64_t hash = fnv1a(text);
    hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdU;
    hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53U;
    return hash ^ (hash >> 33);
}

} // namespace core
