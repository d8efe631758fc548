// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/options.h"

#include <filesystem>
#include <string>
#include <vector>

namespace exporters
{

/// A picture of a DOTA dataset and the text that belongs to it.
struct DotaEntry {
    std::string name;              ///< see ImageRecord; without ending if no picture was found
    std::filesystem::path picture; ///< empty: none was found
    std::filesystem::path label;   ///< need not be there: a picture without objects
    std::string split;             ///< empty: not known
};

/// Where texts lie in `folder`: in labelTxt (or labelTxt-v1.5 and so on) in it, in each of its
/// folders (train, val, test), or it is such a folder itself. Empty: nowhere. Never throws.
struct DotaPlace {
    std::string split;
    std::filesystem::path pictures;
    std::filesystem::path labels;
};
std::vector<DotaPlace> findDotaPlaces(const std::filesystem::path &folder);

/// In natural order of names, none twice. Names are relative to `folder`, or to
/// ReadOptions::imageFolder.
std::vector<DotaEntry> listDota(const std::filesystem::path &folder, const ReadOptions &options);

} // namespace exporters
