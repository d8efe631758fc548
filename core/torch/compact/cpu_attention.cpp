// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/cpu_attention.h"

#include "core/cpu/aligned_array.h"
#include "core/cpu/kernels.h"

#include <algorithm>
#include <cmath>

namespace core::compact
{
namespace
{

std::int64_t wholePanels(std::int64_t columns)
{
    return cpu::packedSize(columns, 1, cpu::kernels()->panel);
}

/// Scores are divided by the root of a head's channels: here those who ask are, or the few.
PixelLayer scaled(const NamedLayers &layers, const std::string &name, int heads)
{
    const auto weight = layers.weight(name);
    const double scale = 1 / std::sqrt(double(weight.size(0)) / heads);
    return {weight * scale, layers.bias(name) * scale};
}

/// Of each head one of equal pieces of `weight` along `dimension`; transposed ones take what the
/// layer gives, and give what it takes.
std::vector<cpu::PackedMatrix> headMatrices(const torch::Tensor &weight, std::int64_t dimension,
                                            bool isTransposed, int heads)
{
    std::vector<cpu::PackedMatrix> matrices;
    for (const torch::Tensor &piece : weight.detach().chunk(heads, dimension)) {
        const auto rows = (isTransposed ? piece.t() : piece).contiguous();
        matrices.emplace_back(rows.data_ptr<float>(), rows.size(0), rows.size(1),
                              cpu::kernels()->panel);
    }
    return matrices;
}

/// Of each head the product of its channels of `inner` [count, heads x d] and its matrix: [heads x
/// count, columns].
cpu::AlignedFloats spread(const float *inner, std::int64_t count,
                          const std::vector<cpu::PackedMatrix> &matrices)
{
    const auto heads = static_cast<std::int64_t>(matrices.size());
    const std::int64_t columns = matrices.front().columns, depth = matrices.front().depth;
    cpu::AlignedFloats out(heads * count * columns);
    for (std::int64_t head = 0; head < heads; ++head) {
        const cpu::PackedMatrix &matrix = matrices[static_cast<std::size_t>(head)];
        cpu::kernels()->multiply({.a = inner + head * depth,
                                  .aStride = heads * depth,
                                  .panels = matrix.panels.get(),
                                  .panelStride = matrix.panelStride,
                                  .rows = count,
                                  .depth = depth,
                                  .columns = columns,
                                  .c = out.get() + head * count * columns,
                                  .cStride = columns});
    }
    return out;
}

/// rows [count, depth] times probes [columns, depth], in whole panels.
struct Scores {
    std::int64_t width;
    cpu::AlignedFloats floats;

