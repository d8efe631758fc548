// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/training/scene_source.h"

#include <cstddef>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace core
{

/// Keeps scenes of another source in memory, because painting one takes far longer than the rest of
/// what a training step does with it. Keeps the first that fit and asks anew for all others: scenes
/// are drawn at random, so that no order of use tells which will come again.
class RememberedScenes final : public SceneSource
{
public:
    /// `source` must outlive this.
    RememberedScenes(const SceneSource &source, std::size_t budgetBytes);
    TrainingScene scene(std::uint64_t index) const override;

private:
    const SceneSource &m_source;
    const std::size_t m_budget;
    mutable std::mutex m_mutex;
    mutable std::unordered_map<std::uint64_t, std::shared_ptr<const TrainingScene>> m_scenes;
    mutable std::size_t m_bytes = 0; ///< guarded by m_mutex, as m_scenes
};

} // namespace core
