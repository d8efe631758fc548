// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/training/batch_loader.h"
#include "core/torch/training/training_checkpoint.h"
#include "core/torch/training/training_step.h"

namespace core
{

/// Computes a step's gradients on several copies of the model, one thread each, every one with its
/// share of the pictures. On a CPU that others use too this beats several threads per operator by
/// far: threads meet once per step instead of once per operator.
class Workers
{
public:
    Workers(const compact::CompactModel &model, const compact::CompactConfig &config,
            const TrainingOptions &options);

    /// Leaves the mean gradient in `model`'s parameters and the first copy's norm statistics in its
    /// buffers.
    StepReport computeGradients(compact::CompactModel &model, const TrainingBatch &batch);

private:
    TrainingOptions m_options;
    std::vector<compact::CompactModel> m_copies;
};

/// One step of the training: gradients, optimiser, running average.
StepReport advance(TrainingState &state, Workers &workers, const TrainingBatch &batch,
                   double learningRate);

} // namespace core
