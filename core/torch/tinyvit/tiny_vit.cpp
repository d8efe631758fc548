// SPDX-License-Identifier: Apache-2.0
#include "core/torch/tinyvit/tiny_vit.h"

namespace core::tinyvit
{

Stage::Stage(const sam::Weights &weights, const TinyVitConfig &config, std::size_t number)
{
    const std::string name = "image_encoder.layers." + std::to_string(number) + ".";
    const StageConfig &sizes = config.stages[number];
    for (std::int64_t i = 0; i < sizes.depth; ++i) {
        const std::string block = name + "blocks." + std::to_string(i) + ".";
        if (number == 0)
            m_separable.emplace_back(weights, block, SeparableBlock::Kind::Residual, 1);
        else
            m_windows.emplace_back(weights, block, sizes);
    }
    if (number + 1 < config.stages.size())
        m_merging.emplace(weights, name + "downsample.", SeparableBlock::Kind::Merging,
                          strideInto(number + 1));
}

torch::Tensor Stage::forward(torch::Tensor x, const BlockDone &done) const
{
    for (const SeparableBlock &block : m_separable) {
        x = block.forward(x);
        done();
    }
    for (const WindowBlock &block : m_windows) {
        x = block.forward(x);
        done();
    }
    return m_merging ? m_merging->forward(x) : x;
}

TinyVit::TinyVit(const sam::Weights &weights, const TinyVitConfig &config)
    : m_depth(config.depth()), m_embedPatches(weights, "image_encoder.patch_embed."),
      m_neck(weights, "image_encoder.neck.")
{
    for (std::size_t number = 0; number < config.stages.size(); ++number)
        m_stages.emplace_back(weights, config, number);
}

torch::Tensor TinyVit::forward(const torch::Tensor &input, const StageDone &stageDone) const
{
    const double parts = static_cast<double>(m_depth) + 2; // patches, blocks, neck
    torch::Tensor x = m_embedPatches(input);
    double done = 1;
    stageDone(done / parts);
    for (const Stage &stage : m_stages)
        x = stage.forward(x, [&] { stageDone(++done / parts); });
    torch::Tensor embedding = m_neck(x);
    stageDone(1);
    return embedding;
}

} // namespace core::tinyvit
