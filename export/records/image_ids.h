// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <cstddef>
#include <vector>

namespace exporters
{

/// For readers of files whose image ids may be missing or used twice, which is known at the end
/// only. Until then a missing id is 0, and annotations name the place of their image among the
/// images; here they get its id. Images without one of their own are numbered behind the largest;
/// their places come back.
std::vector<std::size_t> giveMissingIds(core::Dataset &dataset);

} // namespace exporters
