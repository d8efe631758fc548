// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stage.h"

#include <span>

/// What a photograph is named after, and the way there. Every scene has a window of its own.
struct Scene {
    const char *name;
    void (*play)(Stage &stage, const QString &picture);
};

std::span<const Scene> scenes();
