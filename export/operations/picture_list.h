// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/operations/picture_run.h"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace exporters
{

/// The pictures among `inputs`, which are pictures and folders of pictures, in their order, those
/// of a folder in natural order; what is named twice counts once. A picture's name is its path
/// without the folders before, as many as can go while all names differ: most often the file's
/// name; should folders not tell two apart, the later one has its number before it. With
/// `recursive` folders are looked through to the bottom.
///
/// Throws core::Error(FileNotFound, FileUnreadable) for folders; pictures are not looked at.
std::vector<Picture> listPictures(std::span<const std::filesystem::path> inputs,
                                  bool recursive = false);

/// All pictures of one folder and the folders in it, by their paths in it.
std::vector<Picture> picturesIn(const std::filesystem::path &folder);

/// For each picture the name of a file of its own: with `ending` instead of the name's ending, as
/// "a.json"; behind it where two pictures would share one, as "a.png.json".
std::vector<std::string> outputNames(std::span<const Picture> pictures, const std::string &ending);

} // namespace exporters
