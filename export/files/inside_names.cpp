// SPDX-License-Identifier: Apache-2.0
#include "export/files/inside_names.h"

#include "export/files/file_names.h"
#include "export/files/image_path.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace exporters
{
namespace
{

/// What of the name can be one in a folder, on every system.
std::string fileNameOf(std::string_view name)
{
    name = name.substr(0, name.find('\0'));
    const std::size_t slash = name.find_last_of("/\\");
    std::string file(slash == name.npos ? name : name.substr(slash + 1));
    std::ranges::replace(file, ':', '_');
    return file.empty() || file == "." || file == ".." ? "picture" : file;
}

} // namespace

std::vector<core::ImageRecord> InsideNames::images()
{
    std::vector<core::ImageRecord> images = m_source.images();
    std::set<std::string, std::less<>> taken; // without their ending, by which formats name files
    for (const core::ImageRecord &image : images) {
        if (!leadsOut(image.fileName))
            taken.emplace(withoutEnding(image.fileName));
    }
    for (core::ImageRecord &image : images) {
        if (!leadsOut(image.fileName))
            continue;
        const std::string file = fileNameOf(image.fileName);
        const std::string stem(withoutEnding(file));
        std::string free = stem;
        for (int number = 2; !taken.insert(free).second; ++number)
            free = stem + '_' + std::to_string(number);
        m_before[image.id] = std::exchange(image.fileName, free + file.substr(stem.size()));
    }
    return images;
}

std::string InsideNames::nameBefore(const core::ImageRecord &image) const
{
    const auto before = m_before.find(image.id);
    return before == m_before.end() ? image.fileName : before->second;
}

} // namespace exporters
