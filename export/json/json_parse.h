// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>

namespace exporters
{

/// A piece of a JSON file and where in the file it begins, in bytes.
struct JsonPiece {
    std::string_view text;
    std::uint64_t position = 0;
    bool isTooLarge = false; ///< hasTooManyValues()
};

/// As parsed values these take about 64 MiB.
inline constexpr std::size_t mostJsonValues = std::size_t{1} << 22;
/// Whether there are more.
bool hasTooManyValues(std::string_view json);

/// The value that `piece` of `file` holds. Throws EntryError with file and place by the rules
/// not-json (Python's NaN is none, either), not-utf8, and too-large for a piece that
/// is. May be called on any thread.
nlohmann::json parseJson(const std::filesystem::path &file, const JsonPiece &piece);

} // namespace exporters
