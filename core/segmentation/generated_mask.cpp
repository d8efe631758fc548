// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/generated_mask.h"

#include "core/geometry/box_nms.h"
#include "core/mask/rle_measure.h"
#include "core/mask/small_regions.h"

#include <algorithm>

namespace core
{
namespace
{

/// Suppresses among `members` by score; the answer are members too.
template <typename Score>
std::vector<std::size_t> suppress(std::span<const GeneratedMask> masks,
                                  std::span<const std::size_t> members, double threshold,
                                  Score score)
{
    std::vector<Box> boxes;
    std::vector<float> scores;
    for (const std::size_t i : members) {
        boxes.push_back(masks[i].box);
        scores.push_back(score(masks[i]));
    }
    std::vector<std::size_t> kept = nonMaximumSuppression(boxes, scores, threshold);
    for (std::size_t &i : kept)
        i = members[i];
    return kept;
}

bool passes(const GeneratedMask &mask, const MaskThresholds &thresholds)
{
    // A threshold of 0 switches its filter off. Compared in float32, as the scores are.
    const auto iou = static_cast<float>(thresholds.predIouThresh);
    const auto stability = static_cast<float>(thresholds.stabilityScoreThresh);
    return (iou <= 0 || mask.predictedIou > iou) &&
           (stability <= 0 || mask.stabilityScore >= stability) && mask.area >= thresholds.minArea;
}

} // namespace

void measure(GeneratedMask &mask)
{
    const PixelRect block = boundingBox(mask.mask);
    mask.area = area(mask.mask);
    mask.box = block.isEmpty()
                   ? Box{}
                   : Box{double(block.x), double(block.y), double(block.x + block.width - 1),
                         double(block.y + block.height - 1)};
}

std::vector<std::size_t> filterMasks(std::span<const GeneratedMask> masks,
                                     const MaskThresholds &thresholds)
{
    std::vector<std::size_t> kept;
    bool hasCrops = false;
    for (std::size_t begin = 0, end = 0; begin < masks.size(); begin = end) {
        std::vector<std::size_t> members;
        for (; end < masks.size() && masks[end].crop == masks[begin].crop; ++end)
            if (passes(masks[end], thresholds))
                members.push_back(end);
        const auto best = suppress(masks, members, thresholds.boxNmsThresh,
                                   [](const GeneratedMask &mask) { return mask.predictedIou; });
        kept.insert(kept.end(), best.begin(), best.end());
        hasCrops |= begin > 0;
    }
    if (!hasCrops)
        return kept;
    return suppress(masks, kept, thresholds.cropNmsThresh, [](const GeneratedMask &mask) {
        return 1 / (float(mask.crop.width) * float(mask.crop.height));
    });
}

void cleanMasks(std::vector<GeneratedMask> &masks, double area, double nmsThreshold)
{
    std::vector<Box> boxes;
    std::vector<float> scores;
    for (GeneratedMask &mask : masks) {
        const bool filled = removeSmallRegions(mask.mask, area, SmallRegion::Hole);
        const bool cleared = removeSmallRegions(mask.mask, area, SmallRegion::Island);
        if (filled || cleared)
            measure(mask);
        boxes.push_back(mask.box);
        scores.push_back(filled || cleared ? 0.0f : 1.0f);
    }
    std::vector<GeneratedMask> kept;
    for (const std::size_t i : nonMaximumSuppression(boxes, scores, nmsThreshold))
        kept.push_back(std::move(masks[i]));
    masks = std::move(kept);
}

} // namespace core
