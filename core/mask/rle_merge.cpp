// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_merge.h"

#include "core/error.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>
#include <string>

namespace core
{
namespace
{

/// Leads the runs of `a` past those of `b`. Neither may have empty runs but a first one. `isOn(a,
/// b)` says whether a pixel is on that is `a` in one and `b` in the other; off in both is off.
template <typename IsOn>
Rle lead(const Rle &a, const Rle &b, IsOn isOn)
{
    constexpr std::uint32_t never = std::numeric_limits<std::uint32_t>::max();
    const std::size_t sizeA = a.counts.size(), sizeB = b.counts.size();
    std::array<std::uint32_t, 1024> nearby; // small masks need no other memory
    std::vector<std::uint32_t> far(sizeA + sizeB > nearby.size() ? sizeA + sizeB : 0);
    std::uint32_t *const counts = far.empty() ? nearby.data() : far.data();
    std::uint32_t *count = counts;
    std::uint32_t last = 0; // where the run that is being made began
    const auto change = [&](std::uint32_t place) {
        *count++ = place - last;
        last = place;
    };
    std::size_t i = 0;
    std::uint32_t endA = a.counts[0], endB = 0;
    const auto nextA = [&] { endA = ++i < sizeA ? endA + a.counts[i] : never; };
    for (std::size_t j = 0; j < sizeB; ++j) {
        endB += b.counts[j];
        const bool inB = j % 2 == 1;
        // As long as b does not change, the result changes wherever a does, or nowhere.
        if (isOn(false, inB) != isOn(true, inB)) {
            for (; endA < endB; nextA())
                change(endA);
        } else {
            while (endA < endB)
                nextA();
        }
        const bool before = isOn(i % 2 == 1, inB);
        if (endA == endB)
            nextA();
        if (isOn(i % 2 == 1, !inB) != before && j + 1 < sizeB)
            change(endB);
    }
    change(endB);
    return {a.size, {counts, count}};
}

bool hasEmptyRuns(const Rle &rle)
{
    return std::count(rle.counts.begin() + 1, rle.counts.end(), 0U) != 0;
}

} // namespace

void requireSameSize(Size a, Size b)
{
    if (a == b)
        return;
    throw Error(ErrorKind::BadDataset,
                "A mask of " + std::to_string(a.width) + " x " + std::to_string(a.height) +
                    " pixels cannot be compared with one of " + std::to_string(b.width) + " x " +
                    std::to_string(b.height) + ".");
}

Rle combine(const Rle &a, const Rle &b, SetOperation operation)
{
    requireSameSize(a.size, b.size);
    if (a.counts.empty() || b.counts.empty())
        return {a.size, {0}};
    if (hasEmptyRuns(a) || hasEmptyRuns(b))
        return combine(withoutEmptyRuns(a), withoutEmptyRuns(b), operation);
    if (operation == SetOperation::Difference)
        return lead(a, b, [](bool inA, bool inB) { return inA && !inB; });
    // The more runs, the better they are led.
    const Rle &more = a.counts.size() < b.counts.size() ? b : a;
    const Rle &fewer = &more == &a ? b : a;
    switch (operation) {
    case SetOperation::Union:
        return lead(more, fewer, [](bool inA, bool inB) { return inA || inB; });
    case SetOperation::Intersection:
        return lead(more, fewer, [](bool inA, bool inB) { return inA && inB; });
    default:
        return lead(more, fewer, [](bool inA, bool inB) { return inA != inB; });
    }
}

Rle merge(std::span<const Rle> masks, SetOperation operation)
{
    assert(!masks.empty());
    if (masks.size() == 1)
        return masks.front();
    if (operation == SetOperation::Difference)
        return combine(masks[0], merge(masks.subspan(1), SetOperation::Union), operation);
    // A result that has grown waits for others of its kind, so that not every mask is led past all
    // that came before it.
    std::vector<Rle> results;
    const auto joins = [&](const Rle &next) {
        return !results.empty() && results.back().counts.size() <= 2 * next.counts.size() + 64;
    };
    for (const Rle &mask : masks) {
        if (!joins(mask)) {
            results.push_back(mask);
            continue;
        }
        Rle result = combine(results.back(), mask, operation);
        for (results.pop_back(); joins(result); results.pop_back())
            result = combine(results.back(), result, operation);
        results.push_back(std::move(result));
    }
    Rle all = std::move(results.back());
    for (results.pop_back(); !results.empty(); results.pop_back())
        all = combine(results.back(), all, operation);
    return all;
}

Rle withoutEmptyRuns(Rle rle)
{
    if (rle.counts.empty() || !hasEmptyRuns(rle))
        return rle;
    Rle result{rle.size, {rle.counts[0]}};
    for (std::size_t i = 1; i < rle.counts.size(); ++i) {
        if (rle.counts[i] == 0)
            continue;
        if (i % 2 == result.counts.size() % 2)
            result.counts.push_back(0);
        result.counts.back() += rle.counts[i];
    }
    return result;
}

} // namespace core
