// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_merge.h"

#include "core/error.h"
#include "core/mask/rle_sweep.h"

#include <algorithm>
#include <cassert>
#include <string>

namespace core
{
namespace
{

template <typename Keep>
Rle sweepInto(const Rle &a, const Rle &b, Keep keep)
{
    Rle result{a.size, {0}};
    result.counts.reserve(a.counts.size() + b.counts.size());
    bool on = false;
    sweep(a, b, [&](std::uint32_t length, bool inA, bool inB) {
        if (keep(inA, inB) != on) {
            on = !on;
            result.counts.push_back(0);
        }
        result.counts.back() += length;
    });
    return result;
}

} // namespace

void requireSameSize(const Rle &a, const Rle &b)
{
    if (a.size == b.size)
        return;
    throw Error(ErrorKind::BadDataset,
                "A mask of " + std::to_string(a.size.width) + " x " +
                    std::to_string(a.size.height) + " pixels cannot be compared with one of " +
                    std::to_string(b.size.width) + " x " + std::to_string(b.size.height) + ".");
}

Rle combine(const Rle &a, const Rle &b, SetOperation operation)
{
    requireSameSize(a, b);
    switch (operation) {
    case SetOperation::Union:
        return sweepInto(a, b, [](bool inA, bool inB) { return inA || inB; });
    case SetOperation::Intersection:
        return sweepInto(a, b, [](bool inA, bool inB) { return inA && inB; });
    case SetOperation::SymmetricDifference:
        return sweepInto(a, b, [](bool inA, bool inB) { return inA != inB; });
    case SetOperation::Difference:
        break;
    }
    return sweepInto(a, b, [](bool inA, bool inB) { return inA && !inB; });
}

Rle merge(std::span<const Rle> masks, SetOperation operation)
{
    assert(!masks.empty());
    Rle result = masks.front();
    for (const Rle &mask : masks.subspan(1))
        result = combine(result, mask, operation);
    return result;
}

Rle withoutEmptyRuns(Rle rle)
{
    const auto second = rle.counts.begin() + (rle.counts.empty() ? 0 : 1);
    if (std::find(second, rle.counts.end(), 0u) == rle.counts.end())
        return rle;
    return combine(rle, rle, SetOperation::Union);
}

} // namespace core
