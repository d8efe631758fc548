// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace exporters
{

/// An object of a VOC annotation file.
struct VocObject {
    std::string name;
    std::optional<core::Box> box; ///< in the frame of pixel centres; VOC counts from 1, both inside
    core::ForeignKeys foreign; ///< pose, truncated, difficult, occluded, and what others put there
};

/// A VOC annotation file, one a picture.
struct VocFile {
    std::string fileName; ///< as it stands there, not trusted
    core::Size size;      ///< {0, 0}: not told
    std::vector<VocObject> objects;
    core::ForeignKeys foreign; ///< folder, source, owner, ...
};

/// Unknown elements become keys: those with elements in them objects, repeated ones lists.
/// Throws core::Error(FileNotFound, FileUnreadable), and BadDataset for what is no XML of that
/// kind, is nested deeper than 50 or larger than 16 MiB.
VocFile readVocFile(const std::filesystem::path &file);

/// Boxes must be there; they are written as whole pixels. Text that XML cannot hold is left out.
std::string vocFileText(const VocFile &file, bool isSegmented);

} // namespace exporters
