// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace exporters
{

/// The bytes of a small file beside a dataset. Nothing when it is not there; one that is larger
/// than 16 MiB or cannot be read throws core::Error(FileUnreadable, BadDataset).
std::optional<std::string> readSmallFile(const std::filesystem::path &file);

/// The same as UTF-8: names, splits. What is not UTF-8 is taken for Latin-1.
std::optional<std::string> readSmallText(const std::filesystem::path &file);

/// Without the ends of lines and blanks at both sides.
std::vector<std::string_view> linesOf(std::string_view text);

/// "128,0,0" with the separator ','. Nothing when it is no such three numbers up to 255.
std::optional<core::Color> parseColor(std::string_view text, char separator);
std::string colorText(core::Color color, char separator);

/// A name as it can stand in a file of lines: ends of lines become blanks.
std::string onOneLine(std::string name);

} // namespace exporters
