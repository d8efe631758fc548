// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cpu/packed_matrix.h"

#include <torch/torch.h>

#include <memory>
#include <string>
#include <vector>

namespace core::sam
{

class Weights;

/// The layers SAM is made of, as weights and a function. Channels are always the last axis, so that
/// a grid of tokens [B, H, W, C] and a list of tokens [B, N, C] are the same memory.
struct Linear {
    torch::Tensor weight; ///< [out, in]; undefined once packed
    torch::Tensor bias;   ///< [out], or undefined
    std::shared_ptr<const cpu::PackedMatrix> packed;
    std::shared_ptr<const cpu::PackedPairs> pairs; ///< packed and rounded instead

    Linear() = default;
    Linear(const Weights &weights, const std::string &name);
    /// Lays the weights out for the processor's own kernels and lets them go, where there are any.
    void pack(cpu::Factors factors = cpu::Factors::Float32);
    /// [..., in] -> [..., out]
    torch::Tensor operator()(const torch::Tensor &x) const;
};

/// Two linear layers with GELU between them.
torch::Tensor geluMlp(const torch::Tensor &x, const Linear &in, const Linear &out);

struct LayerNorm {
    torch::Tensor weight; ///< [C]
    torch::Tensor bias;   ///< [C]
    double epsilon = 0;

    LayerNorm() = default;
    LayerNorm(const Weights &weights, const std::string &name, double eps);
    torch::Tensor operator()(const torch::Tensor &x) const;
};

struct SumAndNorm {
    torch::Tensor sum;
    torch::Tensor normed; ///< of the sum
};

/// x + y and what `norm` makes of it.
SumAndNorm addAndNorm(const torch::Tensor &x, const torch::Tensor &y, const LayerNorm &norm);

/// SAM's LayerNorm2d normalises over the channels of each pixel: with channels last that is a
/// LayerNorm of this epsilon, which the image encoder's blocks use as well.
inline constexpr double encoderNormEpsilon = 1e-6;
inline constexpr double decoderNormEpsilon = 1e-5;

/// Linear layers with ReLU between them: the hypernetworks and the IoU head.
struct ReluMlp {
    std::vector<Linear> layers;

    ReluMlp() = default;
    ReluMlp(const Weights &weights, const std::string &name, std::int64_t depth);
    torch::Tensor operator()(torch::Tensor x) const;
};

/// [.., in] -> [.., out] by a [out, in] matrix. On the CPU many rows go through a 1x1 convolution:
/// channels-last tokens are its input as they lie, and oneDNN runs it at full speed whatever BLAS
/// is installed.
torch::Tensor applyMatrix(const torch::Tensor &x, const torch::Tensor &weight,
                          const torch::Tensor &bias = {});

/// The same with a matrix of its own for each of the batch: x [B, n, in], matrices [B, out, in],
/// biases [B, out] or undefined -> [B, n, out].
torch::Tensor applyMatrices(const torch::Tensor &x, const torch::Tensor &matrices,
                            const torch::Tensor &biases = {});

/// What each kernel of k x k with stride k sees: [B, C, H, W] -> [B, H/k, W/k, C k k], in the order
/// of a flattened weight [out, C, k, k].
torch::Tensor gatherPatches(const torch::Tensor &x, std::int64_t k);

/// What each kernel of 3x3 sees, zeros beyond the border: [B, H, W, C] -> [B, H, W, 9 C], the nine
/// places one after the other.
torch::Tensor gatherNeighbours(const torch::Tensor &x);

/// A convolution whose kernels lie side by side: x [B, C, H, W], weight [out, C, k, k] with stride
/// k -> [B, H/k, W/k, out].
torch::Tensor applyToPatches(const torch::Tensor &x, const torch::Tensor &weight,
                             const torch::Tensor &bias);

/// A 3x3 convolution without bias that keeps the size: x [B, H, W, C], weight [out, C, 3, 3] ->
/// [B, H, W, out].
torch::Tensor applyToNeighbours(const torch::Tensor &x, const torch::Tensor &weight);

} // namespace core::sam
