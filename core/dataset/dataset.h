// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"
#include "core/mask/rle.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace core
{

/// 0xRRGGBB
using Color = std::uint32_t;

/// Ids are those of the file or project they came from, 1 or more, and stay the same from export to
/// export.
using Id = std::int64_t;

/// What a file said beyond the fields here: the text of a JSON object with its unknown keys, handed
/// on as it is to formats that can hold it. Empty: nothing.
using ForeignKeys = std::string;

struct Category {
    Id id = 0;
    std::string name;
    std::string supercategory;
    Color color = 0;
    bool isThing = true; ///< counted one by one; otherwise stuff, such as sky
    ForeignKeys foreign = {};
    bool operator==(const Category &) const = default;
};

struct ImageRecord {
    Id id = 0;
    std::string fileName; ///< UTF-8, relative to the dataset's image folder, forward slashes
    Size size;            ///< upright (EXIF applied): the frame the masks live in
    ForeignKeys foreign = {};
    bool operator==(const ImageRecord &) const = default;
};

/// One region and its category, as in COCO. The pixels are the truth; where a file gives no more
/// than a box, the mask has the image's size and no counts.
struct Annotation {
    Id id = 0;
    Id imageId = 0;
    Id categoryId = 0;
    Rle mask;
    bool isCrowd = false;             ///< only when the user marks a crowd
    std::optional<Box> box = {};      ///< of an annotation without mask
    std::optional<double> score = {}; ///< how sure a model was, most often 0 to 1
    Id track = 0;                     ///< the same object in other images; 0: not followed
    ForeignKeys foreign = {};
    bool hasMask() const { return !mask.counts.empty(); }
    bool operator==(const Annotation &) const = default;
};

struct Dataset {
    std::vector<ImageRecord> images;
    std::vector<Category> categories;
    std::vector<Annotation> annotations;
    ForeignKeys foreign = {}; ///< of the whole: licences, info
};

} // namespace core
