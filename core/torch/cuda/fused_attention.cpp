// SPDX-License-Identifier: Apache-2.0
#include "core/torch/cuda/fused_attention.h"

#include "core/cuda/attention_pack.h"
#include "core/cuda/global_attention.h"
#include "core/cuda/window_attention.h"

#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>
#include <torch/version.h>

#include <cmath>

// The scale became an argument in 2.1.
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 1)
#define MASKWRIGHT_FUSED_ATTENTION 1
#else
#define MASKWRIGHT_FUSED_ATTENTION 0
#endif

namespace core::cuda
{

namespace
{

/// Rows of 16 bytes are what loads, stores and tensor cores want.
std::int64_t multipleOf8(std::int64_t value)
{
    return (value + 7) / 8 * 8;
}

std::int64_t paddedDim(const FusedAttention::Sizes &sizes)
{
    return multipleOf8(sizes.headDim + 2 * sizes.side);
}

double scaleOf(const FusedAttention::Sizes &sizes)
{
    return 1.0 / std::sqrt(static_cast<double>(sizes.headDim));
}

std::uint16_t *elements(const torch::Tensor &tensor)
{
    return static_cast<std::uint16_t *>(tensor.data_ptr());
}

bool isGlobal(const FusedAttention::Sizes &sizes)
{
    return sizes.side == sizes.grid && sizes.grid == globalAttentionSide;
}

bool hasOwnKernel(const FusedAttention::Sizes &sizes)
{
    return (isGlobal(sizes) || sizes.side == attentionWindowSide) &&
           canAttend(static_cast<int>(sizes.headDim));
}

torch::Tensor attend(const torch::Tensor &queries, const torch::Tensor &keys,
                     const torch::Tensor &values, double scale)
{
#if MASKWRIGHT_FUSED_ATTENTION
    const auto byHead = [](const torch::Tensor &x) { return x.transpose(1, 2); };
    return at::scaled_dot_product_attention(byHead(queries), byHead(keys), byHead(values), {}, 0.0,
                                            false, scale)
        .transpose(1, 2)
        .contiguous(); // which it is as the kernels leave it
#else
    TORCH_INTERNAL_ASSERT(false, "asked without canServe()");
    return scale > 0 ? queries : keys + values;
#endif
}

} // namespace

bool FusedAttention::canServe(const Sizes &sizes, torch::Device device, torch::ScalarType precision)
{
    constexpr std::int64_t longestHead = 256; // that the fused kernels take
    return MASKWRIGHT_FUSED_ATTENTION && device.is_cuda() &&
           (precision == torch::kFloat16 || precision == torch::kBFloat16) &&
           sizes.headDim % 8 == 0 && paddedDim(sizes) <= longestHead;
}

FusedAttention::FusedAttention(const Sizes &sizes, const torch::Tensor &rows,
                               const torch::Tensor &columns, const torch::Tensor &qkvBias,
                               AttentionKernels kernels)
    : m_sizes(sizes),
      m_bias(qkvBias.defined() ? qkvBias.contiguous()
                               : torch::zeros({3 * sizes.heads * sizes.headDim}, rows.options()))
{
    const c10::cuda::CUDAGuard guard(rows.device()); // whose capability is asked
    m_isOwn = kernels == AttentionKernels::Best && hasOwnKernel(sizes);
    const torch::Tensor both = at::cat({rows.flip({0}), columns.flip({0})});
    const torch::Tensor scaled =
        (both.to(torch::kFloat32) * std::sqrt(static_cast<double>(sizes.headDim)))
            .to(rows.scalar_type());
    // The padding makes a product that no one reads.
    const std::int64_t padding = multipleOf8(scaled.size(0)) - scaled.size(0);
    m_tables = at::constant_pad_nd(scaled, {0, 0, 0, padding}).t().contiguous().unsqueeze(0);
}

torch::Tensor FusedAttention::operator()(const torch::Tensor &qkv) const
{
    const c10::cuda::CUDAGuard guard(qkv.device());
    const std::int64_t tokens = qkv.size(0);
    // [heads, tokens, headDim], read where it lies.
    const torch::Tensor queries =
        qkv.view({tokens, 3, m_sizes.heads, m_sizes.headDim}).select(1, 0).transpose(0, 1);
    const torch::Tensor products =
        at::bmm(queries, m_tables.expand({m_sizes.heads, m_tables.size(1), m_tables.size(2)}));
    return m_isOwn ? attendOwn(qkv, products) : attendPacked(qkv, products);
}

torch::Tensor FusedAttention::attendOwn(const torch::Tensor &qkv,
                                        const torch::Tensor &products) const
{
    torch::Tensor result =
        torch::empty({qkv.size(0), m_sizes.heads * m_sizes.headDim}, qkv.options());
    const auto heads = static_cast<int>(m_sizes.heads);
    const auto headDim = static_cast<int>(m_sizes.headDim);
    const auto positions = static_cast<int>(products.size(2));
    const auto scale = static_cast<float>(scaleOf(m_sizes));
    const Element element =
        qkv.scalar_type() == torch::kBFloat16 ? Element::BFloat16 : Element::Float16;
    const cudaStream_t stream = c10::cuda::getCurrentCUDAStream().stream();
    if (isGlobal(m_sizes))
        attendGlobally({qkv.data_ptr(), products.data_ptr(), result.data_ptr(), heads, headDim,
                        positions, scale},
                       element, stream);
    else
        attendInWindows({qkv.data_ptr(), m_bias.data_ptr(), products.data_ptr(), result.data_ptr(),
                         static_cast<int>(m_sizes.grid), heads, headDim, positions, scale},
                        element, stream);
    return result;
}

torch::Tensor FusedAttention::attendPacked(const torch::Tensor &qkv,
                                           const torch::Tensor &products) const
{
    const std::int64_t dim = paddedDim(m_sizes);
    const AttentionLayout layout{
        static_cast<int>(m_sizes.grid),  static_cast<int>(m_sizes.side),
        static_cast<int>(m_sizes.heads), static_cast<int>(m_sizes.headDim),
        static_cast<int>(dim),           static_cast<int>(products.size(2))};
    const torch::Tensor packed = torch::empty(
        {3, layout.windows(), layout.windowTokens(), m_sizes.heads, dim}, qkv.options());
    constexpr std::uint16_t oneAsHalf = 0x3c00;
    constexpr std::uint16_t oneAsBfloat = 0x3f80;
    const AttentionSource<std::uint16_t> source{elements(qkv), elements(m_bias), elements(products),
                                                qkv.scalar_type() == torch::kFloat16 ? oneAsHalf
                                                                                     : oneAsBfloat};
    const cudaStream_t stream = c10::cuda::getCurrentCUDAStream().stream();
    packAttention(layout, source, elements(packed[0]), elements(packed[1]), elements(packed[2]),
                  stream);
    const torch::Tensor attended = attend(packed[0], packed[1], packed[2], scaleOf(m_sizes));
    torch::Tensor result = torch::empty({qkv.size(0), layout.channels()}, qkv.options());
    unpackAttention(layout, elements(attended), elements(result), stream);
    return result;
}

} // namespace core::cuda
