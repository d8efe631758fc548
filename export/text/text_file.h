// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace exporters
{

/// The whole of a text file, without the mark that some editors put at its beginning. Throws
/// core::Error(FileNotFound, FileUnreadable), and BadDataset for more than `mostBytes`.
std::string readTextFile(const std::filesystem::path &file,
                         std::size_t mostBytes = std::size_t{256} << 20);

/// The same of a small file beside a dataset, up to 16 MiB. Nothing when it is not there.
std::optional<std::string> readSmallFile(const std::filesystem::path &file);

/// The same as UTF-8: names, splits. What is not UTF-8 is taken for Latin-1.
std::optional<std::string> readSmallText(const std::filesystem::path &file);

bool isUtf8(std::string_view text);

} // namespace exporters
