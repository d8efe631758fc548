// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "export/findings.h"

#include <filesystem>
#include <stop_token>
#include <vector>

namespace exporters
{

/// Whether the pictures are in `folder` and as large as the annotations say; only their headers are
/// read. Rules: picture-missing, picture-unreadable, picture-size, and picture-turned where the
/// sides are exchanged, as in a photo that a program took without turning it by its EXIF mark.
/// Throws core::Error(Cancelled).
void checkPictures(const std::vector<core::ImageRecord> &images,
                   const std::filesystem::path &folder, Findings &findings, std::stop_token stop);

} // namespace exporters
