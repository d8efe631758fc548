// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/findings.h"
#include "export/formats/yolo/yolo_yaml.h"
#include "export/options.h"

#include <cstddef>
#include <filesystem>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

namespace exporters
{

/// What a YOLO dataset on disk consists of. Pictures lie in a folder called "images", labels under
/// the same names in one called "labels" in its place; without such a folder they lie side by side.
struct YoloFolder {
    struct Entry {
        std::string name; ///< of the picture, see ImageRecord; without ending if unknown
        std::filesystem::path picture; ///< empty: none was found
        std::filesystem::path label;   ///< need not be there: a picture without objects
        std::string split;             ///< empty: not known
    };
    std::map<int, std::string> names; ///< of classes
    std::vector<Entry> entries;       ///< in natural order of names, none twice
};

/// The most folders that one of pictures may have in it where it lies outside of the dataset.
inline constexpr std::size_t mostYoloFoldersOutside = 5000;

/// `input` is the data.yaml or its folder, or a folder with classes.txt, images and labels. Names
/// of pictures are relative to the dataset's folder, or to ReadOptions::imageFolder, where the
/// picture of a label is found by the end of its path or its file name.
///
/// The yaml may name folders anywhere: it is what the user chose to read. One in which the dataset
/// itself lies, as with "train: /", is left out with a finding, and links lead to none either; so
/// is one outside of it with thousands of folders, as "train: /usr". The lists it names may not:
/// what is called outside of the dataset's folder is left out.
///
/// Throws core::Error as Format::read() does.
YoloFolder openYoloFolder(const std::filesystem::path &input, const ReadOptions &options,
                          Findings &findings, const std::stop_token &stop = {});

/// What the lines of a dataset hold, told by a few of them.
enum class YoloKind { None, Boxes, RotatedBoxes, Outlines };

/// A cheap look; never throws.
YoloKind glimpseYolo(const std::filesystem::path &input);

} // namespace exporters
