// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

namespace ui
{

/// ImageRecord::fileName of a file: relative to the images' folder, UTF-8 with forward slashes; a
/// whole path where there is no way from there (another drive).
std::string imageNameOf(const std::filesystem::path &imageRoot, const std::filesystem::path &file);

/// Whether the file lies in the folder or below: names that climb out of it, which other programs
/// would not follow, are not to be made where there is a choice.
bool isBelow(const std::filesystem::path &imageRoot, const std::filesystem::path &file);

/// The pictures of the open project by their names, on the project's thread: here new ones get
/// their ids.
class ProjectPictures
{
public:
    ProjectPictures(std::vector<core::ImageRecord> images, core::Id nextId);

    /// The picture's id; a name that is not there yet joins. `name`: as ImageRecord::fileName.
    core::Id add(const std::string &name);
    /// False when there is no such picture, or another one of that name.
    bool rename(core::Id id, const std::string &name);
    /// What joined since this was asked last, to be saved.
    std::vector<core::ImageRecord> takeAdded();

    /// All of them; sizes are those the project was opened with.
    const std::vector<core::ImageRecord> &images() const { return m_images; }

private:
    std::vector<core::ImageRecord> m_images;
    std::unordered_map<std::string, core::Id> m_ids;
    core::Id m_nextId;
    std::size_t m_taken; ///< so many of m_images were given to be saved
};

} // namespace ui
