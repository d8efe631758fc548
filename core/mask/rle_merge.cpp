// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_merge.h"

#include "core/error.h"
#include "core/mask/rle_spans.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>
#include <memory>
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
    std::unique_ptr<std::uint32_t[]> far;
    if (sizeA + sizeB > nearby.size())
        far = std::make_unique_for_overwrite<std::uint32_t[]>(sizeA + sizeB);
    std::uint32_t *const counts = far ? far.get() : nearby.data();
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
            while (endA < endB) {
                change(endA);
                nextA();
            }
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

/// The same for masks so torn that what comes next cannot be foreseen, without a branch that would
/// have to be. Neither may have empty runs but a first one. The pixels on (or off) in `a` and on
/// (or off) in `b` are those on (or off) in the result, which by De Morgan's rules covers all
/// operations but SymmetricDifference.
Rle overlap(const Rle &a, bool onInA, const Rle &b, bool onInB, bool onInResult)
{
    const std::size_t most = (a.counts.size() + b.counts.size()) / 2 + 2;
    const auto spans = std::make_unique_for_overwrite<PixelSpan[]>(most);
    const std::span<const PixelSpan> spansA = writeSpans(a, onInA, spans.get());
    const std::span<const PixelSpan> spansB = writeSpans(b, onInB, spans.get() + spansA.size());

    // Where the result changes. Each step writes two places, whether they count or not.
    const SpanWalks walks(spansA, spansB);
    const std::size_t firstSteps = walks.first.a.size() + walks.first.b.size() + 1;
    const std::size_t secondSteps = walks.second.a.size() + walks.second.b.size() + 1;
    const auto places =
        std::make_unique_for_overwrite<std::uint32_t[]>(2 * (firstSteps + secondSteps));
    std::uint32_t *first = places.get();
    std::uint32_t *second = first + 2 * firstSteps;
    std::uint32_t *const secondBegin = second;
    const auto write = [](std::uint32_t *&place, std::uint32_t begin, std::uint32_t end) {
        place[0] = begin;
        place[1] = end;
        place += end > begin ? 2 : 0;
    };
    walk(
        walks, [&](std::uint32_t begin, std::uint32_t end) { write(first, begin, end); },
        [&](std::uint32_t begin, std::uint32_t end) { write(second, begin, end); });
    std::span<const std::uint32_t> changes(places.get(), std::copy(secondBegin, second, first));

    const auto area = static_cast<std::uint32_t>(a.size.area());
    Rle result{a.size, {}};
    result.counts.reserve(changes.size() + 2);
    if (!onInResult && !changes.empty() && changes[0] == 0)
        changes = changes.subspan(1); // the first run, which is off, begins there anyway
    else if (!onInResult)
        result.counts.push_back(0);
    const std::size_t before = result.counts.size();
    result.counts.resize(before + changes.size());
    std::uint32_t last = 0;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        result.counts[before + i] = changes[i] - last;
        last = changes[i];
    }
    if (last != area)
        result.counts.push_back(area - last);
    return result;
}

bool hasEmptyRuns(const Rle &rle)
{
    bool any = false; // no early end: so several are looked at at once
    for (std::size_t i = 1; i < rle.counts.size(); ++i)
        any |= rle.counts[i] == 0;
    return any;
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
    // A whole object has two changes in a column, its begin and its end.
    const bool areTorn =
        a.counts.size() + b.counts.size() > 5 * static_cast<std::size_t>(a.size.width);
    if (operation == SetOperation::Difference)
        return areTorn ? overlap(a, true, b, false, true)
                       : lead(a, b, [](bool inA, bool inB) { return inA && !inB; });
    // The more runs, the better they are led.
    const Rle &more = a.counts.size() < b.counts.size() ? b : a;
    const Rle &fewer = &more == &a ? b : a;
    switch (operation) {
    case SetOperation::Union:
        return areTorn ? overlap(more, false, fewer, false, false)
                       : lead(more, fewer, [](bool inA, bool inB) { return inA || inB; });
    case SetOperation::Intersection:
        return areTorn ? overlap(more, true, fewer, true, true)
                       : lead(more, fewer, [](bool inA, bool inB) { return inA && inB; });
    default:
        return lead(more, fewer, [](bool inA, bool inB) { return inA != inB; });
    }
}

Rle merge(std::span<const Rle> masks, SetOperation operation)
{
    assert(!masks.empty());
    if (masks.size() == 1)
        return masks.front();
    if (masks.size() == 2)
        return combine(masks[0], masks[1], operation);
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
