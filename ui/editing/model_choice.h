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
    /// On the processor, where it and the model can: quicker and a little less exact. A GPU's
    /// precision is another matter.
    bool bf16 = false;
    bool operator==(const ModelChoice &) const = default;
};

/// Makes it, on the inference thread. Throws core::Error.
using ModelMaker = std::function<std::unique_ptr<core::Segmenter>(const ModelChoice &,
                                                                  const core::ComputeLimits &)>;

/// Whether models can compute in bf16 on this machine's processor.
enum class ProcessorBf16 {
    NoMatter, ///< there is no model that could
    Missing,  ///< the processor has no instructions for it
    Decided,  ///< or not, for as long as the program runs
    There,
};

} // namespace ui
