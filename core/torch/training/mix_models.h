// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace core
{

/// Writes the mean of two models' weights, of which the second has `share`, 0 to 1 (mixWeights()).
/// Throws Error(FileNotFound, FileUnreadable, BadCheckpoint, FileUnwritable, DiskFull).
void mixModels(const std::filesystem::path &first, const std::filesystem::path &second,
               double share, const std::filesystem::path &out);

} // namespace core
