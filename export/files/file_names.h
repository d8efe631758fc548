// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace exporters
{

/// "sub/a.jpg" is "sub/a".
std::string withoutEnding(std::string_view fileName);

/// Names for files that are written one a picture: its own without its ending, and a number where
/// two pictures differ in the ending alone ("a", "a_2").
class MapNames
{
public:
    std::string nameOf(const core::ImageRecord &image)
    {
        return unique(withoutEnding(image.fileName));
    }
    std::string unique(const std::string &name);

private:
    std::set<std::string, std::less<>> m_used;
};

/// The files in `folder` and below whose names end with `ending`, with forward slashes, relative to
/// it, in natural order; none when there is no such folder. Names that begin with a dot are left
/// out, links that go round in circles followed once.
std::vector<std::string> filesBelow(const std::filesystem::path &folder, std::string_view ending);

/// The pictures that lie beside annotations, found by their names without an ending.
class PicturesBeside
{
public:
    /// Folders that are not there are empty. What lies in an earlier one goes first.
    explicit PicturesBeside(const std::vector<std::filesystem::path> &folders);

    /// The name with its ending, relative to its folder. Nothing: there is no such picture.
    std::optional<std::string> find(const std::string &name) const;
    /// Upright, from the picture's header; nothing when that cannot be read, or none is there.
    std::optional<core::Size> sizeOf(const std::string &name) const;

private:
    struct Place {
        std::filesystem::path folder;
        std::string fileName;
    };
    std::map<std::string, Place, std::less<>> m_places;
};

} // namespace exporters
