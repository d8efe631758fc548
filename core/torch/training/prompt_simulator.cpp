// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/prompt_simulator.h"

#include "core/segmentation/prior_logits.h"
#include "core/torch/compact/compact_config.h"
#include "core/torch/training/click_sampling.h"
#include "core/torch/training/parallel.h"

#include <algorithm>

namespace core
{
namespace
{

constexpr float boxShare = 0.4f; // of the prompts start with a box
constexpr float strokeShare =
    0.06f; // of the others start with a brush stroke over part of the target
constexpr float forgetShare = 0.1f; // of the corrections do not bring the last answer along

/// (P, 1, h, w) bool or bytes to a mask each.
std::vector<Mask> toMasks(const torch::Tensor &isOn)
{
    const auto bytes = isOn.to(torch::kByte).cpu().contiguous();
    std::vector<Mask> masks(std::size_t(bytes.size(0)),
                            Mask({int(bytes.size(3)), int(bytes.size(2))}));
    const std::uint8_t *next = bytes.data_ptr<std::uint8_t>();
    for (Mask &mask : masks) {
        std::copy_n(next, mask.pixels.size(), mask.pixels.begin());
        next += mask.pixels.size();
    }
    return masks;
}

} // namespace

PromptSimulator::PromptSimulator(const torch::Tensor &targets, const Random &random, int threads)
    : m_threads(threads), m_targets(toMasks(targets > 127))
{
    const std::int64_t count = targets.size(0);
    Random seeds = random;
    for (std::int64_t p = 0; p < count; ++p)
        m_random.emplace_back(seeds.next(), std::uint64_t(p));
    m_tokens.resize(std::size_t(count));
    m_prompts.boxes = torch::zeros({count, 4});
    m_prompts.hasBox = torch::zeros({count});
    m_prompts.previous = torch::zeros_like(targets, torch::kFloat);
    m_prompts.hasPrevious = torch::zeros({count});
}

void PromptSimulator::addClick(std::size_t prompt, ModelPoint cell, bool isForeground)
{
    using enum compact::TokenKind;
    Random &random = m_random[prompt];
    const float jitterX = random.uniform(-0.5f, 0.5f), jitterY = random.uniform(-0.5f, 0.5f);
    m_tokens[prompt].push_back({{(cell.x + jitterX) * compact::compactMaskStride,
                                 (cell.y + jitterY) * compact::compactMaskStride},
                                isForeground ? Foreground : Background});
}

bool PromptSimulator::startWithBox(std::size_t prompt)
{
    const auto box = sampleBox(m_targets[prompt], m_random[prompt]);
    if (!box)
        return false;
    using enum compact::TokenKind;
    const auto scale = double(compact::compactMaskStride);
    const std::array<float, 4> corners{float(box->x0 * scale), float(box->y0 * scale),
                                       float(box->x1 * scale), float(box->y1 * scale)};
    m_tokens[prompt] = {{{corners[0], corners[1]}, TopLeft},
                        {{corners[2], corners[3]}, BottomRight}};
    std::ranges::copy(corners, m_prompts.boxes.data_ptr<float>() + 4 * prompt);
    m_prompts.hasBox.data_ptr<float>()[prompt] = 1;
    return true;
}

void PromptSimulator::startWithClick(std::size_t prompt)
{
    // A crop may shrink a sliver away; its prompt then asks for what is not there, which does no
    // harm.
    const auto cell =
        sampleClick(m_targets[prompt], m_random[prompt]).value_or(ModelPoint{0.5f, 0.5f});
    addClick(prompt, cell, true);
    m_tokens[prompt].push_back({{}, compact::TokenKind::Padding});
    if (m_random[prompt].chance(strokeShare))
        drawStroke(prompt, cell);
}

void PromptSimulator::drawStroke(std::size_t prompt, ModelPoint cell)
{
    const Mask &target = m_targets[prompt];
    const float radius = m_random[prompt].logUniform(2, 24);
    float *logit = m_prompts.previous.data_ptr<float>() + prompt * target.pixels.size();
    for (int y = 0; y < target.size.height; ++y) {
        for (int x = 0; x < target.size.width; ++x, ++logit) {
            const float dx = float(x) + 0.5f - cell.x, dy = float(y) + 0.5f - cell.y;
            const bool isPainted = target.at(x, y) && dx * dx + dy * dy <= radius * radius;
            *logit = isPainted ? priorLogit : -priorLogit;
        }
    }
    m_prompts.hasPrevious.data_ptr<float>()[prompt] = 1;
}

compact::PromptBatch PromptSimulator::batch() const
{
    const auto count = std::int64_t(m_tokens.size()), tokens = std::int64_t(m_tokens[0].size());
    compact::PromptBatch prompts = m_prompts;
    prompts.coordinates = torch::zeros({count, tokens, 2});
    prompts.kinds = torch::zeros({count, tokens}, torch::kLong);
    auto xy = prompts.coordinates.accessor<float, 3>();
    auto kinds = prompts.kinds.accessor<std::int64_t, 2>();
    for (std::int64_t p = 0; p < count; ++p) {
        for (std::int64_t t = 0; t < tokens; ++t) {
            const Token &token = m_tokens[std::size_t(p)][std::size_t(t)];
            xy[p][t][0] = token.position.x;
            xy[p][t][1] = token.position.y;
            kinds[p][t] = std::int64_t(token.kind);
        }
    }
    return prompts;
}

compact::PromptBatch PromptSimulator::first()
{
    forEachIndex(m_tokens.size(), m_threads, [&](std::size_t p) {
        if (!m_random[p].chance(boxShare) || !startWithBox(p))
            startWithClick(p);
    });
    return batch();
}

compact::PromptBatch PromptSimulator::next(const torch::Tensor &answer)
{
    m_prompts.previous = answer;
    m_prompts.hasPrevious = torch::ones({answer.size(0)});
    const auto shown = toMasks(answer > 0);
    forEachIndex(m_tokens.size(), m_threads, [&](std::size_t p) {
        const auto click = sampleCorrection(m_targets[p], shown[p], m_random[p]);
        addClick(p, click.position, click.isForeground);
        if (m_random[p].chance(forgetShare))
            m_prompts.hasPrevious.data_ptr<float>()[p] = 0;
    });
    return batch();
}

} // namespace core
