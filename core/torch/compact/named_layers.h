// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/convolution/gathered.h"
#include "core/torch/convolution/pixel_layer.h"
#include "core/torch/convolution/winograd.h"

#include <string>

namespace core::compact
{

/// The layers of a part of the model, norms folded, as the processor's kernels take them; by their
/// names.
class NamedLayers
{
public:
    explicit NamedLayers(const torch::nn::Module &part) : m_tensors(part.named_parameters()) {}

    bool has(const std::string &name) const { return m_tensors.contains(name + ".weight"); }
    WinogradConvolution winograd(const std::string &name, std::int64_t dilation = 1) const
    {
        return {weight(name), bias(name), dilation};
    }
    GatheredConvolution gathered(const std::string &name, std::int64_t stride = 1) const
    {
        return {weight(name), bias(name), stride};
    }
    PixelLayer pixelLayer(const std::string &name) const { return {weight(name), bias(name)}; }
    torch::Tensor weight(const std::string &name) const { return m_tensors[name + ".weight"]; }
    torch::Tensor bias(const std::string &name) const { return m_tensors[name + ".bias"]; }
    /// A parameter that is no layer's.
    torch::Tensor parameter(const std::string &name) const { return m_tensors[name]; }

private:
    torch::OrderedDict<std::string, torch::Tensor> m_tensors;
};

} // namespace core::compact
