// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "export/format.h"

#include <filesystem>
#include <functional>
#include <stop_token>
#include <vector>

namespace exporters
{

/// `input` itself when it is a file, or the .json files of the folder in natural order of their
/// names. Throws core::Error(FileNotFound, FileUnreadable).
std::vector<std::filesystem::path> jsonFiles(const std::filesystem::path &input);

/// Reads each of them by `read`. A file that is broken as a whole costs the others nothing:
/// `leaveOut` is told. Throws what `read` throws for a single file or when it was stopped, and
/// core::Error(BadDataset) when none could be read.
void readJsonFiles(
    const std::filesystem::path &input, std::stop_token stop, const Progress &progress,
    const std::function<void(const std::filesystem::path &file)> &read,
    const std::function<void(const std::filesystem::path &file, const core::Error &)> &leaveOut);

/// The first of them, to look at; empty when there is none. Never throws.
std::filesystem::path someJsonFile(const std::filesystem::path &input);

} // namespace exporters
