// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/checkpoint/state_dict.h"

#include <cstdint>
#include <string>
#include <vector>

namespace core::sam
{

/// Looks a checkpoint's tensors up by name and reads their sides, from which a model's sizes
/// follow. Both arguments must outlive it.
class CheckpointShapes
{
public:
    CheckpointShapes(const StateDict &tensors, const std::string &checkpointName)
        : m_tensors(tensors), m_checkpointName(checkpointName)
    {
    }

    bool has(const std::string &name) const { return m_tensors.contains(name); }

    /// Throws Error(BadCheckpoint) for a tensor that is missing, has another number of axes or is
    /// empty.
    std::vector<std::int64_t> of(const std::string &name, std::size_t axes) const;

    /// Number of consecutive k = 0, 1, ... for which prefix + k + suffix is there.
    std::int64_t count(const std::string &prefix, const std::string &suffix) const;

    /// Throws Error(BadCheckpoint): `what` is wrong with that tensor.
    [[noreturn]] void fail(const std::string &name, const std::string &what) const;

private:
    const StateDict &m_tensors;
    const std::string &m_checkpointName;
};

} // namespace core::sam
