// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/sam/encoder.h"
#include "core/torch/sam/neck.h"
#include "core/torch/tinyvit/patch_embedding.h"
#include "core/torch/tinyvit/separable_block.h"
#include "core/torch/tinyvit/window_block.h"

#include <optional>
#include <vector>

namespace core::tinyvit
{

/// One of the four stages: blocks of one of both kinds, and what leads to the next stage.
class Stage
{
public:
    Stage(const sam::Weights &weights, const TinyVitConfig &config, std::size_t number);

    /// Called after each block.
    using BlockDone = std::function<void()>;

    /// [1, H, W, C] -> [1, h, w, C of the next stage]. Memory of `x` may be overwritten.
    torch::Tensor forward(torch::Tensor x, const BlockDone &done) const;

private:
    std::vector<SeparableBlock> m_separable;
    std::vector<WindowBlock> m_windows;
    std::optional<SeparableBlock> m_merging;
};

/// MobileSAM's image encoder. Runs in the precision of its weights.
class TinyVit : public sam::Encoder
{
public:
    TinyVit(const sam::Weights &weights, const TinyVitConfig &config);

    torch::Tensor forward(const torch::Tensor &input, const StageDone &stageDone) const override;

    // The stages forward() consists of.
    torch::Tensor embedPatches(const torch::Tensor &input) const { return m_embedPatches(input); }
    const std::vector<Stage> &stages() const { return m_stages; }
    torch::Tensor neck(const torch::Tensor &tokens) const { return m_neck(tokens); }

private:
    std::int64_t m_depth;
    PatchEmbedding m_embedPatches;
    std::vector<Stage> m_stages;
    sam::Neck m_neck;
};

} // namespace core::tinyvit
