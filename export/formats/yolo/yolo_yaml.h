// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "export/findings.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace exporters
{

/// The description of a YOLO dataset, data.yaml: names of classes by their number, and where
/// pictures lie. Other keys (the download script, augmentation) are left alone.
struct YoloYaml {
    struct Split {
        std::string name;                ///< "train", "val" or "test"
        std::vector<std::string> places; ///< folders of pictures, or lists of them (.txt)
        bool operator==(const Split &) const = default;
    };
    std::string path; ///< to which places are relative; empty: the file's folder
    std::vector<Split> splits;
    std::map<int, std::string> names;
};

/// Classes beyond this are not believed.
inline constexpr int mostYoloClasses = 1'000'000;

/// Throws core::Error(FileNotFound, FileUnreadable), and BadDataset for what is no YAML or names no
/// classes.
YoloYaml readYoloYaml(const std::filesystem::path &file, Findings &findings);

/// One class a line, as older programs list them.
YoloYaml readYoloClasses(const std::filesystem::path &file);

/// `splits` are those that have pictures. Programs that train want both train and val: one that is
/// missing is the other's again.
std::string yoloYamlText(const std::vector<core::Category> &categories,
                         const std::vector<std::string> &splits);

} // namespace exporters
