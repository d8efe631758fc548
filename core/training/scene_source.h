// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/image.h"

#include <cstdint>
#include <vector>

namespace core
{

/// The id of pixels of which nobody knows what they belong to; never a target.
constexpr std::uint16_t noRegion = 0;

/// A partition of a picture: pixels with the same id belong together, but for noRegion; row-major.
struct LabelMap {
    Size size;
    std::vector<std::uint16_t> ids;
};

/// A picture with what is in it on several levels (part, object, group). A training target is one
/// 4-connected component of one id in one map.
struct TrainingScene {
    Image image;
    std::vector<LabelMap> levels;
};

/// Where the trainer gets its pictures from. Scene n is the same on every run and machine and is
/// made without regard to other scenes, so that several threads may ask at once.
class SceneSource
{
public:
    virtual ~SceneSource() = default;
    virtual TrainingScene scene(std::uint64_t index) const = 0;
};

} // namespace core
