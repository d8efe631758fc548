// SPDX-License-Identifier: Apache-2.0
#include "core/torch/tinyvit/window_block.h"

#include "core/torch/packed_product.h"
#include "core/torch/share_out.h"

#include <algorithm>

namespace core::tinyvit
{

namespace
{

constexpr double normEpsilon = 1e-5; ///< TinyViT's, another than SAM's
constexpr std::int64_t tokensAtOnce =
    128; ///< of an MLP, so that what lies between stays in the cache

} // namespace

WindowBlock::WindowBlock(const sam::Weights &weights, const std::string &name,
                         const StageConfig &stage)
    : m_attention(weights, name + "attn.", stage), m_local(weights, name + "local_conv"),
      m_norm(weights, name + "mlp.norm", normEpsilon), m_mlpIn(weights, name + "mlp.fc1"),
      m_mlpOut(weights, name + "mlp.fc2")
{
    m_mlpIn.pack();
    m_mlpOut.pack();
}

torch::Tensor WindowBlock::forward(const torch::Tensor &x) const
{
    const torch::Tensor attended = m_attention.addTo(x);
    if (m_mlpIn.packed)
        return mixByKernels(attended);
    const torch::Tensor mixed = m_local(attended, 1);
    return mixed + sam::geluMlp(m_norm(mixed), m_mlpIn, m_mlpOut);
}

torch::Tensor WindowBlock::mixByKernels(const torch::Tensor &x) const
{
    const std::int64_t height = x.size(1);
    const std::int64_t width = x.size(2);
    const std::int64_t channels = x.size(3);
    const std::int64_t atOnce = std::max<std::int64_t>(tokensAtOnce / width, 1); // rows
    const torch::Tensor result = torch::empty_like(x);
    const float *from = x.data_ptr<float>();
    float *to = result.data_ptr<float>();
    shareOut(static_cast<std::size_t>((height + atOnce - 1) / atOnce), [&](std::size_t i) {
        const std::int64_t begin = static_cast<std::int64_t>(i) * atOnce;
        const std::int64_t end = std::min(begin + atOnce, height);
        for (std::int64_t y = begin; y < end; ++y) {
            Depthwise::Input input{{}, 0, width};
            for (std::int64_t k = 0; k < 3; ++k)
                if (y + k - 1 >= 0 && y + k - 1 < height)
                    input.rows[static_cast<std::size_t>(k)] = from + (y + k - 1) * width * channels;
            m_local.row(input, 0, width, 1, cpu::Finish::Nothing, to + y * width * channels);
        }
        const std::int64_t tokens = (end - begin) * width;
        float *mixed = to + begin * width * channels;
        cpu::AlignedFloats normed(tokens * channels);
        cpu::AlignedFloats hidden(tokens * m_mlpIn.packed->columns);
        std::copy_n(mixed, tokens * channels, normed.get());
        cpu::kernels()->normalize(normed.get(), tokens, channels, m_norm.weight.data_ptr<float>(),
                                  m_norm.bias.data_ptr<float>(), normEpsilon);
        multiplyRows(normed.get(), tokens, {*m_mlpIn.packed, m_mlpIn.bias},
                     {.finish = cpu::Finish::Gelu, .c = hidden.get()});
        multiplyRows(hidden.get(), tokens, {*m_mlpOut.packed, m_mlpOut.bias},
                     {.adds = true, .c = mixed});
    });
    return result;
}

} // namespace core::tinyvit
