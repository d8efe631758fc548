// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/training/batch_loader.h"
#include "core/torch/training/training_checkpoint.h"
#include "core/torch/training/training_step.h"

namespace core
{

/// Computes a step's gradients on several copies of the model, one thread each, every one with its
/// share of the pictures. On a CPU that others use too this beats several threads per operator by
/// far: threads meet once per step instead of once per operator. On a GPU one copy's clicks are
/// drawn while it computes another's answers.
class Workers
{
public:
    Workers(const TrainingState &state, const TrainingOptions &options);

    /// Leaves the mean gradient and the first copy's norm statistics in `weights`.
    StepReport computeGradients(FlatWeights &weights, const TrainingBatch &batch);

private:
    struct Copy {
        compact::CompactModel model;
        FlatWeights weights;
    };
    TrainingOptions m_options;
    std::vector<Copy> m_copies;
};

/// One step of the training: gradients, optimiser, running average.
StepReport advance(TrainingState &state, Workers &workers, const TrainingBatch &batch,
                   double learningRate);

} // namespace core
