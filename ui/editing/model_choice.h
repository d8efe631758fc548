// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/memory_relief.h"

#include <QString>

#include <functional>
#include <memory>

namespace ui
{

/// Which model the user wants, and how it should compute.
struct ModelChoice {
    QString file;    ///< a checkpoint; empty: the default model
    int threads = 0; ///< 0: as many as there are cores
    bool operator==(const ModelChoice &) const = default;
};

/// Makes it, on the inference thread. Throws core::Error.
using ModelMaker = std::function<std::unique_ptr<core::Segmenter>(const ModelChoice &,
                                                                  const core::ComputeLimits &)>;

} // namespace ui
