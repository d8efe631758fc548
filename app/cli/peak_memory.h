// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace cli
{

/// The most memory this process has held so far, in bytes.
std::int64_t peakMemory();

} // namespace cli
