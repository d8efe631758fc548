// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace exporters
{

/// Each line without its end, be it \n or \r\n, and its number from 1 on.
void forEachLine(std::string_view text,
                 const std::function<void(std::size_t number, std::string_view line)> &visit);

/// All of them, trimmed.
std::vector<std::string_view> linesOf(std::string_view text);

/// Without blanks at both sides.
std::string_view trimmed(std::string_view line);

/// What lies between spaces and tabs.
std::vector<std::string_view> wordsOf(std::string_view line);

/// A name as it can stand in a file of lines: ends of lines become blanks.
std::string onOneLine(std::string name);

/// The whole word as a finite number; none otherwise.
std::optional<double> toNumber(std::string_view word);

/// With so many decimals, but no zeros at their end: "0.25".
std::string toText(double number, int decimals);

} // namespace exporters
