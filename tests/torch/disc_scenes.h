// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/training/random.h"
#include "core/training/scene_source.h"

/// The simplest scenes there are: one plain disc on a plain ground.
class DiscScenes : public core::SceneSource
{
public:
    explicit DiscScenes(int side) : m_side(side) {}

    core::TrainingScene scene(std::uint64_t index) const override
    {
        core::Random random(7, index);
        core::TrainingScene scene;
        scene.image = core::Image({m_side, m_side});
        core::LabelMap map{{m_side, m_side}, {}};
        const float radius = random.uniform(0.15f, 0.35f) * float(m_side);
        const float x0 = random.uniform(0.3f, 0.7f) * float(m_side);
        const float y0 = random.uniform(0.3f, 0.7f) * float(m_side);
        for (int y = 0; y < m_side; ++y) {
            for (int x = 0; x < m_side; ++x) {
                const float dx = float(x) - x0, dy = float(y) - y0;
                const bool isInside = dx * dx + dy * dy < radius * radius;
                map.ids.push_back(isInside ? 1 : 0);
                for (int c = 0; c < 3; ++c)
                    scene.image.row(y)[3 * x + c] = isInside ? 220 : 40;
            }
        }
        scene.levels = {map};
        return scene;
    }

private:
    int m_side;
};
