// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/cpu_image_encoder.h"

#include "core/torch/compact/named_layers.h"
#include "core/torch/convolution/map_steps.h"

#include <array>
#include <vector>

namespace core::compact
{
namespace
{

/// A convolution that halves the map, then residual blocks.
struct Stage {
    struct Block {
        WinogradConvolution first, second;
    };
    GatheredConvolution halving;
    std::vector<Block> blocks;

    Stage(const NamedLayers &layers, const std::string &name, bool isWide)
        : halving(layers.gathered(name + ".0.conv", 2))
    {
        for (int i = 1;; ++i) {
            const std::string block = name + "." + std::to_string(i);
            if (!layers.has(block + ".first.conv"))
                break;
            blocks.push_back({layers.winograd(block + ".first.conv", isWide && i % 2 == 0 ? 2 : 1),
                              layers.winograd(block + ".second.conv")});
        }
    }
};

} // namespace

struct CpuImageEncoder::Layers {
    GatheredConvolution stem;
    std::array<Stage, 4> stages;
    PixelLayer global, lateral32, lateral16, embedding;
    WinogradConvolution neck;
    PixelLayer lateral8, down8, lateral4, down4, lateral2, down2;
    WinogradConvolution merge8, merge4;
    PixelLayer similarity8, similarity4, similarity2;
    PixelLayer head8, head4;
    WinogradConvolution head2;

    Layers(const NamedLayers &encoder, const NamedLayers &decoder)
        : stem(encoder.gathered("stem.conv", 2)), stages{Stage(encoder, "stage4", false),
                                                         Stage(encoder, "stage8", false),
                                                         Stage(encoder, "stage16", true),
                                                         Stage(encoder, "stage32", true)},
          global(encoder.pixelLayer("global")), lateral32(encoder.pixelLayer("lateral32")),
          lateral16(encoder.pixelLayer("lateral16")), embedding(encoder.pixelLayer("embedding")),
          neck(encoder.winograd("neck.conv")), lateral8(encoder.pixelLayer("lateral8")),
          down8(encoder.pixelLayer("down8")), lateral4(encoder.pixelLayer("lateral4")),
          down4(encoder.pixelLayer("down4")), lateral2(encoder.pixelLayer("lateral2")),
          down2(encoder.pixelLayer("down2")), merge8(encoder.winograd("merge8.conv")),
          merge4(encoder.winograd("merge4.conv")), similarity8(encoder.pixelLayer("similarity8")),
          similarity4(encoder.pixelLayer("similarity4")),
          similarity2(encoder.pixelLayer("similarity2")), head8(decoder.pixelLayer("lateral8")),
          head4(decoder.pixelLayer("lateral4")), head2(decoder.winograd("lateral2"))
    {
    }
};

/// What lies between the layers.
struct CpuImageEncoder::Maps {
    std::int64_t height, width;           ///< of the picture
    std::array<torch::Tensor, 5> stages;  ///< strides 2 to 32
    std::array<torch::Tensor, 5> halfway; ///< inside of the blocks, and sums on the way down
    torch::Tensor lateral32, top, down8, down4, down2, stride2;

