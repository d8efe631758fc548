// SPDX-License-Identifier: Apache-2.0
#include "export/records/writable.h"

#include "core/error.h"
#include "core/image/image_reader.h"
#include "export/files/picture_size.h"

namespace exporters
{
namespace
{

[[noreturn]] void refuse(const std::string &why)
{
    throw core::Error(core::ErrorKind::BadDataset,
                      "The annotations cannot be exported: " + why + ".");
}

} // namespace

std::unordered_map<core::Id, core::Category>
categoriesById(const std::vector<core::Category> &categories)
{
    std::unordered_map<core::Id, core::Category> byId;
    for (const core::Category &category : categories) {
        if (!byId.emplace(category.id, category).second)
            refuse("category id " + std::to_string(category.id) + " is used twice");
    }
    return byId;
}

void requireWritable(const core::ImageRecord &image, const core::Annotation &annotation,
                     const std::unordered_map<core::Id, core::Category> &categories)
{
    const std::string name = "annotation id " + std::to_string(annotation.id);
    if (annotation.imageId != image.id)
        refuse(name + " belongs to another image");
    if (!categories.contains(annotation.categoryId))
        refuse("category id " + std::to_string(annotation.categoryId) + " of " + name +
               " is missing");
    if (!annotation.hasMask())
        return;
    if (annotation.mask.size != image.size)
        refuse("the mask of " + name + " does not have the size of its image " + image.fileName);
    core::validate(annotation.mask);
}

void requireDrawable(core::Size size, const std::string &what)
{
    if (size.area() > core::maxImagePixels)
        refuse(what + " has " + sizeText(size) + " pixels, and a picture of masks has " +
               std::to_string(core::maxImagePixels / 1'000'000) + " million at most");
}

void continueExport(const std::stop_token &stop)
{
    if (stop.stop_requested())
        throw core::Error(core::ErrorKind::Cancelled,
                          "The export was stopped; nothing was written.");
}

} // namespace exporters
