// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/findings.h"
#include "export/formats/yolo/yolo_yaml.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace exporters
{

/// Where the parts of a YOLO dataset lie, its data.yaml being understood as the programs do that
/// train from it.
struct YoloPlaces {
    struct Place {
        std::string split; ///< empty: not known
        std::filesystem::path pictures;
        std::filesystem::path labels;
        bool isList = false; ///< `pictures` is a text file that names them
    };
    std::filesystem::path root;
    std::map<int, std::string> names;
    std::vector<Place> places;
};

/// Throws core::Error as Format::read() does.
YoloPlaces findYoloPlaces(const std::filesystem::path &input, Findings &findings);

/// The folder or file of labels that belongs to one of pictures: the last folder called "images"
/// on its path is "labels" instead.
std::filesystem::path yoloLabelsOf(const std::filesystem::path &pictures);

} // namespace exporters
