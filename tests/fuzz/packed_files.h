// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace fuzz
{

/// Several files in one text, as a fuzzer mutates it: each begins with a line "=== name", and its
/// content goes to the next such line.
struct PackedFile {
    std::string name;
    std::string content;
};

/// At most eight files. Names that would lead out of a folder are left out with their content.
std::vector<PackedFile> unpack(std::string_view packed);

std::string pack(const std::vector<PackedFile> &files);

/// The files of a folder and of those in it, or a single file under its own name.
std::vector<PackedFile> filesAt(const std::filesystem::path &path);

/// Writes them below `folder`; what cannot be written (a name that is a folder already) is left
/// out.
void write(const std::vector<PackedFile> &files, const std::filesystem::path &folder);

} // namespace fuzz
