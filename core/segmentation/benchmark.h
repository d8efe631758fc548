// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/segmenter.h"

#include <functional>
#include <span>
#include <stop_token>

namespace core
{

/// What a stage took, in milliseconds, over `runs` measured runs after one that does not count.
/// `computed` is the processor time of all threads, a run on average: unlike the others it says
/// little about what else the machine did.
struct Timing {
    int runs = 0;
    double minimum = 0;
    double median = 0;
    double maximum = 0;
    double computed = 0;
};

/// Runs `work` at least 3 and at most `maxRuns` times, and no longer than about `seconds`.
/// Throws Error(Cancelled) between runs.
Timing measure(const std::function<void()> &work, double seconds = 3, int maxRuns = 100,
               std::stop_token stop = {});

struct BenchmarkReport {
    Timing encode;       ///< one picture
    Timing decodeLogits; ///< one foreground click to the logits of three masks
    Timing decodePoint;  ///< one foreground click, three masks, post-processing included
    Timing decodeBox;    ///< one box, one mask
    Timing decodeBatch;  ///< sixteen boxes in one call
    Timing postprocess;  ///< logits to a mask at the picture's size, with its stability score
    Timing runLengths;   ///< that mask to run lengths and to COCO's string
};

/// Times the stages of one picture from file pixels to COCO masks. Throws what the segmenter
/// throws.
BenchmarkReport benchmark(Segmenter &segmenter, ImageView image, double secondsPerStage = 3,
                          std::stop_token stop = {});

} // namespace core