    Scores(const float *rows, std::int64_t count, const float *probes, std::int64_t columns,
           std::int64_t depth, const float *bias)
        : width(wholePanels(columns)), floats(count * width)
    {
        const std::int64_t panel = cpu::kernels()->panel;
        cpu::AlignedFloats packed(width * depth);
        cpu::packRows(probes, depth, columns, depth, panel, packed.get());
        cpu::kernels()->multiply({.a = rows,
                                  .aStride = depth,
                                  .panels = packed.get(),
                                  .panelStride = panel * depth,
                                  .rows = count,
                                  .depth = depth,
                                  .columns = width,
                                  .bias = bias,
                                  .c = floats.get(),
                                  .cStride = width});
    }
};

} // namespace

CpuSelfAttention::CpuSelfAttention(const NamedLayers &layers, const std::string &name, int heads)
    : m_heads(heads), m_query(scaled(layers, name + ".query", heads)),
      m_key(layers.pixelLayer(name + ".key")), m_value(layers.pixelLayer(name + ".value")),
      m_out(layers.pixelLayer(name + ".out"))
{
}

void CpuSelfAttention::apply(std::int64_t count, const float *queryAndKey, const float *value,
                             float *out) const
{
    const cpu::Kernels &kernels = *cpu::kernels();
    const std::int64_t channels = m_out.outChannels(), depth = channels / m_heads;
    const std::int64_t width = wholePanels(count);
    cpu::AlignedFloats q(count * channels), k(count * channels), mixed(count * channels);
    cpu::AlignedFloats v(count * channels + kernels.panel); // is read by whole panels
    cpu::AlignedFloats keys(width * depth), scores(count * width);
    m_query.apply(queryAndKey, count, q.get());
    m_key.apply(queryAndKey, count, k.get());
    m_value.apply(value, count, v.get());
    std::fill_n(v.get() + count * channels, kernels.panel, 0.0f);
    for (std::int64_t head = 0; head < m_heads; ++head) {
        cpu::packRows(k.get() + head * depth, channels, count, depth, kernels.panel, keys.get());
        kernels.multiply({.a = q.get() + head * depth,
                          .aStride = channels,
                          .panels = keys.get(),
                          .panelStride = kernels.panel * depth,
                          .rows = count,
                          .depth = depth,
                          .columns = width,
                          .c = scores.get(),
                          .cStride = width});
        kernels.softmaxOfGroups(scores.get(), width, count, 1, count);
        kernels.multiply({.a = scores.get(),
                          .aStride = width,
                          .panels = v.get() + head * depth,
                          .panelStride = kernels.panel,
                          .panelStep = channels,
                          .rows = count,
                          .depth = count,
                          .columns = depth,
                          .c = mixed.get() + head * depth,
                          .cStride = channels});
    }
    m_out.apply(mixed.get(), count, out);
}

CpuTokensToImage::CpuTokensToImage(const NamedLayers &layers, const std::string &name, int heads)
    : m_heads(heads), m_query(scaled(layers, name + ".query", heads)),
      m_keys(headMatrices(layers.weight(name + ".key"), 0, true, heads)),
      m_values(headMatrices(layers.weight(name + ".value"), 0, false, heads)),
      m_valueBias(layers.bias(name + ".value").detach().clone()),
      m_out(layers.pixelLayer(name + ".out"))
{
}

void CpuTokensToImage::apply(std::int64_t count, const float *tokens, const float *placedCells,
                             const MapView &cells, float *out) const
{
    const cpu::Kernels &kernels = *cpu::kernels();
    const std::int64_t inner = m_query.outChannels(), channels = cells.channels;
    const std::int64_t queries = m_heads * count;
    cpu::AlignedFloats q(count * inner);
    m_query.apply(tokens, count, q.get());
    // The keys' bias moves all scores of a query alike, which makes no difference.
    const cpu::AlignedFloats probes = spread(q.get(), count, m_keys);
    Scores scores(placedCells, cells.pixelCount(), probes.get(), queries, channels, nullptr);
    cpu::AlignedFloats most(scores.width), sums(scores.width), gathered(queries * channels);
    kernels.gather({.scores = scores.floats.get(),
                    .scoreStride = scores.width,
                    .values = cells.floats,
                    .rows = cells.pixelCount(),
                    .queries = queries,
                    .channels = channels,
                    .isFirst = true,
                    .most = most.get(),
                    .sums = sums.get(),
                    .gathered = gathered.get()});
    for (std::int64_t query = 0; query < queries; ++query) {
        const float share = 1 / sums.get()[query];
        float *row = gathered.get() + query * channels;
        std::for_each(row, row + channels, [share](float &value) { value *= share; });
    }
    cpu::AlignedFloats mixed(count * inner);
    for (std::int64_t head = 0; head < m_heads; ++head) {
        const cpu::PackedMatrix &matrix = m_values[static_cast<std::size_t>(head)];
        const std::int64_t first = head * matrix.columns;
        kernels.multiply({.a = gathered.get() + head * count * channels,
                          .aStride = channels,
                          .panels = matrix.panels.get(),
                          .panelStride = matrix.panelStride,
                          .rows = count,
                          .depth = channels,
                          .columns = matrix.columns,
                          .bias = m_valueBias.data_ptr<float>() + first,
                          .c = mixed.get() + first,
                          .cStride = inner});
    }
    m_out.apply(mixed.get(), count, out);
}

CpuImageToTokens::CpuImageToTokens(const NamedLayers &layers, const std::string &name, int heads)
    : m_heads(heads), m_key(scaled(layers, name + ".key", heads)),
      m_value(layers.pixelLayer(name + ".value")),
      m_queries(headMatrices(layers.weight(name + ".query"), 0, true, heads)),
      m_queryBias(layers.bias(name + ".query").detach().clone()),
      m_outs(headMatrices(layers.weight(name + ".out"), 1, false, heads)),
      m_outBias(layers.bias(name + ".out").detach().clone())
{
}

void CpuImageToTokens::apply(std::int64_t count, const float *placedTokens, const float *tokens,
                             const float *placedCells, const MapView &cells) const
{
    const cpu::Kernels &kernels = *cpu::kernels();
    const std::int64_t inner = m_key.outChannels(), channels = cells.channels;
    const std::int64_t depth = inner / m_heads, keys = m_heads * count;
    cpu::AlignedFloats k(count * inner), v(count * inner);
    m_key.apply(placedTokens, count, k.get());
    m_value.apply(tokens, count, v.get());
    const cpu::AlignedFloats probes = spread(k.get(), count, m_queries);
    const cpu::AlignedFloats answers = spread(v.get(), count, m_outs);
    std::vector<float> shifts(static_cast<std::size_t>(wholePanels(keys))); // by the query's bias
    auto shift = shifts.begin();
    for (std::int64_t head = 0; head < m_heads; ++head)
        for (std::int64_t i = 0; i < count; ++i, ++shift)
            for (std::int64_t c = head * depth; c < (head + 1) * depth; ++c)
                *shift += k.get()[i * inner + c] * m_queryBias.data_ptr<float>()[c];
    Scores scores(placedCells, cells.pixelCount(), probes.get(), keys, channels, shifts.data());
    kernels.softmaxOfGroups(scores.floats.get(), scores.width, cells.pixelCount(), m_heads, count);
    kernels.multiply({.a = scores.floats.get(),
                      .aStride = scores.width,
                      .panels = answers.get(),
                      .panelStride = kernels.panel,
                      .panelStep = channels,
                      .rows = cells.pixelCount(),
                      .depth = keys,
                      .columns = channels,
                      .bias = m_outBias.data_ptr<float>(),
                      .adds = true,
                      .c = cells.floats,
                      .cStride = channels});
}

} // namespace core::compact
