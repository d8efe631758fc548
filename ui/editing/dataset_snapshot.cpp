// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/dataset_snapshot.h"

#include "core/error.h"
#include "core/image/image_reader.h"

namespace ui
{
namespace
{

core::Size sizeOf(const std::filesystem::path &root, const core::ImageRecord &image)
{
    const auto *name = reinterpret_cast<const char8_t *>(image.fileName.c_str());
    try {
        return core::readImageSize(root / std::filesystem::path(name));
    } catch (const std::exception &) {
        return {};
    }
}

} // namespace

core::Dataset toDataset(const DatasetSnapshot &snapshot, std::stop_token stop)
{
    core::Dataset dataset;
    dataset.categories = snapshot.categories;
    for (core::ImageRecord image : snapshot.images->images()) {
        if (stop.stop_requested())
            throw core::Error(core::ErrorKind::Cancelled, "The export was stopped.");
        if (image.size.isEmpty())
            image.size = sizeOf(snapshot.imageRoot, image);
        if (!image.size.isEmpty())
            dataset.images.push_back(std::move(image));
    }
    for (const project::AnnotationPointer &record : snapshot.annotations)
        dataset.annotations.push_back(record->annotation);
    return dataset;
}

} // namespace ui
