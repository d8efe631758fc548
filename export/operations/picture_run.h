// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/file/shard.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace exporters
{

/// A picture of a long run.
struct Picture {
    std::filesystem::path path; ///< where it lies
    std::string name;           ///< what annotations call it, UTF-8 if the disk has it so
    std::size_t number = 0;     ///< from 1 on, among all pictures of the run, whatever the shard
};

/// Those of `pictures` that are in the shard.
std::vector<Picture> picturesOf(std::span<const Picture> pictures, const core::Shard &shard);

struct RunReport {
    static constexpr std::size_t mostTold = 1000;

    std::size_t done = 0;   ///< in this run
    std::size_t before = 0; ///< done by an earlier one
    std::size_t failed = 0;
    std::vector<std::string>
        failures; ///< a sentence each, which names the picture; at most mostTold
    bool wasStopped = false;
    bool isComplete() const { return failed == 0 && !wasStopped; }
};

struct RunSteps {
    std::function<bool(const Picture &)> isDone; ///< by an earlier run; may be empty
    std::function<void(const Picture &, const std::stop_token &)> work;
    std::function<void(std::size_t count)> progress; ///< pictures that are behind us; may be empty
    /// Pictures that are worked on at a time, each on a thread of its own: isDone and work are
    /// called side by side then, progress never.
    std::size_t atOnce = 1;
};

/// Does the work for one picture after the other, or for some at a time. What goes wrong with one
/// (core::Error, memory that does not suffice) is told and the others are done; a full disk ends
/// the run, since it would be full for all. A stop between pictures, or Error(Cancelled) from
/// within, leaves the rest.
RunReport runPictures(std::span<const Picture> pictures, const RunSteps &steps,
                      const std::stop_token &stop = {});

} // namespace exporters
