// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"
#include "core/geometry/pixel_rect.h"
#include "core/mask/rle.h"

#include <cstdint>
#include <span>
#include <vector>

namespace core
{

/// One find of the automatic mask generation, with all that later filters need.
struct GeneratedMask {
    Rle mask;                 ///< at the picture's size
    float predictedIou = 0;   ///< the model's own guess
    float stabilityScore = 0; ///< with the offset of the options
    std::int64_t area = 0;    ///< pixels
    Box box;                  ///< the centres of the outermost pixels, as SAM takes it
    ImagePoint point;         ///< that was asked
    PixelRect crop;           ///< that was looked at
};

/// Area and box anew, after the mask was changed.
void measure(GeneratedMask &mask);

/// What may pass; the defaults are SAM's. A looser set before a stricter one does no harm: filter
/// generously once, then as often as you like.
struct MaskThresholds {
    double predIouThresh = 0.88;        ///< kept above
    double stabilityScoreThresh = 0.95; ///< kept from here on
    double boxNmsThresh = 0.7;          ///< box IoU above which the less sure mask of a crop goes
    double cropNmsThresh = 0.7;         ///< the same between crops, where the smaller crop's stays
    std::int64_t minArea = 0;           ///< pixels; SAM has no such filter
};

/// The masks that pass, by index, in SAM's order. `masks` stand in the order they were found in,
/// crop after crop. Does not change the masks, so that sliders can call it at every move.
std::vector<std::size_t> filterMasks(std::span<const GeneratedMask> masks,
                                     const MaskThresholds &thresholds);

/// Fills holes and clears islands of fewer than `area` pixels, then drops masks whose boxes came to
/// overlap by more than `nmsThreshold`, those that had to be changed first.
void cleanMasks(std::vector<GeneratedMask> &masks, double area, double nmsThreshold);

} // namespace core
