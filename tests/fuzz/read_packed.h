// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

namespace fuzz
{

/// Reads a packed dataset (see packed_files.h) as `format` does, and writes what was read as COCO
/// and in one more format: whatever the files hold, reading answers with a dataset or with a
/// core::Error; what it calls a dataset can be written as COCO unless a picture's name is no text,
/// comes back from there as it was, and in every other format it is written or refused. `folder` is
/// emptied first and used for the files.
///
/// Throws std::logic_error when that does not hold; what else goes wrong the sanitizers tell.
void readPacked(std::string_view format, std::string_view packed,
                const std::filesystem::path &folder);

} // namespace fuzz
