// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/find_moved_picture.h"

#include "core/error.h"
#include "core/geometry/image_digest.h"
#include "core/image/image_reader.h"
#include "core/image/list_images.h"
#include "ui/editing/path_text.h"

#include <algorithm>
#include <set>

namespace ui
{
namespace
{

namespace fs = std::filesystem;

fs::path toPath(const std::string &name)
{
    return fs::path(reinterpret_cast<const char8_t *>(name.c_str()));
}

/// Appends what is in the folder, each file once.
void list(const fs::path &folder, std::size_t entries, const std::stop_token &stop,
          std::set<fs::path> &known, std::vector<fs::path> &files)
{
    constexpr std::size_t slice = 500;
    try {
        core::ImageLister lister(folder, true);
        for (std::size_t looked = 0; looked < entries && !lister.atEnd(); looked += slice) {
            if (stop.stop_requested())
                return;
            std::vector<std::string> names;
            lister.read(std::min(slice, entries - looked), names);
            for (const std::string &name : names) {
                const fs::path file = (folder / toPath(name)).lexically_normal();
                if (isText(file) && known.insert(file).second)
                    files.push_back(file);
            }
        }
    } catch (const core::Error &) {
        // A folder that may not be read holds nothing for us.
    }
}

bool hasSize(const fs::path &file, core::Size size)
{
    try {
        return size.isEmpty() || core::readImageSize(file) == size;
    } catch (const std::exception &) {
        return false;
    }
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

std::optional<fs::path> findMovedPicture(const core::ImageRecord &image, const std::string &digest,
                                         std::span<const fs::path> folders,
                                         const std::stop_token &stop, const SearchLimits &limits)
{
    const fs::path name = toPath(image.fileName).filename();
    std::set<fs::path> known;
    std::size_t sizes = 0, pictures = 0;
    for (const fs::path &folder : folders) {
        std::vector<fs::path> files;
        list(folder, limits.entries, stop, known, files);
        std::stable_partition(files.begin(), files.end(),
                              [&name](const fs::path &file) { return file.filename() == name; });
        for (const fs::path &file : files) {
            if (stop.stop_requested() || sizes++ == limits.sizes || pictures == limits.pictures)
                return std::nullopt;
            if (!hasSize(file, image.size))
                continue;
            ++pictures;
            if (hasDigest(file, digest))
                return file;
        }
    }
    return std::nullopt;
}

} // namespace ui
