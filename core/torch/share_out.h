// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

namespace core
{

/// Calls work(0) .. work(count - 1) in about this order, on as many threads as LibTorch uses, the
/// calling one among them. A thread takes the next piece when it is done with one, and nobody waits
/// for one that has not begun: where another program has its core, the others do its share. (OpenMP
/// waits for all of its threads.) Throws what `work` throws first; the rest is left out then.
void shareOut(std::size_t count, const std::function<void(std::size_t)> &work);

} // namespace core
