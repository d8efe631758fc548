// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/bench/coco_api.h"
#include "core/bench/sample_masks.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace core
{

/// What one piece of work took, in microseconds.
struct RleTiming {
    std::string work;
    double bytes = 0; ///< that it has to read or write at least
    double ours = 0;
    std::optional<double> theirs; ///< none where there is no library
    /// Ours are rows, theirs are columns: where pixels are read or made, the time in which they
    /// have been turned as well.
    std::optional<double> theirsAndTurned;
};

struct RleRace {
    std::string name;         ///< of the masks
    std::vector<Rle> masks;   ///< at least one; all of one size
    std::size_t pairs = 1000; ///< that many of them, each with each, for the matrix of IoUs
    double seconds = 0.15;    ///< for each row, about
};

/// With masks that are made up, the same every time; "1000 smooth, 1920 x 1080".
RleRace sampleRace(MaskKind kind, std::size_t count = 1000, Size size = {1920, 1080});

/// Times run lengths on the masks, and COCO's functions beside them unless `coco` is null. Both
/// sides make their answers in memory of their own and give it back, but for columns, which both
/// decode into the same memory. Their results are compared first. Calls `tell` with each row as it
/// comes; what it throws ends the race. Throws Error(ComputationFailed) when a result differs.
void race(const RleRace &race, const CocoApi *coco,
          const std::function<void(const RleTiming &)> &tell);

} // namespace core
