// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"

#include <filesystem>
#include <span>
#include <string>

namespace exporters
{

/// The size of the upright picture `name`, from the header of its file in the first of `folders`
/// that has it. {0, 0} when none has, the file is no picture, or the name leads out of the folder.
core::Size pictureSize(const std::string &name, std::span<const std::filesystem::path> folders);

/// Throws core::Error(BadDataset) for what no picture of ours can be: sides below 1 or above
/// core::maxImageSide, or more pixels than a mask may have. What a file claims is checked so before
/// anything is made of that size.
void requirePictureSize(core::Size size);

/// "640 x 480"
std::string sizeText(core::Size size);

} // namespace exporters
