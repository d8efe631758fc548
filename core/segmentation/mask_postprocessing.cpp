// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/mask_postprocessing.h"

#include "core/segmentation/logit_rows.h"

#include <algorithm>
#include <cstdint>

namespace core
{

namespace
{

/// Pixels of the two cuts; the inner one lies within the outer one, so their ratio is their IoU.
struct Cuts {
    std::int64_t inner = 0;
    std::int64_t outer = 0;
    void add(std::span<const float> logits, float offset)
    {
        std::int32_t rowInner = 0;
        std::int32_t rowOuter = 0;
        for (const float logit : logits) {
            rowInner += logit > maskThreshold + offset;
            rowOuter += logit > maskThreshold - offset;
        }
        inner += rowInner;
        outer += rowOuter;
    }
    float score() const
    {
        return outer == 0 ? 0.0f : static_cast<float>(inner) / static_cast<float>(outer);
    }
};

} // namespace

PostprocessedMask postprocessMask(std::span<const float> values, Size logitsSize,
                                  const InputGeometry &geometry, float stabilityOffset)
{
    LogitRows rows(values, logitsSize, geometry);
    PostprocessedMask result{Mask(geometry.original), 0.0f};
    Cuts cuts;
    for (int y = 0; y < geometry.original.height; ++y) {
        const std::span<const float> logits = rows.row(y);
        std::uint8_t *pixels = result.mask.row(y);
        for (std::size_t x = 0; x < logits.size(); ++x)
            pixels[x] = logits[x] > maskThreshold;
        cuts.add(logits, stabilityOffset);
    }
    result.stabilityScore = cuts.score();
    return result;
}

Mask maskFromLogits(const LowResLogits &logits, const InputGeometry &geometry, float threshold)
{
    LogitRows rows(logits.values, logits.size, geometry);
    Mask mask(geometry.original);
    for (int y = 0; y < geometry.original.height; ++y) {
        const std::span<const float> row = rows.row(y);
        std::transform(row.begin(), row.end(), mask.row(y),
                       [threshold](float logit) { return std::uint8_t(logit > threshold); });
    }
    return mask;
}

float stabilityScore(const LowResLogits &logits, const InputGeometry &geometry, float offset)
{
    LogitRows rows(logits.values, logits.size, geometry);
    Cuts cuts;
    for (int y = 0; y < geometry.original.height; ++y)
        cuts.add(rows.row(y), offset);
    return cuts.score();
}

} // namespace core
