// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "export/findings.h"
#include "export/json/json_lists.h"

#include <filesystem>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace exporters
{

/// What a detector suggests: a box, and a mask where it gave one.
struct Detection {
    core::Id imageId = 0;
    std::string category; ///< "object" where the file names none, "category 7" where it only counts
    double score = 1;     ///< as the file has it; 1 where it has none
    core::Box box;        ///< inside the picture; around the mask when there is one
    core::Rle mask;       ///< of the picture's size; without counts: a box alone
    bool isScored = false;
    core::ForeignKeys foreign = {};
    bool isCrowd = false;
};

struct Detections {
    static constexpr std::size_t mostDetections = 1'000'000;
    static constexpr std::size_t mostTold = Findings::mostTold; ///< of the names, too

    std::vector<Detection> detections; ///< in the file's order
    /// Every category that a detection of the file can have, by name, in any picture: with the
    /// file's ids where it has them. In the order of its list, else of the ids.
    std::vector<core::Category> categories;
    Findings findings; ///< entries that break the format or do not fit their picture
    /// Detections in pictures that are not among those asked for.
    std::size_t elsewhere = 0;
    std::vector<std::string> missing; ///< those pictures: their names, or their ids
};

/// Whose detections are looked for.
struct DetectionPictures {
    std::span<const core::ImageRecord> images;
    std::span<const core::Category> categories; ///< what ids mean in a file that names none
    /// Asked for pictures whose record has none; {0, 0}: cannot be known. May be empty.
    std::function<core::Size(const core::ImageRecord &)> sizeOf;
    /// Detections in pictures for which it does not hold are passed over, without a look at their
    /// shape. May be empty: all are wanted.
    std::function<bool(const core::ImageRecord &)> isWanted = {};
};

/// Reads what a detector found, in either of COCO's forms: results, a list of {image_id,
/// category_id, bbox and/or segmentation, score}; or a dataset with "images", "annotations" and
/// perhaps "categories", whose annotations may have a "score". Masks are run lengths or polygons.
///
/// Pictures are found by name where the file has names (see PictureNames); where it has numbers
/// alone these are ids, as an export has them, or file names, as COCO's pictures have: whichever
/// finds more pictures.
///
/// Throws core::Error(FileNotFound, FileUnreadable, Cancelled), and BadDataset for what is no such
/// file as a whole: damaged JSON, neither form, more than mostDetections.
Detections readDetections(const std::filesystem::path &file, const DetectionPictures &pictures,
                          std::stop_token stop = {}, const ReadProgress &progress = {});

} // namespace exporters
