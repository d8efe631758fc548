// SPDX-License-Identifier: Apache-2.0
#include "export/files/image_path.h"

#include "core/error.h"
#include "export/options.h"

#include <algorithm>

namespace exporters
{

bool leadsOut(std::string_view fileName)
{
    const std::filesystem::path name(fileName);
    const bool hasDrive = fileName.size() > 1 && fileName[1] == ':';
    const bool climbs = std::find(name.begin(), name.end(), "..") != name.end() ||
                        fileName.find("..\\") != fileName.npos;
    const bool cutByZero = fileName.find('\0') != fileName.npos;
    return fileName.empty() || name.has_root_path() || hasDrive || climbs || cutByZero;
}

std::filesystem::path resolveImagePath(const std::filesystem::path &folder,
                                       std::string_view fileName)
{
    if (leadsOut(fileName))
        throw core::Error(core::ErrorKind::BadDataset,
                          "The image name \"" +
                              std::string(fileName.substr(0, fileName.find('\0'))) +
                              "\" does not lie in the image folder; names must be relative to it.");
    return folder / std::filesystem::path(fileName);
}

std::filesystem::path pictureFile(const WriteOptions &options, const core::ImageRecord &image)
{
    return options.pictureFile ? options.pictureFile(image)
                               : resolveImagePath(options.imageFolder, image.fileName);
}

} // namespace exporters
