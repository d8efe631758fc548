// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stage.h"

#include <span>
#include <vector>

/// What a photograph is named after, and the way there. Every scene has a window of its own.
struct Scene {
    const char *name;
    void (*play)(Stage &stage, const QString &picture);
    bool isDoubled = false; ///< photographed on a screen of twice the pixels, too
};

// By topic, a file each.
std::span<const Scene> openingScenes();
std::span<const Scene> promptingScenes();
std::span<const Scene> everythingScenes();
std::span<const Scene> editingScenes();
std::span<const Scene> objectScenes();
std::span<const Scene> dialogScenes();

/// All of them.
std::vector<Scene> scenes();

/// On the built-in sample, as shares of its width and height.
namespace places
{
inline constexpr QPointF redApple{0.40, 0.72};
inline constexpr QPointF greenApple{0.53, 0.67};
inline constexpr QPointF pear{0.64, 0.62};
inline constexpr QPointF mug{0.80, 0.62};
inline constexpr QPointF lemon{0.59, 0.84};
} // namespace places
