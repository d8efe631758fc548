// SPDX-License-Identifier: Apache-2.0
#include "app/cli/training_scenes.h"

namespace cli
{

TrainingScenes::TrainingScenes(std::uint64_t seed, const core::SceneOptions &options,
                               const std::filesystem::path &cache)
    : m_painter(seed, options)
{
    if (!cache.empty())
        m_cache.emplace(cache);
}

core::TrainingScene TrainingScenes::scene(std::uint64_t index) const
{
    return m_cache && index < m_cache->size() ? m_cache->scene(index) : m_painter.scene(index);
}

} // namespace cli
