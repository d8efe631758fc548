// SPDX-License-Identifier: Apache-2.0
#include "export/operations/picture_list.h"

#include "core/image/list_images.h"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace exporters
{
namespace
{

namespace fs = std::filesystem;

std::string text(const fs::path &path)
{
    const std::u8string name = path.generic_u8string();
    return {name.begin(), name.end()};
}

/// The last `count` parts of a path, or all of them, without those that lead out of a folder.
std::string lastParts(const fs::path &path, std::size_t count)
{
    std::vector<fs::path> parts;
    for (const fs::path &part : path.relative_path()) {
        if (part != "..")
            parts.push_back(part);
    }
    fs::path result;
    for (std::size_t i = parts.size() - std::min(count, parts.size()); i < parts.size(); ++i)
        result /= parts[i];
    return text(result);
}

void setNames(std::vector<Picture> &pictures)
{
    std::size_t longest = 1;
    for (const Picture &picture : pictures) {
        const fs::path relative = picture.path.relative_path();
        longest = std::max(longest, std::size_t(std::distance(relative.begin(), relative.end())));
    }
    for (std::size_t count = 1; count <= longest; ++count) {
        std::unordered_set<std::string> names;
        for (Picture &picture : pictures)
            names.insert(picture.name = lastParts(picture.path, count));
        if (names.size() == pictures.size())
            return;
    }
    // Folders above the working one have no names here.
    std::unordered_set<std::string> names;
    for (Picture &picture : pictures) {
        if (!names.insert(picture.name).second)
            names.insert(picture.name = std::to_string(picture.number) + "/" + picture.name);
    }
}

} // namespace

std::vector<Picture> listPictures(std::span<const fs::path> inputs, bool recursive)
{
    std::vector<Picture> pictures;
    std::unordered_set<std::string> seen;
    const auto add = [&](const fs::path &path) {
        const fs::path plain = path.lexically_normal();
        if (seen.insert(plain.string()).second)
            pictures.push_back({plain, {}, pictures.size() + 1});
    };
    for (const fs::path &input : inputs) {
        std::error_code ignored; // whoever opens it is told
        if (!fs::is_directory(input, ignored)) {
            add(input);
            continue;
        }
        for (const fs::path &path : core::listImages(input, recursive))
            add(path);
    }
    setNames(pictures);
    return pictures;
}

std::vector<Picture> picturesIn(const fs::path &folder)
{
    std::vector<Picture> pictures;
    for (const fs::path &path : core::listImages(folder, true))
        pictures.push_back({path, text(path.lexically_relative(folder)), pictures.size() + 1});
    return pictures;
}

std::vector<std::string> outputNames(std::span<const Picture> pictures, const std::string &ending)
{
    const auto shortName = [&ending](const Picture &picture) {
        fs::path name(std::u8string(picture.name.begin(), picture.name.end()));
        return text(name.replace_extension()) + ending;
    };
    std::map<std::string, std::size_t> counts;
    for (const Picture &picture : pictures)
        ++counts[shortName(picture)];
    std::vector<std::string> names;
    for (const Picture &picture : pictures) {
        std::string name = shortName(picture);
        names.push_back(counts[name] == 1 ? std::move(name) : picture.name + ending);
    }
    return names;
}

} // namespace exporters
