// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/image.h"
#include "core/mask/mask.h"

#include <filesystem>

namespace exporters
{

/// 8-bit grey, 255 where the mask is on, 0 elsewhere. The file appears whole or not at all.
/// Throws core::Error(FileUnwritable, DiskFull, OutOfMemory).
void writePng(const core::Mask &mask, const std::filesystem::path &target);

/// 8-bit RGB. Errors as above.
void writePng(const core::Image &image, const std::filesystem::path &target);

} // namespace exporters