    Maps(const Layers &layers, std::int64_t h, std::int64_t w) : height(h), width(w)
    {
        const auto at = [&](std::int64_t stride, std::int64_t channels) {
            return emptyMap(height / stride, width / stride, channels);
        };
        stages[0] = at(2, layers.stem.outChannels());
        for (std::size_t i = 1; i < stages.size(); ++i) {
            const std::int64_t channels = layers.stages[i - 1].halving.outChannels();
            stages[i] = at(2 << i, channels);
            halfway[i] = at(2 << i, channels);
        }
        lateral32 = at(32, layers.lateral32.outChannels());
        halfway[0] = at(16, layers.lateral16.outChannels());
        top = at(16, layers.neck.outChannels());
        down8 = at(16, layers.down8.outChannels());
        down4 = at(8, layers.down4.outChannels());
        down2 = at(4, layers.down2.outChannels());
        stride2 = at(2, layers.lateral2.outChannels());
    }
};

namespace
{

void addStage(std::vector<Step> &steps, const Stage &stage, const MapView &in, const MapView &map,
              const MapView &halfway)
{
    steps.push_back(stage.halving.step(in, map, cpu::Finish::Relu));
    for (const Stage::Block &block : stage.blocks) {
        steps.push_back(block.first.step(map, halfway, {.isRectified = true}));
        steps.push_back(
            block.second.step(halfway, map, {.isRectified = true, .added = map.floats}));
    }
}

/// A layer's answer for the mean over the map is added to all of it.
Step addGlobal(const PixelLayer &layer, const MapView &map)
{
    return {1, [&layer, map](std::size_t) {
                const auto channels = static_cast<std::size_t>(map.channels);
                std::vector<float> mean(channels), added(channels);
                for (std::int64_t i = 0; i < map.pixelCount(); ++i)
                    cpu::kernels()->add(mean.data(), map.floats + i * map.channels, map.channels,
                                        mean.data());
                for (float &value : mean)
                    value /= static_cast<float>(map.pixelCount());
                layer.apply(mean.data(), 1, added.data());
                for (std::int64_t i = 0; i < map.pixelCount(); ++i) {
                    float *pixel = map.floats + i * map.channels;
                    cpu::kernels()->add(pixel, added.data(), map.channels, pixel);
                }
            }};
}

/// sums = layer(fine) + coarse, twice as large.
Step addLateral(const PixelLayer &layer, const MapView &fine, const MapView &coarse,
                const MapView &sums)
{
    return stepByRows(sums, [=, &layer](std::int64_t begin, std::int64_t end) {
        layer.apply(fine.row(begin), (end - begin) * fine.width, sums.row(begin));
        addEnlarged(coarse, begin, end, false, sums);
    });
}

} // namespace

CpuImageEncoder::CpuImageEncoder(const CompactModel &model)
    : m_layers(std::make_unique<Layers>(NamedLayers(*model->imageEncoder),
                                        NamedLayers(*model->maskDecoder)))
{
}

CpuImageEncoder::~CpuImageEncoder() = default;

ImageFeatures CpuImageEncoder::operator()(const torch::Tensor &pixels)
{
    const Layers &l = *m_layers;
    const std::int64_t height = pixels.size(2), width = pixels.size(3);
    if (!m_maps || m_maps->height != height || m_maps->width != width)
        m_maps = std::make_unique<Maps>(l, height, width);
    const auto newMap = [&](std::int64_t stride, std::int64_t channels) {
        return emptyMap(height / stride, width / stride, channels);
    };
    ImageFeatures f;
    f.embedding = newMap(16, l.embedding.outChannels());
    f.stride8 = newMap(8, l.merge8.outChannels());
    f.stride4 = newMap(4, l.merge4.outChannels());
    f.head8 = newMap(8, l.head8.outChannels());
    f.head4 = newMap(4, l.head4.outChannels());
    f.head2 = newMap(2, l.head2.outChannels());
    f.similarity8 = newMap(8, l.similarity8.outChannels());
    f.similarity4 = newMap(4, l.similarity4.outChannels());
    f.similarity2 = newMap(2, l.similarity2.outChannels());

    const auto view = [](const torch::Tensor &map) { return MapView::of(map); };
    std::array<MapView, 5> stages;
    std::array<MapView, 5> halfway;
    for (std::size_t i = 0; i < stages.size(); ++i) {
        stages[i] = view(m_maps->stages[i]);
        halfway[i] = view(m_maps->halfway[i]);
    }
    const MapView lateral32 = view(m_maps->lateral32), top = view(m_maps->top);
    const MapView down8 = view(m_maps->down8), down4 = view(m_maps->down4);
    const MapView down2 = view(m_maps->down2), stride2 = view(m_maps->stride2);
    const MapView stride8 = view(f.stride8), stride4 = view(f.stride4);
    const MapView similarity2 = view(f.similarity2);

    const torch::Tensor input = pixels.contiguous(at::MemoryFormat::ChannelsLast);
    std::vector<Step> steps;
    steps.push_back(l.stem.step(view(input), stages[0], cpu::Finish::Relu));
    for (std::size_t i = 1; i < stages.size(); ++i)
        addStage(steps, l.stages[i - 1], stages[i - 1], stages[i], halfway[i]);
    steps.push_back(addGlobal(l.global, stages[4]));

    steps.push_back(readMap(stages[4], {{l.lateral32, lateral32}}));
    steps.push_back(addLateral(l.lateral16, stages[3], lateral32, halfway[0]));
    steps.push_back(l.neck.step(halfway[0], top, {.isRectified = true}));
    steps.push_back(readMap(top, {{l.embedding, view(f.embedding)}, {l.down8, down8}}));
    steps.push_back(addLateral(l.lateral8, stages[2], down8, halfway[2]));
    steps.push_back(l.merge8.step(halfway[2], stride8, {.isRectified = true}));
    steps.push_back(readMap(
        stride8,
        {{l.down4, down4}, {l.head8, view(f.head8)}, {l.similarity8, view(f.similarity8), true}}));
    steps.push_back(addLateral(l.lateral4, stages[1], down4, halfway[1]));
    steps.push_back(l.merge4.step(halfway[1], stride4, {.isRectified = true}));
    steps.push_back(readMap(
        stride4,
        {{l.down2, down2}, {l.head4, view(f.head4)}, {l.similarity4, view(f.similarity4), true}}));
    steps.push_back(stepByRows(stride2, [=, &l](std::int64_t begin, std::int64_t end) {
        l.lateral2.apply(stages[0].row(begin), (end - begin) * stride2.width, stride2.row(begin));
        addEnlarged(down2, begin, end, true, stride2);
        readRows({{l.similarity2, similarity2, true}}, stride2, begin, end);
    }));
    steps.push_back(l.head2.step(stride2, view(f.head2), {}));
    shareOutSteps(steps);
    return f;
}

} // namespace core::compact
