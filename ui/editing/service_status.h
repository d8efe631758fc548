// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/memory_relief.h"

#include <QString>

namespace ui
{

/// What the inference side is doing, for the status bar.
struct ServiceStatus {
    enum class Phase {
        LoadingModel,
        NoModel, ///< loading failed; `detail` says why
        Idle,    ///< model there, no picture
        ReadingPicture,
        Embedding,   ///< `progress` runs from 0 to 1
        NotPrepared, ///< the user stopped the embedding
        Ready,       ///< `seconds` is what the embedding took, 0 when it came from the cache
        Failed,      ///< reading or embedding this picture failed; `detail` says why
    };
    Phase phase = Phase::LoadingModel;
    QString modelName; ///< empty until the model is loaded
    core::Device device = core::Device::Cpu;
    core::ComputeLimits limits; ///< what the model goes without since memory ran out
    bool isGpuUnusable = false; ///< the CPU was taken although there is a GPU
    bool looksCloser = false;   ///< core::SegmenterInfo::gainsByLookingCloser
    double progress = 0;
    double seconds = 0;
    bool isFocusing = false; ///< a part of the picture is being encoded on its own
    QString detail;
    bool operator==(const ServiceStatus &) const = default;
};

/// "default model - CPU - Ready (0.14 s)"
QString statusText(const ServiceStatus &status);

} // namespace ui
