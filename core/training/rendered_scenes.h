// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/training/scene_source.h"
#include "core/training/scene_split.h"

#include <cstdint>
#include <filesystem>
#include <memory>

namespace core
{

struct SceneOptions {
    int side = 320;                 ///< width and height of a scene in pixels, at least 32
    std::filesystem::path material; ///< see Material; empty: made-up scenes only
    SceneSplit split = SceneSplit::Training;
    float photoShare = 0.55F; ///< of the scenes, where there are photos
};

/// Scenes painted on demand: made-up ones, and photos with a few made-up objects over them. Scene n
/// depends on the seed, n, the options and the material alone; it is the same on every machine that
/// has the same OpenCV and processor kind. The two splits use different material and never the same
/// scene.
class RenderedScenes final : public SceneSource
{
public:
    /// Throws core::Error when the material cannot be read.
    RenderedScenes(std::uint64_t seed, SceneOptions options);
    ~RenderedScenes() override;
    TrainingScene scene(std::uint64_t index) const override;

private:
    struct Ingredients; // keeps OpenCV out of this header

    std::uint64_t m_seed;
    SceneOptions m_options;
    std::unique_ptr<const Ingredients> m_ingredients;
};

} // namespace core
