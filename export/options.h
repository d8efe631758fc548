// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <filesystem>
#include <functional>
#include <string>

namespace exporters
{

struct ReadOptions {
    /// Where the pictures lie, for formats that do not say how large these are. Empty: beside the
    /// annotations, where the format has them.
    std::filesystem::path imageFolder = {};
};

/// How COCO holds a mask.
enum class SegmentationForm {
    Rle,             ///< compressed run lengths, a string; every pixel
    RleUncompressed, ///< run lengths as a list of numbers; every pixel
    Polygon,         ///< outlines along the edges of pixels; holes are filled
};

/// What formats of outlines do with an object of several parts or with holes.
enum class PartsForm {
    Bridged, ///< one outline, parts and holes joined by lines there and back
    Largest, ///< the largest part, its holes filled
};

/// Which object a pixel belongs to, in formats where it can belong to one only.
enum class Overlap {
    LastOnTop,     ///< the later annotation, as on the canvas
    SmallestOnTop, ///< nothing small is covered by something large
};

enum class Pictures {
    Leave, ///< only annotations are written
    Link,  ///< hard links where the file system allows, copies otherwise
    Copy,
};

/// What a user may choose. Formats look at what concerns them.
struct WriteOptions {
    SegmentationForm segmentation = SegmentationForm::Rle;
    PartsForm parts = PartsForm::Bridged;
    Overlap overlap = Overlap::LastOnTop;
    /// Outlines may pass by the mask's border by so many pixels to be shorter; 0: exact.
    double simplify = 0;
    /// LabelMe: mask shapes instead of polygons, which labelme 5.1 does not open.
    bool maskShapes = false;
    Pictures pictures = Pictures::Leave;
    /// Where the pictures to be linked or copied lie, and those whose pixels a format needs.
    std::filesystem::path imageFolder = {};
    /// Where a picture lies whose name is not its place in imageFolder. Empty: all names are.
    std::function<std::filesystem::path(const core::ImageRecord &)> pictureFile = {};
    /// "train", "val" or "test". Empty: splitOf() in splits.h, which remembers what was read.
    std::function<std::string(const core::ImageRecord &)> split = {};
};

/// Where the picture lies. Throws core::Error(BadDataset) when its name leads out of the folder.
std::filesystem::path pictureFile(const WriteOptions &options, const core::ImageRecord &image);

} // namespace exporters
