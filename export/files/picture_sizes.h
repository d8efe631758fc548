// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace exporters
{

/// The pictures of a folder and its subfolders, for formats that name them without their ending and
/// do not tell how large they are. A folder that is not there, or may not be read, has none. Links
/// are followed, each folder being visited once. Only headers are ever opened.
class PictureSizes
{
public:
    /// Throws core::Error(Cancelled).
    explicit PictureSizes(std::filesystem::path folder, const std::stop_token &stop = {});
    PictureSizes(const PictureSizes &) = delete; // the tables point at the names
    PictureSizes(PictureSizes &&) = default;

    const std::filesystem::path &folder() const { return m_folder; }
    /// In UTF-8 with forward slashes, relative to the folder, in natural order.
    const std::vector<std::string> &names() const { return m_names; }

    /// The name of the picture `stem`.jpg, .png and so on (the first in natural order); `stem` may
    /// have folders. Null: there is none.
    const std::string *find(std::string_view stem) const;
    /// The only picture of that file name in any folder. Null: none, or several.
    const std::string *findAnywhere(std::string_view fileStem) const;

    /// Of the upright picture. Throws core::Error(FileNotFound, FileUnreadable, BadImage).
    core::Size sizeOf(const std::string &name) const;

private:
    std::filesystem::path m_folder;
    std::vector<std::string> m_names;
    std::unordered_map<std::string_view, const std::string *> m_byStem;
    std::unordered_map<std::string_view, const std::string *> m_byFileStem; ///< null: several
};

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
    std::vector<PictureSizes> m_folders;
};

} // namespace exporters
