// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/cpu_prompt_maps.h"

#include "core/cpu/kernels.h"
#include "core/cpu/packed_matrix.h"
#include "core/torch/compact/prompt_maps.h"
#include "core/torch/convolution/division.h"
#include "core/torch/convolution/map_steps.h"

#include <algorithm>
#include <cmath>

namespace core::compact
{
namespace
{

enum Channel : int { Previous, Foreground, Background, BoxInterior };

/// x := 1 / (1 + exp(-x))
void toSigmoids(std::vector<float> &x)
{
    for (float &value : x)
        value = -value;
    cpu::kernels()->exponentials(x.data(), static_cast<std::ptrdiff_t>(x.size()), 0);
    for (float &value : x)
        value = 1 / (1 + value);
}

/// Means of 2x2 cells; `height` and `width` of the result.
std::vector<float> shrunk(const float *map, std::int64_t height, std::int64_t width)
{
    std::vector<float> means(static_cast<std::size_t>(height * width));
    auto mean = means.begin();
    for (std::int64_t y = 0; y < height; ++y, map += 4 * width) {
        for (std::int64_t x = 0; x < width; ++x) {
            const float *cell = map + 2 * x, *below = cell + 2 * width;
            *mean++ = (cell[0] + cell[1] + below[0] + below[1]) / 4;
        }
    }
    return means;
}

std::vector<float> gaussian(std::int64_t count, float at)
{
    constexpr float k = static_cast<float>(-0.5 / (gaussianSigma * gaussianSigma));
    std::vector<float> values(static_cast<std::size_t>(count));
    float centre = 2;
    for (float &value : values) {
        value = (centre - at) * (centre - at) * k;
        centre += 4;
    }
    cpu::kernels()->exponentials(values.data(), count, 0);
    // The product of two of them shall be a normal number or 0: others take a processor long.
    constexpr float least = 1e-18f;
    for (float &value : values)
        value = value < least ? 0 : value;
    return values;
}

/// Share of each cell of 4 pixels that lies in [from, to].
std::vector<float> coverage(std::int64_t count, float from, float to)
{
    std::vector<float> shares(static_cast<std::size_t>(count));
    float begin = 0;
    for (float &share : shares) {
        share = std::clamp((std::min(begin + 4, to) - std::max(begin, from)) / 4, 0.0f, 1.0f);
        begin += 4;
    }
    return shares;
}

} // namespace

void sampleAt(const MapView &map, ModelPoint place, std::int64_t height, std::int64_t width,
              float *to)
{
    struct Between {
        std::int64_t first, second;
        float share; ///< of the second
    };
    const auto between = [](float at, std::int64_t picture, std::int64_t cells) {
        const float scale = static_cast<float>(cells) / static_cast<float>(picture);
        const float cell = std::clamp(at * scale - 0.5f, 0.0f, static_cast<float>(cells - 1));
        const auto first = static_cast<std::int64_t>(cell);
        return Between{first, std::min(first + 1, cells - 1), cell - static_cast<float>(first)};
    };
    const Between x = between(place.x, width, map.width), y = between(place.y, height, map.height);
    const float *corners[] = {map.pixel(y.first, x.first), map.pixel(y.first, x.second),
                              map.pixel(y.second, x.first), map.pixel(y.second, x.second)};
    const float shares[] = {(1 - y.share) * (1 - x.share), (1 - y.share) * x.share,
                            y.share * (1 - x.share), y.share * x.share};
    for (std::int64_t i = 0; i < map.channels; ++i)
        to[i] = corners[0][i] * shares[0] + corners[1][i] * shares[1] + corners[2][i] * shares[2] +
                corners[3][i] * shares[3];
}

CpuPromptDrawing::CpuPromptDrawing(const TokenPrompt &prompt, std::int64_t height4,
                                   std::int64_t width4)
    : m_height(height4), m_width(width4)
{
    for (const PromptToken &token : prompt.tokens)
        addPoint(token);
    addBox(prompt);
    if (prompt.previous)
        usePrevious(prompt.previous);
    if (!m_region4.empty())
        shrinkAndEnlargeRegion();
}

void CpuPromptDrawing::addPoint(const PromptToken &token)
{
    if (token.kind != TokenKind::Foreground && token.kind != TokenKind::Background)
        return;
    const int channel = token.kind == TokenKind::Foreground ? Foreground : Background;
    m_shapes.push_back(
        {channel, gaussian(m_height, token.position.y), gaussian(m_width, token.position.x)});
}

void CpuPromptDrawing::addBox(const TokenPrompt &prompt)
{
    const auto corner = [&](TokenKind kind) {
        return std::ranges::find(prompt.tokens, kind, &PromptToken::kind);
    };
    const auto first = corner(TokenKind::TopLeft), last = corner(TokenKind::BottomRight);
    if (first == prompt.tokens.end() || last == prompt.tokens.end())
        return;
    const Shape &box = m_shapes.emplace_back(
        Shape{BoxInterior, coverage(m_height, first->position.y, last->position.y),
              coverage(m_width, first->position.x, last->position.x)});
    m_region4.reserve(static_cast<std::size_t>(m_height * m_width));
    for (const float row : box.rows)
        for (const float column : box.columns)
            m_region4.push_back(row * column);
}

void CpuPromptDrawing::usePrevious(const float *logits)
{
    m_region4 = shrunk(logits, m_height, m_width);
    m_previous = m_region4;
    toSigmoids(m_region4);
    for (float &value : m_previous) // tanh(x / 4)
        value /= 2;
    toSigmoids(m_previous);
    for (float &value : m_previous)
        value = 2 * value - 1;
}

void CpuPromptDrawing::shrinkAndEnlargeRegion()
{
    m_region8 = shrunk(m_region4.data(), m_height / 2, m_width / 2);
    m_region2.resize(m_region4.size() * 4);
    addEnlarged({m_region4.data(), m_height, m_width, 1}, 0, 2 * m_height, false,
                {m_region2.data(), 2 * m_height, 2 * m_width, 1});
}

void CpuPromptDrawing::rows(std::int64_t begin, std::int64_t end, float *to,
                            std::int64_t pixelStep) const
{
    for (std::int64_t y = begin; y < end; ++y, to += m_width * pixelStep) {
        for (std::int64_t x = 0; x < m_width; ++x)
            std::fill_n(to + x * pixelStep, denseMaps, 0.0f);
        for (const Shape &shape : m_shapes) {
            const float row = shape.rows[static_cast<std::size_t>(y)];
            float *value = to + shape.channel;
            for (const float column : shape.columns) {
                *value = std::max(*value, row * column);
                value += pixelStep;
            }
        }
        for (std::int64_t x = 0; !m_previous.empty() && x < m_width; ++x)
            to[x * pixelStep + Previous] = m_previous[static_cast<std::size_t>(y * m_width + x)];
    }
}

namespace
{

/// Unit vectors of what the region's inside has in common, and of its outside: [2, channels].
void regionMeans(const MapView &vectors, const float *region, float *means)
{
    const cpu::Kernels &kernels = *cpu::kernels();
    const std::int64_t pixels = vectors.pixelCount(), channels = vectors.channels;
    std::vector<float> shares(static_cast<std::size_t>(2 * pixels), 1.0f);
    std::copy_n(region, pixels, shares.begin());
    kernels.multiply({.a = shares.data(), // the sum inside, and that of all
                      .aStride = pixels,
                      .panels = vectors.floats,
                      .panelStride = kernels.panel,
                      .panelStep = channels,
                      .rows = 2,
                      .depth = pixels,
                      .columns = channels,
                      .c = means,
                      .cStride = channels});
    for (std::int64_t i = 0; i < channels; ++i)
        means[channels + i] -= means[i];
    kernels.unitRows(means, 2, channels);
}

} // namespace

CpuSimilarity::CpuSimilarity(const MapView &vectors, const TokenPrompt &prompt, const float *region,
                             std::int64_t height, std::int64_t width)
    : m_vectors(vectors), m_hasRegion(region != nullptr), m_columns(0), m_keys(0)
{
    const cpu::Kernels &kernels = *cpu::kernels();
    const std::int64_t channels = vectors.channels, half = kernels.panel / 2;
    std::vector<float> keys;
    const auto addKeys = [&](TokenKind kind) {
        std::int64_t count = 0;
        for (const PromptToken &token : prompt.tokens) {
            if (token.kind != kind)
                continue;
            keys.resize(keys.size() + static_cast<std::size_t>(channels));
            sampleAt(vectors, token.position, height, width, keys.data() + keys.size() - channels);
            ++count;
        }
        return count;
    };
    m_foreground = addKeys(TokenKind::Foreground);
    m_background = addKeys(TokenKind::Background);
    std::int64_t count = m_foreground + m_background;
    if (region) {
        keys.resize(keys.size() + static_cast<std::size_t>(2 * channels));
        regionMeans(vectors, region, keys.data() + count * channels);
        count += 2;
    }
    if (count == 0)
        return;
    m_columns = count <= half ? half : cpu::packedSize(count, 1, kernels.panel);
    m_keys = cpu::AlignedFloats(cpu::packedSize(count, channels, kernels.panel));
    cpu::packRows(keys.data(), channels, count, channels, kernels.panel, m_keys.get());
}

void CpuSimilarity::rows(std::int64_t begin, std::int64_t end, float *to,
                         std::int64_t pixelStep) const
{
    const cpu::Kernels &kernels = *cpu::kernels();
    const std::int64_t pixels = (end - begin) * m_vectors.width;
    if (m_columns == 0) {
        for (std::int64_t i = 0; i < pixels; ++i)
            std::fill_n(to + i * pixelStep, similarityMaps, 0.0f);
        return;
    }
    float *cosines = threadFloats(pixels * m_columns);
    kernels.multiply({.a = m_vectors.row(begin),
                      .aStride = m_vectors.channels,
                      .panels = m_keys.get(),
                      .panelStride = kernels.panel * m_vectors.channels,
                      .rows = pixels,
                      .depth = m_vectors.channels,
                      .columns = m_columns,
                      .c = cosines,
                      .cStride = m_columns});
    const auto greatest = [](const float *values, std::int64_t count) {
        return count == 0 ? 0.0f : *std::max_element(values, values + count);
    };
    const std::int64_t points = m_foreground + m_background;
    for (std::int64_t i = 0; i < pixels; ++i, to += pixelStep, cosines += m_columns) {
        to[0] = greatest(cosines, m_foreground);
        to[1] = greatest(cosines + m_foreground, m_background);
        to[2] = m_hasRegion ? cosines[points] : 0;
        to[3] = m_hasRegion ? cosines[points + 1] : 0;
    }
}

} // namespace core::compact
