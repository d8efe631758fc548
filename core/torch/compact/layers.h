// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

#include <cstdint>

// The small parts the compact model is made of. Maps are (N, C, H, W) in channels-last memory.
namespace core::compact
{

struct ConvOptions {
    int kernel = 1;
    int stride = 1;
    int dilation = 1;
    bool bias = true;
};

/// A convolution whose weights stay in fp32 and follow the activations' type at each call, so that
/// training may compute in bf16 without a second copy of the weights. Keeps H and W at stride 1.
class ConvImpl : public torch::nn::Module
{
public:
    ConvImpl(int in, int out, const ConvOptions &options = {});
    torch::Tensor forward(const torch::Tensor &x) const;
    /// Replaces weight and bias by what conv and norm do together.
    void absorb(const torch::nn::BatchNorm2d &norm);

    torch::Tensor weight; ///< (out, in, k, k)
    torch::Tensor bias;   ///< (out), undefined without one

private:
    ConvOptions m_options;
};
TORCH_MODULE(Conv);

/// 3x3 convolution, BatchNorm and, unless it ends a residual branch, ReLU.
class ConvNormImpl : public torch::nn::Module
{
public:
    struct Options {
        int stride = 1;
        int dilation = 1;
        bool relu = true;
        bool startAtZero =
            false; ///< BatchNorm's scale starts at 0: a residual branch starts silent
    };
    ConvNormImpl(int in, int out, const Options &options);
    torch::Tensor forward(const torch::Tensor &x);
    /// For inference: the norm becomes part of the convolution. Not to be undone.
    void fold();

private:
    Conv m_conv;
    torch::nn::BatchNorm2d m_norm;
    bool m_relu;
    bool m_folded = false;
};
TORCH_MODULE(ConvNorm);

/// relu(x + branch(x)), the branch being two 3x3 ConvNorms, the first one dilated.
class ResidualBlockImpl : public torch::nn::Module
{
public:
    ResidualBlockImpl(int channels, int dilation);
    torch::Tensor forward(const torch::Tensor &x);

private:
    ConvNorm m_first;
    ConvNorm m_second;
};
TORCH_MODULE(ResidualBlock);

/// `layers` linear layers with ReLU between them.
class MlpImpl : public torch::nn::Module
{
public:
    MlpImpl(int in, int hidden, int out, int layers);
    torch::Tensor forward(torch::Tensor x);

private:
    torch::nn::ModuleList m_layers;
};
TORCH_MODULE(Mlp);

/// Twice as high and wide, bilinear, pixel centres aligned as areas (align_corners=false).
torch::Tensor enlargeTwice(const torch::Tensor &x);

} // namespace core::compact
