// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace exporters
{

/// A line of MOTS text: "frame id class height width mask".
struct MotsLine {
    std::int64_t frame = 0;
    std::uint32_t value = 0; ///< class * 1000 + number
    std::uint32_t category = 0;
    core::Rle mask;
};

/// Throws core::Error(BadDataset) that begins with "it ".
MotsLine parseMotsLine(std::string_view line);

/// Whether the numbers at its beginning are there; the mask is not looked at.
bool isMotsLine(std::string_view line);

std::string toText(const MotsLine &line);

} // namespace exporters
