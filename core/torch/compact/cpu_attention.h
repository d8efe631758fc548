// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/compact/named_layers.h"
#include "core/torch/convolution/map_view.h"

#include <cstdint>
#include <string>
#include <vector>

// The attention of a two-way block (see attention.h) by the processor's kernels, on the calling
// thread, for one prompt of T tokens. Channels are a multiple of 32.
//
// Keys and values of the cells are never made: the few tokens go through those matrices instead, as
// in sam/decoder_attention.h.
namespace core::compact
{

/// Tokens ask tokens.
class CpuSelfAttention
{
public:
    CpuSelfAttention(const NamedLayers &layers, const std::string &name, int heads);

    /// All [count, C].
    void apply(std::int64_t count, const float *queryAndKey, const float *value, float *out) const;

private:
    int m_heads;
    PixelLayer m_query, m_key, m_value, m_out;
};

/// Tokens ask cells.
class CpuTokensToImage
{
public:
    CpuTokensToImage(const NamedLayers &layers, const std::string &name, int heads);

    /// Tokens [count, C] and what they get, [count, C]; `placedCells` [N, C] are `cells` with their
    /// positions.
    void apply(std::int64_t count, const float *tokens, const float *placedCells,
               const MapView &cells, float *out) const;

private:
    int m_heads;
    PixelLayer m_query;
    std::vector<cpu::PackedMatrix> m_keys;   ///< of each head, transposed
    std::vector<cpu::PackedMatrix> m_values; ///< of each head
    torch::Tensor m_valueBias;
    PixelLayer m_out;
};

/// Cells ask tokens.
class CpuImageToTokens
{
public:
    CpuImageToTokens(const NamedLayers &layers, const std::string &name, int heads);

    /// Adds to the cells what they get of the tokens [count, C].
    void apply(std::int64_t count, const float *placedTokens, const float *tokens,
               const float *placedCells, const MapView &cells) const;

private:
    int m_heads;
    PixelLayer m_key, m_value;
    std::vector<cpu::PackedMatrix> m_queries; ///< of each head, transposed
    torch::Tensor m_queryBias;
    std::vector<cpu::PackedMatrix> m_outs; ///< of each head
    torch::Tensor m_outBias;
};

} // namespace core::compact
