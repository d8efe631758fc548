// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

namespace core
{

/// Calls work(0) .. work(count - 1) in about this order, on all of LibTorch's threads. A thread
/// takes the next piece when it is done with one, so that one whose core is busy with another
/// program does less. Throws what `work` throws first.
void shareOut(std::size_t count, const std::function<void(std::size_t)> &work);

} // namespace core
