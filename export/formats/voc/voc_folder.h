// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

namespace exporters
{

/// The pictures that a VOC folder says something of, without an ending, in natural order: those
/// with an XML file or a map.
std::vector<std::string> vocNames(const std::filesystem::path &folder);

/// The split of each picture that a list in ImageSets names: the list's own name. "train" goes
/// before "trainval", which is the union of two.
/// Throws core::Error(FileUnreadable, BadDataset) for lists that cannot be read.
std::unordered_map<std::string, std::string> vocSplits(const std::filesystem::path &folder);

} // namespace exporters
