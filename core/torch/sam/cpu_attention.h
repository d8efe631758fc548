// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cpu/packed_matrix.h"

#include <torch/torch.h>

#include <memory>

namespace core::sam
{

/// Attention of one picture's tokens, in windows or over the whole grid, by the processor's own
/// kernels: a block of scores never leaves the cache. The padding of windows is what the linear
/// layer makes of zeros, its bias; it is asked but asks nothing.
class CpuAttention
{
public:
    struct Sizes {
        std::int64_t grid; ///< side of the picture, in tokens
        std::int64_t side; ///< of a window; the grid's for global attention
        std::int64_t heads, headDim;
    };

    /// Whether there are kernels for this processor, such weights and such factors.
    static bool canServe(const torch::Tensor &weights, cpu::Factors factors);

    CpuAttention() = default;
    /// The tables of relative positions [2 side - 1, headDim] and the bias [3 heads headDim] may be
    /// undefined.
    CpuAttention(const Sizes &sizes, const torch::Tensor &rowTable,
                 const torch::Tensor &columnTable, const torch::Tensor &qkvBias,
                 cpu::Factors factors);

    bool isReady() const { return m_sizes.grid > 0; }

    /// [grid x grid, 3 heads headDim] -> [grid x grid, heads headDim]
    torch::Tensor operator()(const torch::Tensor &qkv) const;

private:
    struct Place; ///< of the tokens of a window or of a row of the grid

    // Element: of products, a float or a pair.
    template <typename Element>
    void attendInWindows(const float *qkv, float *out) const;
    template <typename Element>
    void attendEverywhere(const float *qkv, float *out) const;
    template <typename Element>
    void attend(const float *qkv, const Place &place, std::int64_t head, const Element *keyPanels,
                const Element *valuePanels, float *out) const;
    template <typename Element>
    const cpu::PackedMatrixOf<Element> *positions() const;
    std::int64_t channels() const { return m_sizes.heads * m_sizes.headDim; }

    Sizes m_sizes{};
    torch::Tensor m_bias; ///< of the linear layer, zeros where it has none
    cpu::Factors m_factors = cpu::Factors::Float32;
    /// Both tables, each turned round so that what a query has for all rows (or columns) of keys
    /// lies side by side, beginning at side - 1 - its own row (or column). One of the two, or none.
    std::shared_ptr<const cpu::PackedMatrix> m_positions;
    std::shared_ptr<const cpu::PackedPairs> m_positionPairs;
};

} // namespace core::sam
