// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/find_image_folder.h"

#include "core/geometry/image_digest.h"
#include "core/image/image_reader.h"
#include "core/image/list_images.h"

#include <algorithm>
#include <map>

namespace ui
{
namespace
{

namespace fs = std::filesystem;
using core::Error;
using core::ErrorKind;

constexpr std::size_t lookedFor = 50;
constexpr int lookedAt = 3;

fs::path toPath(const std::string &name)
{
    return fs::path(reinterpret_cast<const char8_t *>(name.c_str()));
}

std::string quoted(const fs::path &path)
{
    const std::u8string text = path.generic_u8string();
    return '"' + std::string(text.begin(), text.end()) + '"';
}

/// The names, spread over all; first those whose pixels are known.
std::vector<core::ImageRecord> sample(const std::vector<core::ImageRecord> &images,
                                      const ImageDigests &digests)
{
    std::vector<core::ImageRecord> chosen;
    for (const core::ImageRecord &image : images) {
        if (chosen.size() < lookedFor / 2 && digests.contains(image.id))
            chosen.push_back(image);
    }
    const std::size_t step = std::max<std::size_t>(1, images.size() / (lookedFor / 2));
    for (std::size_t i = 0; i < images.size(); i += step)
        chosen.push_back(images[i]);
    return chosen;
}

bool hasDigest(const fs::path &file, const std::string &digest)
{
    try {
        return core::imageDigest(core::readImage(file).view()) == digest;
    } catch (const std::exception &) {
        return false;
    }
}

} // namespace

std::optional<fs::path> findImageFolder(const fs::path &folder,
                                        const std::vector<core::ImageRecord> &images,
                                        const ImageDigests &digests, const std::stop_token &stop)
{
    core::ImageLister lister(folder, true);
    std::vector<std::string> names;
    while (!lister.atEnd() && !stop.stop_requested())
        lister.read(1000, names);
    const std::vector<core::ImageRecord> wanted = sample(images, digests);
    std::map<std::string, int> votes; // by what stands before the image's own name
    for (const core::ImageRecord &image : wanted) {
        if (stop.stop_requested())
            return std::nullopt;
        for (const std::string &name : names) {
            if (!name.ends_with(image.fileName))
                continue;
            const std::string prefix = name.substr(0, name.size() - image.fileName.size());
            if (prefix.empty() || prefix.ends_with('/'))
                ++votes[prefix];
        }
    }
    if (votes.empty())
        throw Error(ErrorKind::FileNotFound,
                    "None of the project's pictures is in " + quoted(folder) + ".");
    const auto best =
        std::max_element(votes.begin(), votes.end(),
                         [](const auto &a, const auto &b) { return a.second < b.second; });
    const fs::path root = (folder / toPath(best->first)).lexically_normal();
    int known = 0, same = 0;
    for (const core::ImageRecord &image : wanted) {
        if (stop.stop_requested())
            return std::nullopt;
        const auto digest = digests.find(image.id);
        const fs::path file = root / toPath(image.fileName);
        if (known == lookedAt || digest == digests.end() || !fs::exists(file))
            continue;
        ++known;
        same += hasDigest(file, digest->second) ? 1 : 0;
    }
    if (known > 0 && same == 0)
        throw Error(ErrorKind::FileNotFound, "The pictures in " + quoted(root) +
                                                 " have the names of the project's, but other "
                                                 "contents.");
    return root.has_filename() ? root : root.parent_path();
}

} // namespace ui
