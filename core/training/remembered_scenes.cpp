// SPDX-License-Identifier: Apache-2.0
#include "core/training/remembered_scenes.h"

namespace core
{
namespace
{

std::size_t byteSize(const TrainingScene &scene)
{
    std::size_t bytes = scene.image.pixels.size();
    for (const LabelMap &level : scene.levels)
        bytes += level.ids.size() * sizeof level.ids.front();
    return bytes;
}

} // namespace

RememberedScenes::RememberedScenes(const SceneSource &source, std::size_t budgetBytes)
    : m_source(source), m_budget(budgetBytes)
{
}

TrainingScene RememberedScenes::scene(std::uint64_t index) const
{
    std::shared_ptr<const TrainingScene> known;
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto found = m_scenes.find(index); found != m_scenes.end())
            known = found->second;
    }
    if (known)
        return *known;
    auto scene = std::make_shared<const TrainingScene>(m_source.scene(index));
    const std::size_t bytes = byteSize(*scene);
    const std::scoped_lock lock(m_mutex);
    if (m_bytes + bytes <= m_budget && m_scenes.emplace(index, scene).second)
        m_bytes += bytes;
    return *scene;
}

} // namespace core
