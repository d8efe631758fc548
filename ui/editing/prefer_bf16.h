// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/segmenter.h"

#include <functional>
#include <memory>

namespace ui
{

/// A model that computes in bf16 where that is asked of the processor: not on a GPU, which has its
/// own precision, and not where processor or model cannot. `make`: the model in bf16 or as it
/// comes; throws Error(DeviceUnavailable) where there is no bf16.
std::unique_ptr<core::Segmenter>
preferBf16(const std::function<std::unique_ptr<core::Segmenter>(bool bf16)> &make);

} // namespace ui
