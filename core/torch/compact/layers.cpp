// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/layers.h"

#include <cmath>

namespace core::compact
{
namespace F = torch::nn::functional;

ConvImpl::ConvImpl(int in, int out, const ConvOptions &options) : m_options(options)
{
    const int k = options.kernel;
    weight = torch::empty({out, in, k, k});
    torch::nn::init::kaiming_normal_(weight, 0.0, torch::kFanOut, torch::kReLU);
    weight = register_parameter("weight", weight.contiguous(at::MemoryFormat::ChannelsLast));
    if (options.bias)
        bias = register_parameter("bias", torch::zeros({out}));
}

torch::Tensor ConvImpl::forward(const torch::Tensor &x) const
{
    const auto type = x.scalar_type();
    const torch::Tensor b = bias.defined() ? bias.to(type) : torch::Tensor();
    const int padding = m_options.dilation * (m_options.kernel / 2);
    return at::conv2d(x, weight.to(type), b, m_options.stride, padding, m_options.dilation);
}

void ConvImpl::absorb(const torch::nn::BatchNorm2d &norm)
{
    const torch::NoGradGuard noGrad;
    const auto scale = norm->weight / torch::sqrt(norm->running_var + norm->options.eps());
    weight.mul_(scale.view({-1, 1, 1, 1}));
    const auto shift = norm->bias - norm->running_mean * scale;
    if (bias.defined())
        bias.mul_(scale).add_(shift);
    else
        bias = register_parameter("bias", shift.clone());
}

ConvNormImpl::ConvNormImpl(int in, int out, const Options &options)
    : m_conv(register_module("conv", Conv(in, out,
                                          ConvOptions{.kernel = 3,
                                                      .stride = options.stride,
                                                      .dilation = options.dilation,
                                                      .bias = false}))),
      m_norm(register_module("norm", torch::nn::BatchNorm2d(out))), m_relu(options.relu)
{
    if (options.startAtZero)
        torch::nn::init::zeros_(m_norm->weight);
}

torch::Tensor ConvNormImpl::forward(const torch::Tensor &x)
{
    torch::Tensor y = m_conv(x);
    if (!m_folded)
        y = m_norm(y);
    return m_relu ? torch::relu_(y) : y;
}

void ConvNormImpl::fold()
{
    if (m_folded)
        return;
    m_conv->absorb(m_norm);
    m_folded = true;
}

ResidualBlockImpl::ResidualBlockImpl(int channels, int dilation)
    : m_first(register_module(
          "first", ConvNorm(channels, channels, ConvNormImpl::Options{.dilation = dilation}))),
      m_second(register_module(
          "second",
          ConvNorm(channels, channels, ConvNormImpl::Options{.relu = false, .startAtZero = true})))
{
}

torch::Tensor ResidualBlockImpl::forward(const torch::Tensor &x)
{
    return torch::relu_(m_second(m_first(x)).add_(x));
}

MlpImpl::MlpImpl(int in, int hidden, int out, int layers)
{
    for (int i = 0; i < layers; ++i)
        m_layers->push_back(
            torch::nn::Linear(i == 0 ? in : hidden, i == layers - 1 ? out : hidden));
    register_module("layers", m_layers);
}

torch::Tensor MlpImpl::forward(torch::Tensor x)
{
    for (std::size_t i = 0; i < m_layers->size(); ++i) {
        x = m_layers[i]->as<torch::nn::Linear>()->forward(x);
        if (i + 1 < m_layers->size())
            x = torch::relu(x);
    }
    return x;
}

torch::Tensor enlargeTwice(const torch::Tensor &x)
{
    return F::interpolate(x, F::InterpolateFuncOptions()
                                 .scale_factor(std::vector<double>{2, 2})
                                 .mode(torch::kBilinear)
                                 .align_corners(false)
                                 .recompute_scale_factor(false));
}

} // namespace core::compact
