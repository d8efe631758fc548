// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/pixel_rect.h"
#include "core/mask/rle.h"

#include <vector>

namespace core
{

struct CleanUpOptions {
    int smoothing = 0;           ///< radius as in smooth(), 0: off
    std::int64_t holesBelow = 0; ///< holes of fewer pixels are filled, 0: none
    std::int64_t partsBelow = 0; ///< parts of fewer pixels go, 0: none
    bool operator==(const CleanUpOptions &) const = default;
};

struct CleanUpResult {
    Rle mask;
    std::vector<PixelRect> filledHoles;  ///< where they were
    std::vector<PixelRect> removedParts; ///< where they were
};

/// Fills holes (as findHoles() finds them) of fewer than `area` pixels. `filled`: where they were.
Rle fillHoles(const Rle &mask, std::int64_t area, std::vector<PixelRect> *filled = nullptr);
/// However large they are.
Rle fillAllHoles(const Rle &mask);

/// Takes parts (as findParts() finds them) of fewer than `area` pixels away. When all are that
/// small the largest stays, so that an object is never cleaned away. `removed`: where they were.
Rle removeSmallParts(const Rle &mask, std::int64_t area, std::vector<PixelRect> *removed = nullptr);

/// Smooths, then fills, then removes. A mask that has pixels keeps some: smoothing that would take
/// the last one is not done.
CleanUpResult cleanUp(const Rle &mask, const CleanUpOptions &options);

} // namespace core
