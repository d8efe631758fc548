// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/dataset_snapshot.h"

#include "core/error.h"
#include "core/image/image_reader.h"

namespace ui
{

core::Size pictureSize(const std::filesystem::path &imageRoot, const core::ImageRecord &image)
{
    if (!image.size.isEmpty())
        return image.size;
    const auto *name = reinterpret_cast<const char8_t *>(image.fileName.c_str());
    try {
        return core::readImageSize(imageRoot / std::filesystem::path(name));
    } catch (const std::exception &) {
        return {};
    }
}

} // namespace ui
