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

} // namespace exporters
