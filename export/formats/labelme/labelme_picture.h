// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <string>

namespace exporters
{

/// Where the picture lies that `jsonFile` calls `path`: counted from the image folder, where it
/// lies there, else from `root`. Never with "..", roots and drives, so that it leads out of no
/// folder.
std::string labelMePictureName(std::string path, const std::filesystem::path &jsonFile,
                               const std::filesystem::path &root,
                               const std::filesystem::path &imageFolder);

/// The size of the upright picture that a LabelMe file holds in base64, from its header; {0, 0}: it
/// holds none.
core::Size labelMeEmbeddedSize(const nlohmann::json &file);

} // namespace exporters
