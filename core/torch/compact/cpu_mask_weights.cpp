// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/cpu_mask_weights.h"

#include "core/cpu/kernels.h"

#include <algorithm>
#include <string>

namespace core::compact
{

std::int64_t CpuMaskWeights::columns()
{
    return cpu::kernels()->panel / 2; // the least that a product is quick with
}

CpuMaskWeights::CpuMaskWeights(const NamedLayers &decoder)
    : m_coarseLayer(decoder.weight("coarse").detach().flatten(1).clone()),
      m_coarseBias(decoder.bias("coarse").detach().clone()), m_coarseDepth(m_coarseLayer.size(1)),
      m_fineDepth(decoder.weight("mix2").size(0)),
      m_coarse(cpu::packedSize(1, m_coarseDepth, cpu::kernels()->panel)),
      m_fine(cpu::packedSize(1, m_fineDepth, cpu::kernels()->panel)),
      m_constants(static_cast<std::size_t>(columns())), m_zeros(m_constants.size())
{
    for (int i = 0; decoder.has("hypernetworks." + std::to_string(i) + ".layers.0"); ++i) {
        const std::string name = "hypernetworks." + std::to_string(i) + ".layers.";
        m_hypernetworks.push_back(Mlp{decoder.pixelLayer(name + "0"),
                                      decoder.pixelLayer(name + "1"),
                                      decoder.pixelLayer(name + "2")});
    }
}

void CpuMaskWeights::set(const float *maskTokens)
{
    const std::int64_t panel = cpu::kernels()->panel, outs = m_coarseLayer.size(0);
    const auto masks = static_cast<std::int64_t>(m_hypernetworks.size());
    const float *layer = m_coarseLayer.data_ptr<float>(), *bias = m_coarseBias.data_ptr<float>();
    std::vector<float> coarse(static_cast<std::size_t>(masks * m_coarseDepth));
    std::vector<float> fine(static_cast<std::size_t>(masks * m_fineDepth));
    for (std::int64_t mask = 0; mask < masks; ++mask) {
        const Mlp &mlp = m_hypernetworks[static_cast<std::size_t>(mask)];
        std::vector<float> first(static_cast<std::size_t>(mlp[0].outChannels()));
        std::vector<float> second(static_cast<std::size_t>(mlp[1].outChannels()));
        std::vector<float> weights(static_cast<std::size_t>(mlp[2].outChannels()));
        mlp[0].apply(maskTokens, 1, first.data(), cpu::Finish::Relu);
        mlp[1].apply(first.data(), 1, second.data(), cpu::Finish::Relu);
        mlp[2].apply(second.data(), 1, weights.data());
        maskTokens += mlp[0].inChannels();

        float constant = weights.back();
        float *row = coarse.data() + mask * m_coarseDepth;
        for (std::int64_t out = 0; out < outs; ++out) {
            const float weight = weights[static_cast<std::size_t>(out)];
            constant += weight * bias[out];
            for (std::int64_t in = 0; in < m_coarseDepth; ++in)
                row[in] += weight * layer[out * m_coarseDepth + in];
        }
        std::copy_n(weights.data() + outs, m_fineDepth, fine.data() + mask * m_fineDepth);
        m_constants[static_cast<std::size_t>(mask)] = constant;
    }
    cpu::packRows(coarse.data(), m_coarseDepth, masks, m_coarseDepth, panel, m_coarse.get());
    cpu::packRows(fine.data(), m_fineDepth, masks, m_fineDepth, panel, m_fine.get());
}

void CpuMaskWeights::multiply(const cpu::AlignedFloats &panels, std::int64_t depth,
                              const std::vector<float> &bias, const float *pixels,
                              std::int64_t count, float *sums) const
{
    cpu::kernels()->multiply({.a = pixels,
                              .aStride = depth,
                              .panels = panels.get(),
                              .panelStride = cpu::kernels()->panel * depth,
                              .rows = count,
                              .depth = depth,
                              .columns = columns(),
                              .bias = bias.data(),
                              .c = sums,
                              .cStride = columns()});
}

} // namespace core::compact
