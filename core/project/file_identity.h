// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <utility>

namespace project
{

/// Device and number of the file that has this name now; nothing when there is none. Where the
/// system has no such numbers, all files are one.
using FileIdentity = std::pair<std::uint64_t, std::uint64_t>;
std::optional<FileIdentity> identityOf(const std::filesystem::path &file);

} // namespace project
