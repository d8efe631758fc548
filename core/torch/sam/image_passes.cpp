// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/image_passes.h"

#include "core/cpu/kernels.h"
#include "core/torch/share_out.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <memory>
#include <vector>

namespace core::sam
{

namespace
{

/// With their scores: what the second cache holds.
constexpr std::int64_t blockTokens = KnownImage::blockTokens;
constexpr std::int64_t shareTokens = 256; ///< at most

/// Tokens whose sums are kept apart, whoever computes them.
struct Section {
    std::int64_t begin, end;
};

/// The last ones are small: what one thread still does when the others are done is waited for.
std::vector<Section> sectionsOf(std::int64_t tokens)
{
    std::vector<Section> sections;
    for (std::int64_t begin = 0; begin < tokens;) {
        const std::int64_t blocks = (tokens - begin) / 4 / blockTokens;
        const std::int64_t length = std::clamp(blocks * blockTokens, blockTokens, shareTokens);
        const std::int64_t end = std::min(begin + length, tokens);
        sections.push_back({begin, end});
        begin = end;
    }
    return sections;
}

/// Rows [P, C] packed for the kernels, P filled up to whole panels.
cpu::PackedMatrix packed(const torch::Tensor &rows)
{
    return {rows.contiguous().data_ptr<float>(), rows.size(0), rows.size(1), cpu::kernels()->panel};
}

std::int64_t wholePanels(std::int64_t columns)
{
    return cpu::packedSize(columns, 1, cpu::kernels()->panel);
}

/// What some tokens gathered in a part of the image; weights are relative to the greatest score.
struct Share {
    std::vector<float> most, sums;
    cpu::AlignedFloats gathered; ///< [queries, channels]
    bool isEmpty = true;

    Share(std::int64_t queries, std::int64_t channels)
        : most(static_cast<std::size_t>(wholePanels(queries))), sums(most.size()),
          gathered(queries * channels)
    {
    }
};

/// Of the whole image: [queries, channels].
torch::Tensor merged(const std::vector<Share> &shares, std::int64_t queries, std::int64_t channels)
{
    torch::Tensor result = torch::zeros({queries, channels});
    for (std::int64_t query = 0; query < queries; ++query) {
        const auto q = static_cast<std::size_t>(query);
        float most = shares.front().most[q];
        for (const Share &share : shares)
            most = std::max(most, share.most[q]);
        float sum = 0;
        for (const Share &share : shares)
            sum += share.sums[q] * std::exp(share.most[q] - most);
        float *to = result.data_ptr<float>() + query * channels;
        for (const Share &share : shares) {
            const float factor = std::exp(share.most[q] - most) / sum;
            const float *from = share.gathered.get() + query * channels;
            for (std::int64_t i = 0; i < channels; ++i)
                to[i] += factor * from[i];
        }
    }
    return result;
}

} // namespace

struct ImagePasses::Operands {
    cpu::PackedMatrix probes; ///< of the tokens' question
    const Change *change;     ///< null: none
    std::unique_ptr<cpu::PackedMatrix> imageProbes;
    torch::Tensor shifts; ///< filled up to whole panels
    torch::Tensor keys;   ///< instead of both
    torch::Tensor answers;
    std::int64_t scratch; ///< floats for the scores of a token

