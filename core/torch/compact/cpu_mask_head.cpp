// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/cpu_mask_head.h"

#include "core/cpu/kernels.h"
#include "core/torch/convolution/division.h"
#include "core/torch/convolution/map_steps.h"

#include <algorithm>

namespace core::compact
{

struct CpuMaskHead::Layers {
    PixelLayer down16;
    WinogradConvolution mix8;
    PixelLayer down8;
    GatheredConvolution prompts4;
    WinogradConvolution mix4;
    PixelLayer down4;
    GatheredConvolution prompts2;
    WinogradConvolution mix2;

    explicit Layers(const NamedLayers &layers)
        : down16(layers.pixelLayer("down16")), mix8(layers.winograd("mix8")),
          down8(layers.pixelLayer("down8")), prompts4(layers.gathered("prompts4")),
          mix4(layers.winograd("mix4")), down4(layers.pixelLayer("down4")),
          prompts2(layers.gathered("prompts2")), mix2(layers.winograd("mix2"))
    {
    }
};

/// What lies between the layers; `sum` and `mixed` are before and behind a stride's 3x3
/// convolution.
struct CpuMaskHead::Maps {
    std::int64_t height, width; ///< of the cells
    torch::Tensor down16, sum8, mixed8, down8, sum4, mixed4, down4, sum2, mixed2, coarse;

    Maps(const Layers &l, std::int64_t h, std::int64_t w)
        : height(h), width(w), down16(emptyMap(h, w, l.down16.outChannels())),
          sum8(emptyMap(2 * h, 2 * w, l.down16.outChannels())),
          mixed8(emptyMap(2 * h, 2 * w, l.mix8.outChannels())),
          down8(emptyMap(2 * h, 2 * w, l.down8.outChannels())),
          sum4(emptyMap(4 * h, 4 * w, l.prompts4.outChannels())),
          mixed4(emptyMap(4 * h, 4 * w, l.mix4.outChannels())),
          down4(emptyMap(4 * h, 4 * w, l.down4.outChannels())),
          sum2(emptyMap(8 * h, 8 * w, l.prompts2.outChannels())),
          mixed2(emptyMap(8 * h, 8 * w, l.mix2.outChannels())),
          coarse(emptyMap(4 * h, 4 * w, CpuMaskWeights::columns()))
    {
    }
};

namespace
{

/// sum = image's map + prompts' maps through their layer
Step addUp(const MapView &image, const GatheredConvolution &layer, const MapView &prompts,
           const MapView &sum)
{
    return stepByRows(sum, [=, &layer](std::int64_t begin, std::int64_t end) {
        layer.rows(prompts, sum, begin, end, cpu::Finish::Nothing);
        cpu::kernels()->add(sum.row(begin), image.row(begin), (end - begin) * sum.rowSize(),
                            sum.row(begin));
    });
}

/// sum = relu(sum + coarse, twice as large)
Step addCoarser(const MapView &coarse, const MapView &sum)
{
    return stepByRows(sum, [=](std::int64_t begin, std::int64_t end) {
        addEnlarged(coarse, begin, end, true, sum);
    });
}

} // namespace

CpuMaskHead::CpuMaskHead(const NamedLayers &decoder) : m_layers(std::make_unique<Layers>(decoder))
{
}

CpuMaskHead::~CpuMaskHead() = default;

bool CpuMaskHead::fits(const ImageMaps &image) const
{
    return image.head8.channels == m_layers->down16.outChannels() &&
           image.head4.channels == m_layers->prompts4.outChannels() &&
           image.head2.channels == m_layers->prompts2.outChannels();
}

void CpuMaskHead::begin(std::int64_t height, std::int64_t width)
{
    if (!m_maps || m_maps->height != height || m_maps->width != width)
        m_maps = std::make_unique<Maps>(*m_layers, height, width);
}

Step CpuMaskHead::promptStep(const ImageMaps &image, const MapView &maps4,
                             const MapView &maps2) const
{
    return together(addUp(image.head4, m_layers->prompts4, maps4, MapView::of(m_maps->sum4)),
                    addUp(image.head2, m_layers->prompts2, maps2, MapView::of(m_maps->sum2)));
}

void CpuMaskHead::addSteps(const MapView &cells, const ImageMaps &image,
                           const CpuMaskWeights &weights, const std::vector<float *> &logits,
                           std::vector<Step> &steps) const
{
    const Layers &l = *m_layers;
    const auto view = [](const torch::Tensor &map) { return MapView::of(map); };
    const MapView down16 = view(m_maps->down16), sum8 = view(m_maps->sum8);
    const MapView mixed8 = view(m_maps->mixed8), down8 = view(m_maps->down8);
    const MapView sum4 = view(m_maps->sum4), mixed4 = view(m_maps->mixed4);
    const MapView down4 = view(m_maps->down4), sum2 = view(m_maps->sum2);
    const MapView mixed2 = view(m_maps->mixed2), coarse = view(m_maps->coarse);
    const MapView image8 = image.head8;
    steps.push_back(readMap(cells, {{l.down16, down16}}));
    steps.push_back(stepByRows(sum8, [=](std::int64_t begin, std::int64_t end) {
        std::copy(image8.row(begin), image8.row(end), sum8.row(begin));
        addEnlarged(down16, begin, end, true, sum8);
    }));
    steps.push_back(l.mix8.step(sum8, mixed8, {.isRectified = true}));
    steps.push_back(readMap(mixed8, {{l.down8, down8}}));
    steps.push_back(addCoarser(down8, sum4));
    steps.push_back(l.mix4.step(sum4, mixed4, {.isRectified = true}));
    steps.push_back(stepByRows(mixed4, [=, &l, &weights](std::int64_t begin, std::int64_t end) {
        readRows({{l.down4, down4}}, mixed4, begin, end);
        weights.coarseSums(mixed4.row(begin), (end - begin) * mixed4.width, coarse.row(begin));
    }));
    steps.push_back(addCoarser(down4, sum2));
    steps.push_back(l.mix2.step(sum2, mixed2, {.isRectified = true}));
    steps.push_back(stepByRows(mixed2, [=, &weights](std::int64_t begin, std::int64_t end) {
        const std::int64_t columns = coarse.channels;
        float *sums = threadFloats(mixed2.width * columns);
        for (std::int64_t y = begin; y < end; ++y) {
            weights.fineSums(mixed2.row(y), mixed2.width, sums);
            addEnlargedRow(coarse, y, false, sums);
            for (std::size_t mask = 0; mask < logits.size(); ++mask) {
                float *row = logits[mask] + y * mixed2.width;
                for (std::int64_t x = 0; x < mixed2.width; ++x)
                    row[x] = sums[x * columns + static_cast<std::int64_t>(mask)];
            }
        }
    }));
}

} // namespace core::compact
