// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/project_pictures.h"

namespace ui
{

ProjectPictures::ProjectPictures(std::vector<core::ImageRecord> images, core::Id nextId)
    : m_images(std::move(images)), m_nextId(nextId), m_taken(m_images.size())
{
    m_ids.reserve(m_images.size());
    for (const core::ImageRecord &image : m_images)
        m_ids.emplace(image.fileName, image.id);
}

core::Id ProjectPictures::add(const std::string &name)
{
    const auto [place, isNew] = m_ids.try_emplace(name, m_nextId);
    if (isNew)
        m_images.push_back({m_nextId++, name, {}});
    return place->second;
}

std::vector<core::ImageRecord> ProjectPictures::takeAdded()
{
    const auto first = m_images.begin() + std::ptrdiff_t(m_taken);
    m_taken = m_images.size();
    return {first, m_images.end()};
}

} // namespace ui