    /// dense: what the image's tokens begin with beside the source.
    Operands(const torch::Tensor &tokenProbes, const Change *imageChange,
             const torch::Tensor &dense)
        : probes(packed(tokenProbes[0])), change(imageChange),
          scratch(wholePanels(tokenProbes.size(1)))
    {
        if (!change)
            return;
        const ImageToTokenAttention::Operands &attention = change->attention;
        // A head's shares sum to one, so what its answers have in common is added once: the bias,
        // and what stands for no mask in an image that is known.
        answers = attention.answers[0].clone(at::MemoryFormat::Contiguous);
        torch::Tensor ofFirstHead = answers.narrow(0, 0, answers.size(0) / attention.heads);
        ofFirstHead += attention.bias;
        if (change->known)
            ofFirstHead += dense;
        const std::int64_t count = wholePanels(answers.size(0));
        scratch = std::max(scratch, count);
        if (change->known) {
            keys = attention.keys.contiguous();
            return;
        }
        imageProbes = std::make_unique<cpu::PackedMatrix>(packed(attention.probes[0]));
        shifts = at::constant_pad_nd(attention.shifts[0], {0, count - answers.size(0)});
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

/// Of a block's tokens: of each answer, how much.
struct ImagePasses::Shares {
    const float *first;
    std::int64_t count;
    std::int64_t stride; ///< from token to token
    std::int64_t step;   ///< from answer to answer
};

void ImagePasses::start(std::int64_t first, std::int64_t count)
{
    const float *from = source(first);
    const float *dense = m_dense.data_ptr<float>();
    if (m_dense.size(0) > 1) {
        cpu::kernels()->add(from, dense + first * m_channels, count * m_channels, image(first));
        return;
    }
    for (std::int64_t i = 0; i < count; ++i)
        cpu::kernels()->add(from + i * m_channels, dense, m_channels, image(first + i));
}

/// The block with its positions.
void ImagePasses::place(std::int64_t first, std::int64_t count, float *placed) const
{
    cpu::kernels()->add(image(first), positions(first), count * m_channels, placed);
}

/// `scratch` gets the placed block and holds the scores.
void ImagePasses::change(const Operands &operands, std::int64_t first, std::int64_t count,
                         float *scratch) const
{
    const cpu::Kernels &kernels = *cpu::kernels();
    const ImageToTokenAttention::Operands &attention = operands.change->attention;
    const std::int64_t queries = operands.answers.size(0);
    const std::int64_t groupSize = queries / attention.heads;
    float *scores = scratch + blockTokens * m_channels;
    Shares shares{scores, count, wholePanels(queries), 1};
    if (const KnownImage *known = operands.change->known) {
        known->scores(known->queries(), first / blockTokens, operands.keys.data_ptr<float>(),
                      groupSize, scores, blockTokens);
        kernels.softmaxOfColumns(scores, blockTokens, attention.heads, groupSize);
        shares = {scores, count, 1, blockTokens};
    } else {
        place(first, count, scratch);
        kernels.multiply({.a = scratch,
                          .aStride = m_channels,
                          .panels = operands.imageProbes->panels.get(),
                          .panelStride = operands.imageProbes->panelStride,
                          .rows = count,
                          .depth = m_channels,
                          .columns = shares.stride,
                          .bias = operands.shifts.data_ptr<float>(),
                          .c = scores,
                          .cStride = shares.stride});
        kernels.softmaxOfGroups(scores, shares.stride, count, attention.heads, groupSize);
    }
    addAnswers(operands, first, shares);
    const LayerNorm &norm = operands.change->norm;
    float factors[blockTokens];
    kernels.normalizeAndAdd(image(first), count, m_channels, norm.weight.data_ptr<float>(),
                            norm.bias.data_ptr<float>(), static_cast<float>(norm.epsilon),
                            positions(first), scratch, factors);
    if (float *own = projected(first))
        kernels.scaleRows(own, count, m_projectedChannels, factors,
                          operands.change->projectedBias.data_ptr<float>());
}

/// To the image and its projection.
void ImagePasses::addAnswers(const Operands &operands, std::int64_t first,
                             const Shares &shares) const
{
    const auto add = [&](const torch::Tensor &answers, const float *before, float *after) {
        const std::int64_t channels = answers.size(1);
        cpu::kernels()->multiply({.a = shares.first,
                                  .aStride = shares.stride,
                                  .aStep = shares.step,
                                  .panels = answers.data_ptr<float>(),
                                  .panelStride = cpu::kernels()->panel,
                                  .panelStep = channels,
                                  .rows = shares.count,
                                  .depth = answers.size(0),
                                  .columns = channels,
                                  .addend = before,
                                  .addendStride = channels,
                                  .c = after,
                                  .cStride = channels});
    };
    const KnownImage *known = operands.change->known;
    add(operands.answers, known ? source(first) : image(first), image(first));
    if (float *own = projected(first))
        add(operands.change->projectedAnswers,
            known ? known->projected().data_ptr<float>() + first * m_projectedChannels : own, own);
}

torch::Tensor ImagePasses::pass(const Change *imageChange, const torch::Tensor &probes)
{
    const cpu::Kernels &kernels = *cpu::kernels();
    const std::int64_t queries = probes.size(1);
    const std::int64_t width = wholePanels(queries);
    [[maybe_unused]] const bool beginsHere = !imageChange || imageChange->known;
    assert(beginsHere != m_isStarted && (!beginsHere || !imageChange || m_dense.size(0) == 1));
    const Operands operands(probes, imageChange, m_dense);
    if (imageChange && imageChange->known && imageChange->projectedAnswers.defined()) {
        m_projectedChannels = imageChange->projectedAnswers.size(1);
        m_projected.emplace(m_tokens * m_projectedChannels);
    }

    const std::vector<Section> sections = sectionsOf(m_tokens);
    std::vector<Share> shares;
    for (std::size_t s = 0; s < sections.size(); ++s)
        shares.emplace_back(queries, m_channels);
    shareOut(shares.size(), [&](std::size_t s) {
        Share &share = shares[s];
        cpu::AlignedFloats scratch(blockTokens * (m_channels + operands.scratch));
        float *scores = scratch.get() + blockTokens * m_channels;
        const auto [begin, end] = sections[s];
        for (std::int64_t first = begin; first < end; first += blockTokens) {
            const std::int64_t count = std::min(blockTokens, end - first);
            if (imageChange) {
                change(operands, first, count, scratch.get());
            } else {
                start(first, count);
                place(first, count, scratch.get());
            }
            kernels.multiply({.a = scratch.get(),
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
        }
    });
    m_isStarted = true;
    return merged(shares, queries, m_channels).unsqueeze(0);
}

torch::Tensor ImagePasses::ask(const KnownImage &known, const torch::Tensor &tokenQueries)
{
    const torch::Tensor queries = tokenQueries.contiguous();
    const std::int64_t count = queries.size(2);
    const std::int64_t rows = known.heads() * count;
    const std::vector<Section> sections = sectionsOf(known.tokens());
    std::vector<Share> shares;
    for (std::size_t s = 0; s < sections.size(); ++s)
        shares.emplace_back(rows, known.valueChannels());
    shareOut(shares.size(), [&](std::size_t s) {
        const cpu::Kernels &kernels = *cpu::kernels();
        Share &share = shares[s];
        cpu::AlignedFloats scores(rows * shareTokens);
        const auto [begin, end] = sections[s];
        const std::int64_t tokens = end - begin;
        for (std::int64_t first = 0; first < tokens; first += blockTokens)
            known.scores(known.keys(), (begin + first) / blockTokens, queries.data_ptr<float>(),
                         count, scores.get() + first, shareTokens);
        for (std::int64_t row = 0; row < rows; ++row) {
            float *ofRow = scores.get() + row * shareTokens;
            const auto r = static_cast<std::size_t>(row);
            share.most[r] = kernels.greatest(ofRow, tokens);
            share.sums[r] = kernels.exponentials(ofRow, tokens, share.most[r]);
        }
        known.sumValues(begin, tokens, scores.get(), shareTokens, count, share.gathered.get());
    });
    return merged(shares, rows, known.valueChannels())
        .view({1, known.heads(), count, known.valueChannels()})
        .narrow(3, 0, known.headChannels());
}

} // namespace core::sam
