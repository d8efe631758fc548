// SPDX-License-Identifier: Apache-2.0
#include "export/files/file_names.h"

#include "core/error.h"
#include "core/file/file_error.h"
#include "core/image/natural_order.h"
#include "core/image/visited_folders.h"

#include <algorithm>

namespace exporters
{

namespace fs = std::filesystem;

std::string_view withoutFolders(std::string_view name)
{
    const std::size_t slash = name.rfind('/');
    return slash == name.npos ? name : name.substr(slash + 1);
}

std::string_view withoutEnding(std::string_view name)
{
    const std::size_t dot = name.rfind('.');
    const std::size_t fileName = name.size() - withoutFolders(name).size();
    return dot == name.npos || dot <= fileName ? name : name.substr(0, dot);
}

std::string MapNames::unique(const std::string &name)
{
    std::string result = name;
    for (int number = 2; !m_used.insert(result).second; ++number)
        result = name + "_" + std::to_string(number);
    return result;
}

std::vector<std::string> filesBelow(const fs::path &folder, std::string_view ending,
                                    const std::stop_token &stop)
{
    struct Folder {
        fs::path path;
        std::string prefix; ///< "sub/folder/"
    };
    std::vector<std::string> names;
    std::vector<Folder> open{{folder, ""}};
    core::VisitedFolders visited(folder);
    while (!open.empty()) {
        if (stop.stop_requested())
            throw core::Error(core::ErrorKind::Cancelled, "Reading was stopped.");
        const Folder at = std::move(open.back());
        open.pop_back();
        std::error_code error;
        fs::directory_iterator entry(at.path, error);
        if (error)
            continue; // none of ours, as one that is not there
        for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
            const std::string name = entry->path().filename().string();
            std::error_code ignored; // a link that leads nowhere is neither
            if (name.starts_with('.'))
                continue;
            if (entry->is_directory(ignored)) {
                if (visited.enter(entry->path()))
                    open.push_back({entry->path(), at.prefix + name + '/'});
            } else if (name.ends_with(ending) && entry->is_regular_file(ignored)) {
                names.push_back(at.prefix + name);
            }
        }
        if (error) // half of a folder would pass for all of it
            throw core::readError(at.path, error.value());
    }
    std::ranges::sort(names, core::naturalLess);
    return names;
}

} // namespace exporters
