// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/image_passes.h"

#include "core/cpu/kernels.h"
#include "core/torch/share_out.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

namespace core::sam
{

namespace
{

constexpr std::int64_t blockTokens = 64;  ///< with their scores: what the second cache holds
constexpr std::int64_t shareTokens = 256; ///< whose sums are kept apart, whoever computes them

/// Rows [P, C] packed for the kernels, P filled up to whole panels.
cpu::PackedMatrix packed(const torch::Tensor &rows)
{
    return {rows.contiguous().data_ptr<float>(), rows.size(0), rows.size(1), cpu::kernels()->panel};
}

std::int64_t wholePanels(std::int64_t columns)
{
    return cpu::packedSize(columns, 1, cpu::kernels()->panel);
}

} // namespace

struct ImagePasses::Operands {
    cpu::PackedMatrix probes;       ///< of the tokens' question
    const Change *change = nullptr; ///< null: none
    std::unique_ptr<cpu::PackedMatrix> imageProbes;
    torch::Tensor shifts; ///< filled up to whole panels
    torch::Tensor answers;
};

struct ImagePasses::Share {
    std::vector<float> most, sums;
    cpu::AlignedFloats gathered;
    bool isEmpty = true;

    Share(std::int64_t queries, std::int64_t channels)
        : most(static_cast<std::size_t>(wholePanels(queries))), sums(most.size()),
          gathered(queries * channels)
    {
    }
};

bool ImagePasses::canServe(const torch::Tensor &embeddings)
{
    // Values are multiplied as they lie, by whole panels.
    return cpu::kernels() && embeddings.is_cpu() && embeddings.scalar_type() == torch::kFloat32 &&
           embeddings.size(-1) % cpu::kernels()->panel == 0;
}

ImagePasses::ImagePasses(const torch::Tensor &image, const torch::Tensor &dense,
                         const torch::Tensor &positions)
    : m_source(image.contiguous()), m_dense(dense.contiguous()),
      m_positions(positions.contiguous()), m_tokens(image.size(0)), m_channels(image.size(1)),
      m_image(m_tokens * m_channels)
{
}

void ImagePasses::start(std::int64_t first, std::int64_t count)
{
    const float *from = m_source.data_ptr<float>() + first * m_channels;
    const float *dense = m_dense.data_ptr<float>();
    if (m_dense.size(0) > 1) {
        cpu::kernels()->add(from, dense + first * m_channels, count * m_channels, image(first));
        return;
    }
    for (std::int64_t i = 0; i < count; ++i)
        cpu::kernels()->add(from + i * m_channels, dense, m_channels, image(first + i));
}

/// The block with its positions.
const float *ImagePasses::place(std::int64_t first, std::int64_t count, float *placed) const
{
    cpu::kernels()->add(image(first), m_positions.data_ptr<float>() + first * m_channels,
                        count * m_channels, placed);
    return placed;
}

/// `scratch` holds the placed block and the scores.
void ImagePasses::change(const Operands &operands, std::int64_t first, std::int64_t count,
                         float *scratch) const
{
    const cpu::Kernels &kernels = *cpu::kernels();
    const ImageToTokenAttention::Operands &attention = operands.change->attention;
    const std::int64_t queries = attention.probes.size(1);
    const std::int64_t width = wholePanels(queries);
    float *scores = scratch + blockTokens * m_channels;
    kernels.multiply({.a = place(first, count, scratch),
                      .aStride = m_channels,
                      .panels = operands.imageProbes->panels.get(),
                      .panelStride = operands.imageProbes->panelStride,
                      .rows = count,
                      .depth = m_channels,
                      .columns = width,
                      .bias = operands.shifts.data_ptr<float>(),
                      .c = scores,
                      .cStride = width});
    kernels.softmaxOfGroups(scores, width, count, attention.heads, queries / attention.heads);
    kernels.multiply({.a = scores,
                      .aStride = width,
                      .panels = operands.answers.data_ptr<float>(),
                      .panelStride = kernels.panel,
                      .panelStep = m_channels,
                      .rows = count,
                      .depth = queries,
                      .columns = m_channels,
                      .bias = attention.bias.data_ptr<float>(),
                      .adds = true,
                      .c = image(first),
                      .cStride = m_channels});
    const LayerNorm &norm = operands.change->norm;
    kernels.normalize(image(first), count, m_channels, norm.weight.data_ptr<float>(),
                      norm.bias.data_ptr<float>(), static_cast<float>(norm.epsilon));
}

torch::Tensor ImagePasses::pass(const Change &imageChange, const torch::Tensor &probes,
                                const UseBlock &use)
{
    const cpu::Kernels &kernels = *cpu::kernels();
    const std::int64_t queries = probes.size(1);
    const std::int64_t width = wholePanels(queries);
    Operands operands{packed(probes[0]), nullptr, nullptr, {}, {}};
    std::int64_t widest = width;
    if (imageChange.attention.probes.defined()) {
        const ImageToTokenAttention::Operands &attention = imageChange.attention;
        operands.change = &imageChange;
        operands.imageProbes = std::make_unique<cpu::PackedMatrix>(packed(attention.probes[0]));
        const std::int64_t count = attention.probes.size(1);
        operands.shifts = at::constant_pad_nd(attention.shifts[0], {0, wholePanels(count) - count});
        operands.answers = attention.answers[0].contiguous();
        widest = std::max(widest, wholePanels(count));
    }

    std::vector<Share> shares;
    for (std::int64_t first = 0; first < m_tokens; first += shareTokens)
        shares.emplace_back(queries, m_channels);
    shareOut(shares.size(), [&](std::size_t s) {
        Share &share = shares[s];
        cpu::AlignedFloats scratch(blockTokens * (m_channels + widest));
        float *scores = scratch.get() + blockTokens * m_channels;
        const std::int64_t begin = static_cast<std::int64_t>(s) * shareTokens;
        const std::int64_t end = std::min(begin + shareTokens, m_tokens);
        for (std::int64_t first = begin; first < end; first += blockTokens) {
            const std::int64_t count = std::min(blockTokens, end - first);
            if (!m_isStarted)
                start(first, count);
            if (operands.change)
                change(operands, first, count, scratch.get());
            kernels.multiply({.a = place(first, count, scratch.get()),
                              .aStride = m_channels,
                              .panels = operands.probes.panels.get(),
                              .panelStride = operands.probes.panelStride,
                              .rows = count,
                              .depth = m_channels,
                              .columns = width,
                              .c = scores,
                              .cStride = width});
            kernels.gather({.scores = scores,
                            .scoreStride = width,
                            .values = image(first),
                            .rows = count,
                            .queries = queries,
                            .channels = m_channels,
                            .isFirst = share.isEmpty,
                            .most = share.most.data(),
                            .sums = share.sums.data(),
                            .gathered = share.gathered.get()});
            share.isEmpty = false;
            if (use)
                use(first, count, image(first));
        }
    });
    m_isStarted = true;

    torch::Tensor result = torch::zeros({1, queries, m_channels}, m_source.options());
    for (std::int64_t query = 0; query < queries; ++query) {
        const auto q = static_cast<std::size_t>(query);
        float most = shares.front().most[q];
        for (const Share &share : shares)
            most = std::max(most, share.most[q]);
        float sum = 0;
        for (const Share &share : shares)
            sum += share.sums[q] * std::exp(share.most[q] - most);
        float *to = result.data_ptr<float>() + query * m_channels;
        for (const Share &share : shares) {
            const float factor = std::exp(share.most[q] - most) / sum;
            const float *from = share.gathered.get() + query * m_channels;
            for (std::int64_t i = 0; i < m_channels; ++i)
                to[i] += factor * from[i];
        }
    }
    return result;
}

} // namespace core::sam
