// SPDX-License-Identifier: Apache-2.0
#include "scenes.h"

std::vector<Scene> scenes()
{
    std::vector<Scene> all;
    for (const auto topic : {openingScenes(), promptingScenes(), everythingScenes(),
                             editingScenes(), objectScenes(), dialogScenes()})
        all.insert(all.end(), topic.begin(), topic.end());
    return all;
}
