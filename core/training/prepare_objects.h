// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace core
{

/// Draws the masks that people made of photos as PNGs that Material reads, one a photo: the first
/// object's pixels are 1, the next one's 2. `list` is JSON: [{"file": NAME in the photos' folder,
/// "size": [width, height], "objects": [{"what": NAME, "counts": COCO's compressed runs}]}], at
/// most 254 objects a photo, which do not overlap. Gives the number of photos; those that are not
/// in the folder are left out. Throws Error(BadDataset) for a list that is not so
/// and Error(FileUnwritable).
int drawObjects(const std::filesystem::path &list, const std::filesystem::path &photos,
                const std::filesystem::path &masks);

} // namespace core
