// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/cpu_mask_head.h"

#include "core/cpu/kernels.h"
#include "core/torch/compact/named_layers.h"
#include "core/torch/convolution/map_steps.h"

namespace core::compact
{

struct CpuMaskHead::Layers {
    PixelLayer down16;
    WinogradConvolution mix8;
    PixelLayer down8;
    GatheredConvolution prompts4;
    WinogradConvolution mix4;
    PixelLayer coarse, down4;
    GatheredConvolution prompts2;
    WinogradConvolution mix2;

    explicit Layers(const NamedLayers &layers)
        : down16(layers.pixelLayer("down16")), mix8(layers.winograd("mix8")),
          down8(layers.pixelLayer("down8")), prompts4(layers.gathered("prompts4")),
          mix4(layers.winograd("mix4")), coarse(layers.pixelLayer("coarse")),
          down4(layers.pixelLayer("down4")), prompts2(layers.gathered("prompts2")),
          mix2(layers.winograd("mix2"))
    {
    }
};

/// What lies between the layers; `sum` and `mixed` are before and behind a stride's 3x3
/// convolution.
struct CpuMaskHead::Maps {
    std::int64_t height, width; ///< of the cells
    torch::Tensor down16, sum8, mixed8, down8, sum4, mixed4, down4, sum2;

    Maps(const Layers &l, std::int64_t h, std::int64_t w)
        : height(h), width(w), down16(emptyMap(h, w, l.down16.outChannels())),
          sum8(emptyMap(2 * h, 2 * w, l.down16.outChannels())),
          mixed8(emptyMap(2 * h, 2 * w, l.mix8.outChannels())),
          down8(emptyMap(2 * h, 2 * w, l.down8.outChannels())),
          sum4(emptyMap(4 * h, 4 * w, l.prompts4.outChannels())),
          mixed4(emptyMap(4 * h, 4 * w, l.mix4.outChannels())),
          down4(emptyMap(4 * h, 4 * w, l.down4.outChannels())),
          sum2(emptyMap(8 * h, 8 * w, l.prompts2.outChannels()))
    {
    }
};

namespace
{

torch::Tensor inRows(const torch::Tensor &map)
{
    return map.contiguous(at::MemoryFormat::ChannelsLast);
}

/// sum = relu(image's map + prompts' maps through their layer + coarse, twice as large)
Step addUp(const MapView &image, const GatheredConvolution &layer, const MapView &prompts,
           const MapView &coarse, const MapView &sum)
{
    return stepByRows(sum, [=, &layer](std::int64_t begin, std::int64_t end) {
        layer.rows(prompts, sum, begin, end, cpu::Finish::Nothing);
        cpu::kernels()->add(sum.row(begin), image.row(begin), (end - begin) * sum.rowSize(),
                            sum.row(begin));
        addEnlarged(coarse, begin, end, true, sum);
    });
}

} // namespace

CpuMaskHead::CpuMaskHead(const torch::nn::Module &decoder)
    : m_layers(std::make_unique<Layers>(NamedLayers(decoder)))
{
}

CpuMaskHead::~CpuMaskHead() = default;

HeadMaps CpuMaskHead::operator()(const torch::Tensor &cells, const ImageFeatures &image,
                                 const EncodedPrompts &prompts)
{
    const std::int64_t count = cells.size(0), height = cells.size(2), width = cells.size(3);
    if (!m_maps || m_maps->height != height || m_maps->width != width)
        m_maps = std::make_unique<Maps>(*m_layers, height, width);
    TORCH_CHECK(image.head8.size(1) == m_layers->down16.outChannels() &&
                    image.head4.size(1) == m_layers->prompts4.outChannels() &&
                    image.head2.size(1) == m_layers->prompts2.outChannels(),
                "The picture's maps are not those of this model.");
    const auto all = inRows(cells);
    const auto prompts4 = inRows(torch::cat({prompts.maps, prompts.similarity4}, 1));
    const auto prompts2 = inRows(prompts.similarity2);
    const auto newMaps = [&](std::int64_t scale, std::int64_t channels) {
        return torch::empty({count, scale * height, scale * width, channels}).permute({0, 3, 1, 2});
    };
    const HeadMaps out{newMaps(4, m_layers->coarse.outChannels()),
                       newMaps(8, m_layers->mix2.outChannels())};
    for (std::int64_t i = 0; i < count; ++i) {
        const auto one = [i](const torch::Tensor &maps) { return maps.slice(0, i, i + 1); };
        compute(one(all), image, one(prompts4), one(prompts2), {one(out.coarse), one(out.fine)});
    }
    return out;
}

void CpuMaskHead::compute(const torch::Tensor &cells, const ImageFeatures &image,
                          const torch::Tensor &prompts4, const torch::Tensor &prompts2,
                          const HeadMaps &out)
{
    const Layers &l = *m_layers;
    const auto view = [](const torch::Tensor &map) { return MapView::of(map); };
    const auto head8 = inRows(image.head8), head4 = inRows(image.head4),
               head2 = inRows(image.head2);
    const MapView down16 = view(m_maps->down16), sum8 = view(m_maps->sum8);
    const MapView mixed8 = view(m_maps->mixed8), down8 = view(m_maps->down8);
    const MapView sum4 = view(m_maps->sum4), mixed4 = view(m_maps->mixed4);
    const MapView down4 = view(m_maps->down4), sum2 = view(m_maps->sum2);
    const MapView image8 = view(head8);
    shareOutSteps({readMap(view(cells), {{l.down16, down16}}),
                   stepByRows(sum8,
                              [=](std::int64_t begin, std::int64_t end) {
                                  std::copy(image8.row(begin), image8.row(end), sum8.row(begin));
                                  addEnlarged(down16, begin, end, true, sum8);
                              }),
                   l.mix8.step(sum8, mixed8, {.isRectified = true}),
                   readMap(mixed8, {{l.down8, down8}}),
                   addUp(view(head4), l.prompts4, view(prompts4), down8, sum4),
                   l.mix4.step(sum4, mixed4, {.isRectified = true}),
                   readMap(mixed4, {{l.coarse, view(out.coarse)}, {l.down4, down4}}),
                   addUp(view(head2), l.prompts2, view(prompts2), down4, sum2),
                   l.mix2.step(sum2, view(out.fine), {.isRectified = true})});
}

} // namespace core::compact
