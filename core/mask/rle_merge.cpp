// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_merge.h"

#include "core/error.h"
#include "core/mask/rle_overlap.h"
#include "core/mask/rle_spans.h"
#include "core/mask/run_scratch.h"

#include <algorithm>
#include <cassert>
#include <string>
#include <utility>
#include <vector>

namespace core
{
namespace
{

/// Whether any run but the first is empty.
bool hasEmptyRuns(const Rle &rle)
{
    // Without an early end the compiler looks at several at a time.
    std::uint32_t any = 0;
    for (std::size_t i = 1; i < rle.counts.size(); ++i)
        any |= highestBitIfZero(rle.counts[i]);
    return any >> 31 != 0;
}

/// Whether a pixel is on that is `a` in one mask and `b` in the other.
constexpr bool isOn(bool a, bool b, SetOperation operation)
{
    switch (operation) {
    case SetOperation::Union:
        return a || b;
    case SetOperation::Intersection:
        return a && b;
    case SetOperation::Difference:
        return a && !b;
    default:
        return a != b;
    }
}

/// Any operation, from change to change: for SymmetricDifference and for masks so small that
/// overlap() would not be done with its preparations before this is.
template <SetOperation operation>
Rle stepwise(const Rle &a, const Rle &b)
{
    if (hasEmptyRuns(a) || hasEmptyRuns(b))
        return stepwise<operation>(withoutEmptyRuns(a), withoutEmptyRuns(b));
    Scratch counts(a.counts.size() + b.counts.size() + 1);
    std::uint32_t *count = counts.data();
    std::uint32_t last = 0;
    bool wasOn = false;
    std::size_t i = 0, j = 0;
    for (std::uint32_t endA = a.counts[0], endB = b.counts[0];;) {
        const std::uint32_t end = std::min(endA, endB);
        const bool endsA = endA == end, endsB = endB == end;
        i += endsA;
        j += endsB;
        if (i == a.counts.size() || j == b.counts.size())
            break; // both are at their end
        const bool on = isOn(i % 2 == 1, j % 2 == 1, operation);
        *count = end - last; // written whether it counts or not: no branch depends on it
        count += on != wasOn;
        last = on != wasOn ? end : last;
        wasOn = on;
        endA += endsA ? a.counts[i] : 0;
        endB += endsB ? b.counts[j] : 0;
    }
    *count++ = static_cast<std::uint32_t>(a.size.area()) - last;
    return {a.size, {counts.data(), count}};
}

/// Whether all pixels have that value. False for some ways to write it with empty runs.
bool isUniform(const Rle &rle, bool value)
{
    return value ? rle.counts.size() == 2 && rle.counts[0] == 0 : rle.counts.size() == 1;
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
    constexpr std::size_t few = 64;
    const bool areFew = a.counts.size() + b.counts.size() <= few;
    switch (operation) {
    case SetOperation::Union:
        return areFew ? stepwise<SetOperation::Union>(a, b) : overlap(a, false, b, false, false);
    case SetOperation::Intersection:
        return areFew ? stepwise<SetOperation::Intersection>(a, b)
                      : overlap(a, true, b, true, true);
    case SetOperation::Difference:
        return areFew ? stepwise<SetOperation::Difference>(a, b) : overlap(a, true, b, false, true);
    default:
        return stepwise<SetOperation::SymmetricDifference>(a, b);
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
    for (const Rle &mask : masks)
        requireSameSize(masks[0].size, mask.size);
    const bool neutral = operation == SetOperation::Intersection;
    const auto isFinal = [&](const Rle &mask) {
        return operation != SetOperation::SymmetricDifference && isUniform(mask, !neutral);
    };
    // A result that has grown waits for others of its kind, so that not every mask is led past all
    // that came before it. To be led past more runs costs little where they are taken over whole.
    constexpr std::size_t muchMore = 8;
    std::vector<Rle> results;
    const auto joins = [&](const Rle &next) {
        return !results.empty() &&
               results.back().counts.size() <= muchMore * next.counts.size() + 64;
    };
    const auto add = [&](const Rle &mask) {
        if (!joins(mask)) {
            results.push_back(mask);
            return;
        }
        Rle result = combine(results.back(), mask, operation);
        for (results.pop_back(); joins(result); results.pop_back())
            result = combine(results.back(), result, operation);
        results.push_back(std::move(result));
    };
    for (const Rle &mask : masks) {
        if (isUniform(mask, neutral))
            continue;
        add(mask);
        if (isFinal(results.back()))
            return std::move(results.back());
    }
    if (results.empty())
        return masks.front();                              // as all of them are
    Rle all = withoutEmptyRuns(std::move(results.back())); // which may be one of the masks
    for (results.pop_back(); !results.empty(); results.pop_back())
        all = combine(results.back(), all, operation);
    return all;
}

Rle withoutEmptyRuns(Rle rle)
{
    if (rle.counts.empty() || !hasEmptyRuns(rle))
        return rle;
    std::vector<std::uint32_t> counts{rle.counts[0]};
    for (std::size_t i = 1; i < rle.counts.size(); ++i) {
        if (rle.counts[i] == 0)
            continue;
        if (i % 2 == counts.size() % 2)
            counts.push_back(0);
        counts.back() += rle.counts[i];
    }
    return {rle.size, std::move(counts)};
}

} // namespace core
