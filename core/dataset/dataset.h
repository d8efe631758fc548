// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"
#include "core/mask/rle.h"

#include <cstdint>
#include <string>
#include <vector>

namespace core
{

/// 0xRRGGBB
using Color = std::uint32_t;

/// Ids are those of the file or project they came from, 1 or more, and stay the same from export to
/// export.
using Id = std::int64_t;

struct Category {
    Id id = 0;
    std::string name;
    std::string supercategory;
    Color color = 0;
    bool operator==(const Category &) const = default;
};

struct ImageRecord {
    Id id = 0;
    std::string fileName; ///< UTF-8, relative to the dataset's image folder, forward slashes
    Size size;            ///< upright (EXIF applied): the frame the masks live in
    bool operator==(const ImageRecord &) const = default;
};

/// One region and its category, as in COCO.
struct Annotation {
    Id id = 0;
    Id imageId = 0;
    Id categoryId = 0;
    Rle mask;
    bool isCrowd = false; ///< only when the user marks a crowd
    bool operator==(const Annotation &) const = default;
};

struct Dataset {
    std::vector<ImageRecord> images;
    std::vector<Category> categories;
    std::vector<Annotation> annotations;
};

} // namespace core
