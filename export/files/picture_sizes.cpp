// SPDX-License-Identifier: Apache-2.0
#include "export/files/picture_sizes.h"

#include "core/error.h"
#include "core/image/image_reader.h"
#include "core/image/list_images.h"
#include "core/image/natural_order.h"
#include "export/files/file_names.h"

#include <algorithm>
#include <utility>

namespace exporters
{
namespace
{

namespace fs = std::filesystem;

std::vector<std::string> listPictures(const fs::path &folder, const std::stop_token &stop)
{
    std::error_code error;
    std::vector<std::string> names;
    if (!fs::is_directory(folder, error) ||
        fs::directory_iterator(folder, error) == fs::directory_iterator())
        return names;
    core::ImageLister lister(folder, true);
    while (!lister.atEnd()) {
        if (stop.stop_requested())
            throw core::Error(core::ErrorKind::Cancelled, "Reading was stopped.");
        lister.read(1000, names);
    }
    std::sort(names.begin(), names.end(), core::naturalLess);
    return names;
}

} // namespace

PictureSizes::PictureSizes(fs::path folder, const std::stop_token &stop)
    : m_folder(std::move(folder)), m_names(listPictures(m_folder, stop))
{
    for (const std::string &name : m_names) {
        const std::string_view stem = withoutEnding(name);
        m_byStem.emplace(stem, &name);
        const auto [place, isNew] = m_byFileStem.emplace(withoutFolders(stem), &name);
        if (!isNew && place->second && withoutEnding(*place->second) != stem)
            place->second = nullptr;
    }
}

const std::string *PictureSizes::find(std::string_view stem) const
{
    const auto found = m_byStem.find(stem);
    return found == m_byStem.end() ? nullptr : found->second;
}

const std::string *PictureSizes::findAnywhere(std::string_view fileStem) const
{
    const auto found = m_byFileStem.find(fileStem);
    return found == m_byFileStem.end() ? nullptr : found->second;
}

core::Size PictureSizes::sizeOf(const std::string &name) const
{
    return core::readImageSize(m_folder / name);
}

PicturesBeside::PicturesBeside(const std::vector<fs::path> &folders)
{
    for (const fs::path &folder : folders) {
        if (!folder.empty())
            m_folders.emplace_back(folder);
    }
}

std::optional<std::string> PicturesBeside::find(const std::string &name) const
{
    for (const PictureSizes &pictures : m_folders) {
        if (const std::string *const found = pictures.find(name))
            return *found;
    }
    return {};
}

std::optional<core::Size> PicturesBeside::sizeOf(const std::string &name) const
{
    for (const PictureSizes &pictures : m_folders) {
        const std::string *const found = pictures.find(name);
        if (!found)
            continue;
        try {
            return pictures.sizeOf(*found);
        } catch (const core::Error &) {
            return {}; // whoever opens the picture is told
        }
    }
    return {};
}

} // namespace exporters
