// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/candidate_choice.h"

#include "core/mask/mask_measure.h"
#include "core/segmentation/segmenter.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace core
{
namespace
{

/// A pointer that goes farther between two previews, as a share of the picture's diagonal, means
/// something else.
constexpr double leap = 0.05;
/// Less agreement is none.
constexpr double leastAgreement = 0.5;

std::vector<std::int64_t> areasOf(std::span<const MaskCandidate> candidates)
{
    std::vector<std::int64_t> areas;
    for (const MaskCandidate &candidate : candidates)
        areas.push_back(area(candidate.mask));
    return areas;
}

/// Numbers of the candidates, the smallest first.
std::vector<std::size_t> bySize(const std::vector<std::int64_t> &areas)
{
    std::vector<std::size_t> order(areas.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return areas[a] < areas[b]; });
    return order;
}

std::size_t placeOf(CandidateSize size, std::size_t count)
{
    switch (size) {
    case CandidateSize::Smallest:
        return 0;
    case CandidateSize::Middle:
        return count / 2;
    case CandidateSize::Largest:
        break;
    }
    return count - 1;
}

bool isOn(const MaskBlock &block, ImagePoint position)
{
    const int x = static_cast<int>(std::floor(position.x + 0.5)) - block.place.x;
    const int y = static_cast<int>(std::floor(position.y + 0.5)) - block.place.y;
    return x >= 0 && y >= 0 && x < block.place.width && y < block.place.height &&
           block.mask.at(x, y);
}

/// IoU on the logits' grid, which is the same for all answers about one picture.
double agreement(const LowResLogits &a, const LowResLogits &b)
{
    if (a.size != b.size)
        return 0;
    std::int64_t both = 0, either = 0;
    for (std::size_t i = 0; i < a.values.size(); ++i) {
        both += a.values[i] > 0 && b.values[i] > 0;
        either += a.values[i] > 0 || b.values[i] > 0;
    }
    return either == 0 ? 0 : static_cast<double>(both) / static_cast<double>(either);
}

template <typename Answer>
std::size_t consistent(std::span<const Answer> answers, const ShownCandidate &last,
                       ImagePoint position, std::size_t otherwise)
{
    const double way = std::hypot(position.x - last.position.x, position.y - last.position.y);
    if (way > leap * std::hypot(last.picture.width, last.picture.height) ||
        !isOn(last.mask, position))
        return otherwise;
    std::size_t best = otherwise;
    double most = leastAgreement;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const double agreed = agreement(answers[i].logits, last.logits);
        if (agreed > most) {
            most = agreed;
            best = i;
        }
    }
    return best;
}

} // namespace

std::optional<CandidateSize> candidateSize(std::span<const MaskCandidate> candidates,
                                           std::size_t index)
{
    if (candidates.size() < 3)
        return {};
    const std::vector<std::size_t> order = bySize(areasOf(candidates));
    for (const CandidateSize size :
         {CandidateSize::Smallest, CandidateSize::Middle, CandidateSize::Largest}) {
        if (order[placeOf(size, order.size())] == index)
            return size;
    }
    return {};
}

std::size_t preferredCandidate(std::span<const MaskCandidate> candidates,
                               std::optional<CandidateSize> size)
{
    if (!size || candidates.size() < 3)
        return bestCandidate(candidates);
    return bySize(areasOf(candidates))[placeOf(*size, candidates.size())];
}

std::size_t preferredCandidate(std::span<const ScoredLogits> answers, const InputGeometry &geometry,
                               std::optional<CandidateSize> size)
{
    if (!size || answers.size() < 3) {
        const auto best = std::max_element(answers.begin(), answers.end(),
                                           [](const ScoredLogits &a, const ScoredLogits &b) {
                                               return a.predictedIou < b.predictedIou;
                                           });
        return static_cast<std::size_t>(best - answers.begin());
    }
    std::vector<std::int64_t> areas;
    for (const ScoredLogits &answer : answers)
        areas.push_back(areaFromLogits(answer.logits, geometry));
    return bySize(areas)[placeOf(*size, answers.size())];
}

std::size_t consistentCandidate(std::span<const MaskCandidate> candidates,
                                const ShownCandidate &last, ImagePoint position,
                                std::size_t otherwise)
{
    return consistent(candidates, last, position, otherwise);
}

std::size_t consistentCandidate(std::span<const ScoredLogits> answers, const ShownCandidate &last,
                                ImagePoint position, std::size_t otherwise)
{
    return consistent(answers, last, position, otherwise);
}

} // namespace core
