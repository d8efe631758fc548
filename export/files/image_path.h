// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

namespace exporters
{

/// Where the image that an annotation file calls `fileName` lies: in `folder` or below. Throws
/// core::Error(BadDataset) when the name is empty, absolute, or climbs out of the folder: a file
/// from elsewhere must not make us open any file it likes.
std::filesystem::path resolveImagePath(const std::filesystem::path &folder,
                                       std::string_view fileName);

/// Whether resolveImagePath() refuses the name.
bool leadsOut(std::string_view fileName);

} // namespace exporters
