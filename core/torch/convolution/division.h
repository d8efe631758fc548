// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace core
{

/// Rows of a map, or of tiles, and columns of a product, shared out in pieces.
class Division
{
public:
    /// `rows` of `rowLength` places each, of which the cache should hold about `placesAtOnce`;
    /// where that leaves less pieces than there are threads, the product's `panels` are divided
    /// too.
    Division(std::int64_t rows, std::int64_t rowLength, std::int64_t placesAtOnce,
             std::int64_t panels);

    std::size_t pieces() const { return static_cast<std::size_t>(m_blocks * m_groups); }

    struct Range {
        std::int64_t begin, end;
        std::int64_t size() const { return end - begin; }
    };
    Range rows(std::size_t piece) const;
    Range panels(std::size_t piece) const;

private:
    std::int64_t m_rows, m_panels, m_blocks, m_groups;
};

/// Memory of the calling thread, kept from piece to piece, not initialised; good until the thread
/// asks again.
float *threadFloats(std::int64_t count);

} // namespace core
