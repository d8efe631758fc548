// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/training/rendered_scenes.h"
#include "core/training/scene_cache.h"

#include <filesystem>
#include <optional>

namespace cli
{

/// Scenes painted on demand, but for those that maskwright-scenes has painted before into a folder:
/// scene n is the same either way, if the folder was made with the same seed, side and material.
class TrainingScenes final : public core::SceneSource
{
public:
    /// An empty `cache`: everything is painted. Throws core::Error.
    TrainingScenes(std::uint64_t seed, const core::SceneOptions &options,
                   const std::filesystem::path &cache);
    core::TrainingScene scene(std::uint64_t index) const override;

private:
    core::RenderedScenes m_painter;
    std::optional<core::SceneCache> m_cache;
};

} // namespace cli
