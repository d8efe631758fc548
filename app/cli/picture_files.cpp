// SPDX-License-Identifier: Apache-2.0
#include "app/cli/picture_files.h"

#include "core/file/file_error.h"
#include "core/file/leftovers.h"
#include "export/files/image_path.h"
#include "export/operations/picture_list.h"

#include <map>
#include <set>

namespace cli
{
namespace
{

void makeFolder(const std::filesystem::path &folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        throw core::writeError(folder, error.value());
}

} // namespace

PictureFiles::PictureFiles(std::filesystem::path folder,
                           const std::vector<exporters::Picture> &pictures,
                           const std::string &ending)
    : m_folder(std::move(folder)), m_names(exporters::outputNames(pictures, ending))
{
    makeFolder(m_folder);
}

std::filesystem::path PictureFiles::fileOf(const exporters::Picture &picture) const
{
    const auto file = exporters::resolveImagePath(m_folder, m_names[picture.number - 1]);
    makeFolder(file.parent_path());
    return file;
}

std::optional<std::filesystem::file_time_type>
PictureFiles::madeAt(const exporters::Picture &picture) const
{
    const auto file = exporters::resolveImagePath(m_folder, m_names[picture.number - 1]);
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error))
        return std::nullopt;
    const auto time = std::filesystem::last_write_time(file, error);
    return error ? std::nullopt : std::optional(time);
}

void PictureFiles::removeLeftovers(const std::vector<exporters::Picture> &pictures) const
{
    std::map<std::filesystem::path, std::set<std::string>> names;
    for (const exporters::Picture &picture : pictures) {
        const std::filesystem::path file =
            exporters::resolveImagePath(m_folder, m_names[picture.number - 1]);
        names[file.parent_path()].insert(file.filename().string());
    }
    for (const auto &[folder, own] : names)
        core::removeLeftovers(folder,
                              [&own](const std::string &name) { return own.contains(name); });
}

} // namespace cli
