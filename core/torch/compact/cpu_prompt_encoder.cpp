// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/cpu_prompt_encoder.h"

#include "core/torch/compact/named_layers.h"
#include "core/torch/compact/prompt_encoder.h"
#include "core/torch/compact/prompt_maps.h"
#include "core/torch/convolution/map_steps.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace core::compact
{
namespace
{

constexpr int mapCount = denseMaps + 2 * similarityMaps; // at stride 4, as the mask head takes them

/// The first layer reads neither of the similarities at stride 4.
torch::Tensor forAllMaps(const torch::Tensor &weight)
{
    auto wide = torch::zeros({weight.size(0), mapCount, weight.size(2), weight.size(3)});
    wide.slice(1, 0, denseMaps).copy_(weight.slice(1, 0, denseMaps));
    wide.slice(1, denseMaps + similarityMaps).copy_(weight.slice(1, denseMaps));
    return wide;
}

} // namespace

struct CpuPromptEncoder::Layers {
    torch::Tensor frequencies; ///< [2, C/2]
    torch::Tensor kinds;       ///< [kinds, C]
    PixelLayer features;       ///< of a point, at strides 16, 8 and 4
    GatheredConvolution shrink4, shrink8;
    PixelLayer dense, denseWithoutMask;

    Layers(const NamedLayers &l, torch::Tensor ownFrequencies)
        : frequencies(std::move(ownFrequencies)), kinds(l.parameter("kind_embedding").clone()),
          features(at::cat({l.weight("from_embedding"), l.weight("from_stride8"),
                            l.weight("from_stride4")},
                           1),
                   l.bias("from_embedding") + l.bias("from_stride8") + l.bias("from_stride4")),
          shrink4(forAllMaps(l.weight("shrink4")), l.bias("shrink4"), 2),
          shrink8(l.gathered("shrink8", 2)), dense(l.pixelLayer("dense")),
          denseWithoutMask(l.weight("dense"), l.bias("dense") + l.parameter("no_mask"))
    {
    }
};

/// Of a picture's size; `height` and `width` count cells.
struct CpuPromptEncoder::Buffers {
    std::int64_t height, width;
    torch::Tensor cells, positions, maps4, maps2, coarse, shrunk8, shrunk16;

    Buffers(const Layers &l, std::int64_t h, std::int64_t w)
        : height(h), width(w), cells(emptyMap(h, w, l.dense.outChannels())),
          positions(emptyMap(h, w, l.dense.outChannels())), maps4(emptyMap(4 * h, 4 * w, mapCount)),
          maps2(emptyMap(8 * h, 8 * w, similarityMaps)),
          coarse(emptyMap(2 * h, 2 * w, similarityMaps)),
          shrunk8(emptyMap(2 * h, 2 * w, l.shrink4.outChannels())),
          shrunk16(emptyMap(h, w, l.shrink8.outChannels()))
    {
    }
};

struct CpuPromptEncoder::Work {
    CpuPromptDrawing drawing;
    CpuSimilarity similarity8, similarity4, similarity2;
    bool hasPrevious;

    Work(const ImageMaps &image, const TokenPrompt &prompt, std::int64_t height, std::int64_t width)
        : drawing(prompt, image.stride4.height, image.stride4.width),
          similarity8(image.similarity8, prompt, drawing.region8(), height, width),
          similarity4(image.similarity4, prompt, drawing.region4(), height, width),
          similarity2(image.similarity2, prompt, drawing.region2(), height, width),
          hasPrevious(prompt.previous != nullptr)
    {
    }
};

CpuPromptEncoder::CpuPromptEncoder(const torch::nn::Module &encoder)
    : m_layers(std::make_unique<Layers>(NamedLayers(encoder),
                                        encoder.named_buffers()["frequencies"].clone()))
{
}

CpuPromptEncoder::~CpuPromptEncoder() = default;

bool CpuPromptEncoder::fits(const ImageMaps &image) const
{
    const auto isWhole = [](const MapView &map) { return map.channels % 16 == 0; };
    return image.embedding.channels == m_layers->dense.outChannels() &&
           image.embedding.channels + image.stride8.channels + image.stride4.channels ==
               m_layers->features.inChannels() &&
           isWhole(image.similarity8) && isWhole(image.similarity4) && isWhole(image.similarity2);
}

void CpuPromptEncoder::encodePosition(ModelPoint place, float *to) const
{
    const std::int64_t count = m_layers->frequencies.size(1);
    const float *forX = m_layers->frequencies.data_ptr<float>(), *forY = forX + count;
    constexpr auto unit = static_cast<float>(2 / positionUnit);
    constexpr auto turn = static_cast<float>(2 * std::numbers::pi);
    for (std::int64_t i = 0; i < count; ++i) {
        const float angle =
            ((place.x * unit - 1) * forX[i] + (place.y * unit - 1) * forY[i]) * turn;
        to[i] = std::sin(angle);
        to[count + i] = std::cos(angle);
    }
}

std::vector<float> CpuPromptEncoder::tokens(const ImageMaps &image, const TokenPrompt &prompt) const
{
    const auto channels = static_cast<std::size_t>(m_layers->dense.outChannels());
    const float *kinds = m_layers->kinds.data_ptr<float>();
    std::vector<float> vectors(prompt.tokens.size() * channels);
    std::vector<float> sampled(static_cast<std::size_t>(
        image.embedding.channels + image.stride8.channels + image.stride4.channels));
    std::vector<float> features(channels);
    float *vector = vectors.data();
    for (const PromptToken &token : prompt.tokens) {
        if (token.kind != TokenKind::Padding)
            encodePosition(token.position, vector);
        cpu::kernels()->add(vector, kinds + static_cast<std::size_t>(token.kind) * channels,
                            static_cast<std::ptrdiff_t>(channels), vector);
        if (token.kind == TokenKind::Foreground || token.kind == TokenKind::Background) {
            float *to = sampled.data();
            for (const MapView *map : {&image.embedding, &image.stride8, &image.stride4}) {
                sampleAt(*map, token.position, 4 * image.stride4.height, 4 * image.stride4.width,
                         to);
                to += map->channels;
            }
            m_layers->features.apply(sampled.data(), 1, features.data());
            cpu::kernels()->add(vector, features.data(), static_cast<std::ptrdiff_t>(channels),
                                vector);
        }
        vector += channels;
    }
    return vectors;
}

CpuPromptEncoder::Maps CpuPromptEncoder::begin(const ImageMaps &image, const TokenPrompt &prompt)
{
    const std::int64_t height = image.embedding.height, width = image.embedding.width;
    if (!m_buffers || m_buffers->height != height || m_buffers->width != width) {
        m_buffers = std::make_unique<Buffers>(*m_layers, height, width);
        const MapView positions = MapView::of(m_buffers->positions);
        for (std::int64_t y = 0; y < height; ++y)
            for (std::int64_t x = 0; x < width; ++x)
                encodePosition(
                    {16 * (static_cast<float>(x) + 0.5f), 16 * (static_cast<float>(y) + 0.5f)},
                    positions.pixel(y, x));
    }
    m_work = std::make_unique<const Work>(image, prompt, 16 * height, 16 * width);
    return {MapView::of(m_buffers->cells), MapView::of(m_buffers->positions),
            MapView::of(m_buffers->maps4), MapView::of(m_buffers->maps2)};
}

void CpuPromptEncoder::addSteps(const ImageMaps &image, std::vector<Step> &steps) const
{
    const Layers &l = *m_layers;
    const Work &work = *m_work;
    const MapView cells = MapView::of(m_buffers->cells), maps4 = MapView::of(m_buffers->maps4);
    const MapView maps2 = MapView::of(m_buffers->maps2), coarse = MapView::of(m_buffers->coarse);
    const MapView shrunk8 = MapView::of(m_buffers->shrunk8);
    const MapView shrunk16 = MapView::of(m_buffers->shrunk16), embedding = image.embedding;

    steps.push_back(together(
        stepByRows(coarse,
                   [=, &work](std::int64_t begin, std::int64_t end) {
                       work.similarity8.rows(begin, end, coarse.row(begin), coarse.channels);
                   }),
        stepByRows(maps2, [=, &work](std::int64_t begin, std::int64_t end) {
            work.similarity2.rows(begin, end, maps2.row(begin), maps2.channels);
        })));
    steps.push_back(stepByRows(maps4, [=, &work](std::int64_t begin, std::int64_t end) {
        work.drawing.rows(begin, end, maps4.row(begin), maps4.channels);
        work.similarity4.rows(begin, end, maps4.row(begin) + denseMaps, maps4.channels);
        std::vector<float> enlarged(static_cast<std::size_t>(maps4.width * coarse.channels));
        for (std::int64_t y = begin; y < end; ++y) {
            std::ranges::fill(enlarged, 0.0f);
            addEnlargedRow(coarse, y, false, enlarged.data());
            for (std::int64_t x = 0; x < maps4.width; ++x)
                std::copy_n(enlarged.data() + x * coarse.channels, coarse.channels,
                            maps4.pixel(y, x) + denseMaps + similarityMaps);
        }
    }));
    steps.push_back(l.shrink4.step(maps4, shrunk8, cpu::Finish::Relu));
    steps.push_back(stepByRows(shrunk16, [=, &l, &work](std::int64_t begin, std::int64_t end) {
        l.shrink8.rows(shrunk8, shrunk16, begin, end, cpu::Finish::Relu);
        const PixelLayer &dense = work.hasPrevious ? l.dense : l.denseWithoutMask;
        const std::int64_t pixels = (end - begin) * cells.width;
        dense.apply(shrunk16.row(begin), pixels, cells.row(begin));
        cpu::kernels()->add(cells.row(begin), embedding.row(begin), pixels * cells.channels,
                            cells.row(begin));
    }));
}

} // namespace core::compact
