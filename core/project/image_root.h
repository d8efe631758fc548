// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <filesystem>
#include <vector>

namespace project
{

class SqlConnection;

/// Notes where the images are: relative to the project, for when both are moved, and absolute, for
/// when the project alone is. Within the caller's transaction, or alone.
void writeImageRoot(const SqlConnection &connection, const std::filesystem::path &projectFile,
                    const std::filesystem::path &imageRoot);

struct ImageRoot {
    std::filesystem::path path; ///< absolute
    bool isMissing = false;     ///< none of the images that were looked for is in any place noted
};

/// Whether the folder has one of the images; a few of them are looked for.
bool holdsImages(const std::filesystem::path &imageRoot,
                 const std::vector<core::ImageRecord> &images);

/// The first of the places noted that holdsImages().
ImageRoot findImageRoot(const SqlConnection &connection, const std::filesystem::path &projectFile,
                        const std::vector<core::ImageRecord> &images);

} // namespace project
