// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/checkpoint/state_dict.h"

namespace core::sam
{

/// Hands out a checked checkpoint's tensors in the precision and on the device the model runs in.
/// Every tensor is copied out of the mapped file, so that a file overwritten later cannot change a
/// running model.
class Weights
{
public:
    Weights(const StateDict &tensors, torch::Device device, torch::ScalarType precision)
        : m_tensors(tensors), m_device(device), m_precision(precision)
    {
    }

    torch::ScalarType precision() const { return m_precision; }
    /// The same tensors in another precision.
    Weights in(torch::ScalarType precision) const { return {m_tensors, m_device, precision}; }

    torch::Tensor get(const std::string &name) const { return moved(m_tensors.at(name)); }

    /// An undefined tensor when the checkpoint has none of that name.
    torch::Tensor find(const std::string &name) const
    {
        const auto found = m_tensors.find(name);
        return found == m_tensors.end() ? torch::Tensor() : moved(found->second);
    }

private:
    torch::Tensor moved(const torch::Tensor &tensor) const
    {
        return tensor.to(m_device, m_precision, /*non_blocking=*/false, /*copy=*/true,
                         at::MemoryFormat::Contiguous);
    }

    const StateDict &m_tensors;
    torch::Device m_device;
    torch::ScalarType m_precision;
};

} // namespace core::sam
