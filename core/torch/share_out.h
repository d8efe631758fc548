// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace core
{

/// Calls work(0) .. work(count - 1) in about this order, on sharingThreads() threads, the calling
/// one among them. A thread takes the next piece when it is done with one, and nobody waits
/// for one that has not begun: where another program has its core, the others do its share. (OpenMP
/// waits for all of its threads.) Throws what `work` throws first; the rest is left out then.
void shareOut(std::size_t count, const std::function<void(std::size_t)> &work);

/// Pieces of work that need nothing of each other.
struct Step {
    std::size_t count; ///< at least one
    std::function<void(std::size_t)> work;
};

/// The same for steps of which each needs all of the one before. Threads are woken once, and wait
/// for the last pieces of a step without sleeping at first: steps may be as short as some dozens of
/// microseconds.
void shareOutSteps(const std::vector<Step> &steps);

} // namespace core
