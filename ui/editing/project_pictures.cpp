// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/project_pictures.h"

#include <algorithm>

namespace ui
{

std::string imageNameOf(const std::filesystem::path &imageRoot, const std::filesystem::path &file)
{
    const std::filesystem::path whole = std::filesystem::absolute(file).lexically_normal();
    const std::filesystem::path relative = whole.lexically_relative(imageRoot);
    const std::u8string name = (relative.empty() ? whole : relative).generic_u8string();
    return {name.begin(), name.end()};
}

bool isBelow(const std::filesystem::path &imageRoot, const std::filesystem::path &file)
{
    const std::string text = imageNameOf(imageRoot, file);
    const std::filesystem::path name(std::u8string(text.begin(), text.end()));
    return name.is_relative() && !name.empty() && *name.begin() != "..";
}

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

bool ProjectPictures::rename(core::Id id, const std::string &name)
{
    const auto image = std::find_if(m_images.begin(), m_images.end(),
                                    [id](const core::ImageRecord &i) { return i.id == id; });
    if (image == m_images.end() || !m_ids.try_emplace(name, id).second)
        return false;
    m_ids.erase(image->fileName);
    image->fileName = name;
    return true;
}

std::vector<core::ImageRecord> ProjectPictures::takeAdded()
{
    const auto first = m_images.begin() + std::ptrdiff_t(m_taken);
    m_taken = m_images.size();
    return {first, m_images.end()};
}

} // namespace ui
