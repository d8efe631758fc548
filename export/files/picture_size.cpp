// SPDX-License-Identifier: Apache-2.0
#include "export/files/picture_size.h"

#include "core/error.h"
#include "core/image/image_reader.h"
#include "core/mask/rle.h"
#include "export/files/image_path.h"

namespace exporters
{

core::Size pictureSize(const std::string &name, std::span<const std::filesystem::path> folders)
{
    for (const std::filesystem::path &folder : folders) {
        if (folder.empty())
            continue;
        try {
            return core::readImageSize(resolveImagePath(folder, name));
        } catch (const core::Error &) {
            // not here, or nothing to be read: the next folder may have it
        }
    }
    return {};
}

void requirePictureSize(core::Size size)
{
    if (size.width > core::maxImageSide || size.height > core::maxImageSide)
        throw core::Error(core::ErrorKind::BadDataset,
                          "The picture's size is impossible: " + sizeText(size) + ".");
    core::validateMaskSize(size);
}

std::string sizeText(core::Size size)
{
    return std::to_string(size.width) + " x " + std::to_string(size.height);
}

} // namespace exporters
