// SPDX-License-Identifier: Apache-2.0
#include "export/files/file_names.h"

#include "core/error.h"
#include "core/image/image_file.h"
#include "core/image/list_images.h"
#include "core/image/natural_order.h"

#include <algorithm>

namespace exporters
{
namespace
{

namespace fs = std::filesystem;

template <typename Wanted>
std::vector<std::string> listBelow(const fs::path &root, Wanted isWanted)
{
    struct Folder {
        fs::path path;
        std::string prefix; ///< "sub/folder/"
    };
    std::vector<std::string> names;
    std::vector<Folder> open{{root, ""}};
    std::set<fs::path> visited;
    std::error_code error;
    while (!open.empty()) {
        const Folder folder = std::move(open.back());
        open.pop_back();
        const fs::path real = fs::canonical(folder.path, error);
        if (error || !visited.insert(real).second)
            continue;
        fs::directory_iterator entry(folder.path, error);
        for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
            const std::string name = entry->path().filename().string();
            std::error_code ignored; // a link that leads nowhere is neither
            if (name.starts_with('.'))
                continue;
            if (entry->is_directory(ignored))
                open.push_back({entry->path(), folder.prefix + name + '/'});
            else if (isWanted(name) && entry->is_regular_file(ignored))
                names.push_back(folder.prefix + name);
        }
    }
    std::ranges::sort(names, core::naturalLess);
    return names;
}

} // namespace

std::string withoutEnding(std::string_view fileName)
{
    const std::size_t name = fileName.rfind('/') + 1; // none: 0
    const std::size_t dot = fileName.rfind('.');
    return std::string(dot == fileName.npos || dot <= name ? fileName : fileName.substr(0, dot));
}

std::string MapNames::unique(const std::string &name)
{
    std::string result = name;
    for (int number = 2; !m_used.insert(result).second; ++number)
        result = name + "_" + std::to_string(number);
    return result;
}

std::vector<std::string> filesBelow(const fs::path &folder, std::string_view ending)
{
    return listBelow(folder, [&](const std::string &name) { return name.ends_with(ending); });
}

PicturesBeside::PicturesBeside(const std::vector<fs::path> &folders)
{
    for (const fs::path &folder : folders) {
        if (folder.empty())
            continue;
        for (const std::string &name : listBelow(folder, core::hasImageExtension))
            m_places.emplace(withoutEnding(name), Place{folder, name});
    }
}

std::optional<std::string> PicturesBeside::find(const std::string &name) const
{
    const auto found = m_places.find(name);
    return found == m_places.end() ? std::nullopt : std::optional(found->second.fileName);
}

std::optional<core::Size> PicturesBeside::sizeOf(const std::string &name) const
{
    const auto found = m_places.find(name);
    if (found == m_places.end())
        return {};
    try {
        return core::ImageFile(found->second.folder / found->second.fileName).header().upright();
    } catch (const core::Error &) {
        return {}; // whoever opens the picture is told
    }
}

} // namespace exporters
