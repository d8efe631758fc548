// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/compact/cpu_prompt_maps.h"
#include "core/torch/compact/image_maps.h"
#include "core/torch/share_out.h"

#include <memory>
#include <vector>

namespace core::compact
{

/// PromptEncoder by the processor's kernels: the same but for rounding, for one prompt at a time.
/// Maps are kept for the next prompt. One thread at a time calls.
class CpuPromptEncoder
{
public:
    /// Of an encoder on the CPU. There have to be kernels.
    explicit CpuPromptEncoder(const torch::nn::Module &encoder);
    ~CpuPromptEncoder();

    /// Whether the picture's maps are those of this model.
    bool fits(const ImageMaps &image) const;

    /// [T, C], one for each token.
    std::vector<float> tokens(const ImageMaps &image, const TokenPrompt &prompt) const;

    struct Maps {
        MapView cells;     ///< stride 16: the image's embedding and the prompt's, added up
        MapView positions; ///< stride 16
        MapView maps4;     ///< the prompt drawn, and where the picture looks as it does under it,
        MapView maps2;     ///< the same at stride 2
    };
    /// Makes ready what addSteps() is about.
    Maps begin(const ImageMaps &image, const TokenPrompt &prompt);
    /// That fill the maps of the last begin(). `image` lives until they are done.
    void addSteps(const ImageMaps &image, std::vector<Step> &steps) const;

private:
    struct Layers;
    struct Buffers;
    struct Work;

    void encodePosition(ModelPoint place, float *to) const;

    std::unique_ptr<const Layers> m_layers;
    std::unique_ptr<Buffers> m_buffers; ///< of the last picture's size
    std::unique_ptr<const Work> m_work; ///< of the last prompt
};

} // namespace core::compact
