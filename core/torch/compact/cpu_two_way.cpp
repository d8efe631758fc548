// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/cpu_two_way.h"

#include "core/cpu/kernels.h"

namespace core::compact
{
namespace
{

void addTo(std::vector<float> &sum, const std::vector<float> &added)
{
    cpu::kernels()->add(sum.data(), added.data(), static_cast<std::ptrdiff_t>(sum.size()),
                        sum.data());
}

std::vector<float> sumOf(const std::vector<float> &a, const std::vector<float> &b)
{
    std::vector<float> sum = a;
    addTo(sum, b);
    return sum;
}

} // namespace

struct CpuTwoWay::Norm {
    torch::Tensor weight, bias;

    Norm(const NamedLayers &layers, const std::string &name)
        : weight(layers.weight(name).detach().clone()), bias(layers.bias(name).detach().clone())
    {
    }
    void apply(float *rows, std::int64_t count) const
    {
        constexpr float epsilon = 1e-5f; // LibTorch's
        cpu::kernels()->normalize(rows, count, weight.size(0), weight.data_ptr<float>(),
                                  bias.data_ptr<float>(), epsilon);
    }
};

struct CpuTwoWay::Block {
    CpuSelfAttention selfAttention;
    CpuTokensToImage tokensToImage;
    CpuImageToTokens imageToTokens;
    PixelLayer hidden, out; ///< the MLP's
    Norm norm1, norm2, norm3, norm4;

    Block(const NamedLayers &layers, const std::string &name, int heads)
        : selfAttention(layers, name + ".self_attention", heads),
          tokensToImage(layers, name + ".tokens_to_image", heads),
          imageToTokens(layers, name + ".image_to_tokens", heads),
          hidden(layers.pixelLayer(name + ".mlp.layers.0")),
          out(layers.pixelLayer(name + ".mlp.layers.1")), norm1(layers, name + ".norm1"),
          norm2(layers, name + ".norm2"), norm3(layers, name + ".norm3"),
          norm4(layers, name + ".norm4")
    {
    }
};

CpuTwoWay::CpuTwoWay(const NamedLayers &decoder, int heads)
    : m_finalAttention(decoder, "final_attention", heads),
      m_finalNorm(std::make_unique<const Norm>(decoder, "final_norm"))
{
    for (int i = 0; decoder.has("blocks." + std::to_string(i) + ".norm1"); ++i)
        m_blocks.emplace_back(decoder, "blocks." + std::to_string(i), heads);
}

CpuTwoWay::~CpuTwoWay() = default;

void CpuTwoWay::apply(std::vector<float> &tokens, const MapView &cells,
                      const MapView &positions) const
{
    const std::int64_t count = static_cast<std::int64_t>(tokens.size()) / cells.channels;
    const std::vector<float> places = tokens; // what tokens are at first tells where they are
    std::vector<float> answer(tokens.size());
    cpu::AlignedFloats placedCells(cells.pixelCount() * cells.channels);
    const auto placeCells = [&] {
        cpu::kernels()->add(cells.floats, positions.floats, cells.pixelCount() * cells.channels,
                            placedCells.get());
    };
    const auto ask = [&](const CpuTokensToImage &attention, const Norm &norm) {
        placeCells();
        attention.apply(count, sumOf(tokens, places).data(), placedCells.get(), cells,
                        answer.data());
        addTo(tokens, answer);
        norm.apply(tokens.data(), count);
    };
    bool isFirst = true;
    for (const Block &block : m_blocks) {
        if (isFirst) {
            block.selfAttention.apply(count, places.data(), places.data(), tokens.data());
        } else {
            block.selfAttention.apply(count, sumOf(tokens, places).data(), tokens.data(),
                                      answer.data());
            addTo(tokens, answer);
        }
        isFirst = false;
        block.norm1.apply(tokens.data(), count);
        ask(block.tokensToImage, block.norm2);

        std::vector<float> hidden(static_cast<std::size_t>(count * block.hidden.outChannels()));
        block.hidden.apply(tokens.data(), count, hidden.data(), cpu::Finish::Relu);
        block.out.apply(hidden.data(), count, answer.data());
        addTo(tokens, answer);
        block.norm3.apply(tokens.data(), count);

        block.imageToTokens.apply(count, sumOf(tokens, places).data(), tokens.data(),
                                  placedCells.get(), cells);
        block.norm4.apply(cells.floats, cells.pixelCount());
    }
    ask(m_finalAttention, *m_finalNorm);
}

} // namespace core::compact
