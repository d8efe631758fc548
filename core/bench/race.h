// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace core
{

using Work = std::function<void()>;

/// What was computed has to go somewhere, or it would be left out as unused.
inline std::size_t used = 0;

/// The median time of each runner in microseconds, over at least three rounds, in which they take
/// turns, and about `seconds`.
std::vector<double> race(const std::vector<Work> &runners, double seconds);

/// Bytes a microsecond that one core reads where no cache holds them.
double readBandwidth();

} // namespace core
