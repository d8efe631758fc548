// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/image_encoder.h"

namespace core::compact
{
namespace
{

/// One vector of length 1 per pixel. In fp32: cosines near 1 are what decides.
torch::Tensor unitVectors(const torch::Tensor &x)
{
    const auto f = x.to(torch::kFloat);
    return f * torch::rsqrt(f.square().sum(1, true) + 1e-4);
}

} // namespace

std::size_t ImageFeatures::byteSize() const
{
    std::size_t bytes = 0;
    for (const auto *t : {&embedding, &stride8, &stride4, &stride2, &head8, &head4, &head2,
                          &similarity8, &similarity4, &similarity2})
        bytes += t->defined() ? t->nbytes() : 0;
    return bytes;
}

ImageFeatures ImageFeatures::inFloat32() const
{
    ImageFeatures f = *this;
    for (auto *t : {&f.embedding, &f.stride8, &f.stride4, &f.stride2, &f.head8, &f.head4, &f.head2})
        if (t->defined())
            *t = t->to(torch::kFloat);
    return f;
}

ImageEncoderImpl::ImageEncoderImpl(const CompactConfig &c)
{
    m_stem = register_module("stem", ConvNorm(3, c.stem, ConvNormImpl::Options{.stride = 2}));
    m_stage4 = stage("stage4", c.stem, c.stride4, c.blocks4, false);
    m_stage8 = stage("stage8", c.stride4, c.stride8, c.blocks8, false);
    m_stage16 = stage("stage16", c.stride8, c.stride16, c.blocks16, true);
    m_stage32 = stage("stage32", c.stride16, c.stride32, c.blocks32, true);
    m_global = register_module("global", Conv(c.stride32, c.stride32));
    m_lateral32 = register_module("lateral32", Conv(c.stride32, c.embedding));
    m_lateral16 = register_module("lateral16", Conv(c.stride16, c.embedding));
    m_neck = register_module("neck", ConvNorm(c.embedding, c.embedding, ConvNormImpl::Options{}));
    m_embedding = register_module("embedding", Conv(c.embedding, c.embedding));
    m_lateral8 = register_module("lateral8", Conv(c.stride8, c.stride8));
    m_down8 = register_module("down8", Conv(c.embedding, c.stride8));
    m_merge8 = register_module("merge8", ConvNorm(c.stride8, c.stride8, ConvNormImpl::Options{}));
    m_lateral4 = register_module("lateral4", Conv(c.stride4, c.stride4));
    m_down4 = register_module("down4", Conv(c.stride8, c.stride4));
    m_merge4 = register_module("merge4", ConvNorm(c.stride4, c.stride4, ConvNormImpl::Options{}));
    m_lateral2 = register_module("lateral2", Conv(c.stem, c.stem));
    m_down2 = register_module("down2", Conv(c.stride4, c.stem));
    m_similarity8 = register_module("similarity8", Conv(c.stride8, similarityLength));
    m_similarity4 = register_module("similarity4", Conv(c.stride4, similarityLength));
    m_similarity2 = register_module("similarity2", Conv(c.stem, fineSimilarityLength));
}

torch::nn::Sequential ImageEncoderImpl::stage(const char *name, int in, int out, int blocks,
                                              bool isWide)
{
    torch::nn::Sequential layers;
    layers->push_back(ConvNorm(in, out, ConvNormImpl::Options{.stride = 2}));
    for (int i = 0; i < blocks; ++i)
        layers->push_back(ResidualBlock(out, isWide && i % 2 == 1 ? 2 : 1));
    return register_module(name, layers);
}

ImageFeatures ImageEncoderImpl::forward(const torch::Tensor &pixels)
{
    const auto s2 = m_stem(pixels);
    const auto s4 = m_stage4->forward(s2);
    const auto s8 = m_stage8->forward(s4);
    const auto s16 = m_stage16->forward(s8);
    auto s32 = m_stage32->forward(s16);
    s32 = s32 + m_global(s32.mean({2, 3}, true));

    const auto top = m_neck(m_lateral16(s16) + enlargeTwice(m_lateral32(s32)));
    ImageFeatures f;
    f.embedding = m_embedding(top);
    f.stride8 = m_merge8(m_lateral8(s8) + enlargeTwice(m_down8(top)));
    f.stride4 = m_merge4(m_lateral4(s4) + enlargeTwice(m_down4(f.stride8)));
    f.stride2 = torch::relu(m_lateral2(s2) + enlargeTwice(m_down2(f.stride4)));
    f.similarity8 = unitVectors(m_similarity8(f.stride8));
    f.similarity4 = unitVectors(m_similarity4(f.stride4));
    f.similarity2 = unitVectors(m_similarity2(f.stride2));
    return f;
}

torch::Tensor normalizedPixels(const torch::Tensor &rgb, torch::ScalarType type)
{
    // Made on the device: a copy to it would make the host wait.
    const auto floats = rgb.options().dtype(torch::kFloat);
    const auto mean = torch::stack({at::full({}, 118, floats), at::full({}, 115, floats),
                                    at::full({}, 110, floats)})
                          .view({1, 3, 1, 1});
    return ((rgb.to(torch::kFloat) - mean) / 60.0f)
        .to(type)
        .contiguous(at::MemoryFormat::ChannelsLast);
}

} // namespace core::compact
