// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <filesystem>
#include <optional>
#include <span>
#include <stop_token>
#include <string>

namespace ui
{

/// How far the search goes before it gives up.
struct SearchLimits {
    std::size_t entries = 20'000; ///< of each folder and what is in it
    std::size_t sizes = 4'000;    ///< files whose headers are read
    std::size_t pictures = 100;   ///< files of the right size whose pixels are read
};

/// The file, anywhere in the folders, that has the pixels the picture had when it was read last,
/// whatever it is called now. One folder after another, files of the same name first. Nothing:
/// there is none within the limits, or it was asked to stop. What cannot be read, or has a name
/// that is no UTF-8, is passed over. `image`: its name and size, {0, 0} where that is not known.
/// `digest`: core::imageDigest. Takes as long as the disk takes: not for the GUI thread.
std::optional<std::filesystem::path>
findMovedPicture(const core::ImageRecord &image, const std::string &digest,
                 std::span<const std::filesystem::path> folders, const std::stop_token &stop,
                 const SearchLimits &limits = {});

} // namespace ui
