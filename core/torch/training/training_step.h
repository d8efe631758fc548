// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/compact/compact_model.h"
#include "core/training/random.h"

namespace core
{

/// What a step reports, means over its prompts.
struct StepReport {
    double focal = 0; ///< of the mask that counts (best of three, or the single one), last round
    double dice = 0;
    double iouError = 0; ///< mean squared error of the predicted IoU, first round
    double firstIou = 0; ///< best of three after the first click; of the answer from afar, if one
    double lastIou = 0;  ///< single mask after the last round
};

/// How often the simulated person corrects in one step, the same for all its prompts.
struct RoundPlan {
    int rounds = 1;            ///< 1: the first prompt only
    std::vector<bool> learned; ///< which rounds are learned from; the others only lead there
    /// Below 1: the first answer is given to the pictures seen from afar, this much smaller, and
    /// the first round is a closer look: the same prompt again, with that answer.
    double farScale = 1;
};
RoundPlan drawRounds(Random &random);

struct StepOptions {
    RoundPlan plan;
    torch::ScalarType type = torch::kFloat; ///< of the maps; losses stay fp32
    int clickThreads = 1;                   ///< that draw the simulated person's clicks
};

/// One pass over a share of a step's pictures: prompts, answers, corrections. Adds to the
/// parameters' gradients that of the loss summed over rounds and averaged over prompts.
StepReport computeGradients(compact::CompactModel &model, const torch::Tensor &images,
                            const torch::Tensor &targets, const StepOptions &options,
                            Random random);

} // namespace core
