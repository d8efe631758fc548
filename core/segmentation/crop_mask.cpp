// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/crop_mask.h"

#include "core/mask/rle_encoder.h"
#include "core/segmentation/logit_loops.h"
#include "core/segmentation/logit_rows.h"
#include "core/segmentation/mask_postprocessing.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace core
{
namespace
{

struct RowRange {
    int begin = 0;
    int end = 0;
};

/// The rows of the crop that may hold a logit above `cut`. Enlarging only mixes neighbours, so
/// everywhere else there is none: most masks are small, and most rows need not be made.
RowRange rowsAbove(const LowResLogits &logits, const InputGeometry &geometry, float cut)
{
    constexpr float rounding = 1e-3f;
    int first = logits.size.height;
    int last = -1;
    for (int y = 0; y < logits.size.height; ++y) {
        const float *row = logits.values.data() + std::ptrdiff_t(y) * logits.size.width;
        if (std::any_of(row, row + logits.size.width,
                        [&](float value) { return value > cut - rounding; })) {
            first = std::min(first, y);
            last = y;
        }
    }
    if (last < 0)
        return {};
    // A cell reaches one cell further, and the second resize one pixel of the first; one to spare.
    const double cell = double(geometry.padded.height) / logits.size.height;
    const double pixel = double(geometry.original.height) / geometry.resized.height;
    const auto place = [&](double row, int spare) {
        return static_cast<int>(std::floor((row * cell + 2 * spare) * pixel)) + spare;
    };
    return {std::clamp(place(first - 2, -1), 0, geometry.original.height),
            std::clamp(place(last + 3, 1) + 1, 0, geometry.original.height)};
}

} // namespace

CropMask cropMask(const LowResLogits &logits, const InputGeometry &geometry, const PixelRect &crop,
                  Size picture, float stabilityOffset)
{
    const RowRange range = rowsAbove(logits, geometry, maskThreshold - stabilityOffset);
    LogitRows rows(logits.values, logits.size, geometry);
    RleEncoder encoder(picture);
    const std::vector<std::uint8_t> empty(static_cast<std::size_t>(picture.width), 0);
    std::vector<std::uint8_t> pixels = empty;
    std::int64_t inner = 0;
    std::int64_t outer = 0;
    for (int y = 0; y < picture.height; ++y) {
        const int row = y - crop.y;
        if (row < range.begin || row >= range.end) {
            encoder.addRow(empty.data());
            continue;
        }
        const std::span<const float> values = rows.row(row);
        markAbove(values, maskThreshold, pixels.data() + crop.x);
        inner += countAbove(values, maskThreshold + stabilityOffset);
        outer += countAbove(values, maskThreshold - stabilityOffset);
        encoder.addRow(pixels.data());
    }
    return {encoder.finish(),
            outer == 0 ? 0.0f : static_cast<float>(inner) / static_cast<float>(outer)};
}

} // namespace core
