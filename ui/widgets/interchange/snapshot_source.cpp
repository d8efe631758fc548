// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/interchange/snapshot_source.h"

#include "core/error.h"

namespace ui
{

SnapshotSource::SnapshotSource(DatasetSnapshot snapshot, std::stop_token stop)
    : m_snapshot(std::move(snapshot)), m_stop(std::move(stop))
{
    for (const project::AnnotationPointer &record : m_snapshot.annotations)
        m_ofImage[record->annotation.imageId].push_back(&record->annotation);
}

/// Objects may be in a picture that was never opened here: imported ones. They know its size.
core::Size SnapshotSource::sizeOf(const core::ImageRecord &image) const
{
    const core::Size size = pictureSize(m_snapshot.imageRoot, image);
    const auto objects = m_ofImage.find(image.id);
    return size.isEmpty() && objects != m_ofImage.end() ? objects->second.front()->mask.size : size;
}

std::vector<core::ImageRecord> SnapshotSource::images()
{
    if (m_images)
        return *m_images;
    std::vector<core::ImageRecord> images;
    for (core::ImageRecord image : m_snapshot.images->images()) {
        if (m_stop.stop_requested())
            throw core::Error(core::ErrorKind::Cancelled, "The export was stopped.");
        image.size = sizeOf(image);
        if (!image.size.isEmpty())
            images.push_back(std::move(image));
    }
    m_images = images;
    return images;
}

std::vector<core::Annotation> SnapshotSource::annotations(core::Id imageId)
{
    std::vector<core::Annotation> copies;
    if (const auto objects = m_ofImage.find(imageId); objects != m_ofImage.end()) {
        copies.reserve(objects->second.size());
        for (const core::Annotation *annotation : objects->second)
            copies.push_back(*annotation);
    }
    return copies;
}

} // namespace ui
