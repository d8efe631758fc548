// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/cpu_upscaling.h"

#include "core/torch/packed_product.h"
#include "core/torch/share_out.h"

#include <algorithm>

namespace core::sam
{

CpuUpscaling::CpuUpscaling(const Linear &first, const LayerNorm &norm, const Linear &second)
    : m_first(first), m_norm(norm), m_second(second)
{
    m_first.pack();
    m_second.pack();
}

/// Sixteen pixels [C/8] of each token, in the order (dy1, dx1, dy2, dx2).
void CpuUpscaling::enlarge(const ImagePasses &image, std::int64_t first, std::int64_t count,
                           float *pixels) const
{
    const std::int64_t channels = m_second.packed->depth;
    const std::int64_t rows = count * 4;
    const auto finish = [&](float *middle) {
        cpu::kernels()->normalize(middle, rows, channels, m_norm.weight.data_ptr<float>(),
                                  m_norm.bias.data_ptr<float>(),
                                  static_cast<float>(m_norm.epsilon));
        cpu::kernels()->gelu(middle, rows * channels);
        multiplyRows(middle, rows, {*m_second.packed, m_second.bias},
                     {.finish = cpu::Finish::Gelu, .c = pixels});
    };
    if (float *projected = image.projected(first)) {
        finish(projected);
        return;
    }
    cpu::AlignedFloats middle(rows * channels);
    multiplyRows(image.image(first), count, {*m_first.packed, m_first.bias}, {.c = middle.get()});
    finish(middle.get());
}

torch::Tensor CpuUpscaling::masks(const ImagePasses &image, std::int64_t grid,
                                  const torch::Tensor &kernels) const
{
    const std::int64_t side = grid * 4;
    const std::int64_t channels = kernels.size(1);
    const cpu::PackedMatrix matrix(kernels.contiguous().data_ptr<float>(), kernels.size(0),
                                   channels, cpu::kernels()->panel);
    const std::int64_t panel = cpu::kernels()->panel;
    // Half a panel is a register, which SAM's four masks do not fill.
    const std::int64_t width = kernels.size(0) <= panel / 2 ? panel / 2 : panel;
    torch::Tensor result = torch::empty({kernels.size(0), side, side}, kernels.options());
    float *logits = result.data_ptr<float>();
    shareOut(static_cast<std::size_t>(grid), [&](std::size_t i) {
        const auto y = static_cast<std::int64_t>(i);
        cpu::AlignedFloats pixels(grid * 16 * channels);
        cpu::AlignedFloats products(grid * 16 * width);
        enlarge(image, y * grid, grid, pixels.get());
        for (std::int64_t mask = 0; mask < kernels.size(0); mask += width) {
            cpu::kernels()->multiply({.a = pixels.get(),
                                      .aStride = channels,
                                      .panels = matrix.panels.get() + mask * channels,
                                      .panelStride = matrix.panelStride,
                                      .rows = grid * 16,
                                      .depth = channels,
                                      .columns = width, // filled up with zeros
                                      .c = products.get(),
                                      .cStride = width});
            for (std::int64_t k = 0; k < std::min(width, kernels.size(0) - mask); ++k) {
                const float *from = products.get() + k;
                float *to = logits + ((mask + k) * side + y * 4) * side;
                for (std::int64_t x = 0; x < grid; ++x)
                    for (std::int64_t pixel = 0; pixel < 16; ++pixel, from += width) {
                        const std::int64_t dy = (pixel >> 3 & 1) * 2 + (pixel >> 1 & 1);
                        const std::int64_t dx = (pixel >> 2 & 1) * 2 + (pixel & 1);
                        to[dy * side + x * 4 + dx] = *from;
                    }
            }
        }
    });
    return result;
}

} // namespace core::sam
