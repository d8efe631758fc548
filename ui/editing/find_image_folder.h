// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/project_store.h"

#include <optional>
#include <stop_token>

namespace ui
{

/// Where in `folder`, or in what is in it, a project's images lie now: under their names, and, of
/// those that were read once, with the pixels they had. A few of them are looked for and looked at.
/// Nothing: it was asked to stop. Not for the GUI thread. Throws core::Error(FileNotFound,
/// FileUnreadable), a sentence for the user.
std::optional<std::filesystem::path> findImageFolder(const std::filesystem::path &folder,
                                                     const std::vector<core::ImageRecord> &images,
                                                     const ImageDigests &digests,
                                                     const std::stop_token &stop);

} // namespace ui
