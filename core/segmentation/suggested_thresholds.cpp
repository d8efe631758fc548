// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/suggested_thresholds.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace core
{
namespace
{

constexpr double qualityShare = 0.85;
constexpr double stabilityShare = 0.7;
constexpr std::int64_t smallestArea = 100;

/// What has about the same box is one object, asked from many points: a wall that half of the grid
/// lies on counts once.
constexpr int boxStepsOfPicture = 16;

struct Scores {
    float quality = 0;
    float stability = 0;
};

std::vector<Scores> bestOfEachBox(std::span<const GeneratedMask> found)
{
    std::map<std::array<long, 4>, Scores> boxes;
    for (const GeneratedMask &mask : found) {
        const Size size = mask.mask.size;
        const double step = double(std::max(size.width, size.height)) / boxStepsOfPicture;
        Scores &best = boxes[{std::lround(mask.box.x0 / step), std::lround(mask.box.y0 / step),
                              std::lround(mask.box.x1 / step), std::lround(mask.box.y1 / step)}];
        best.quality = std::max(best.quality, mask.predictedIou);
        best.stability = std::max(best.stability, mask.stabilityScore);
    }
    std::vector<Scores> result;
    for (const auto &[box, scores] : boxes)
        result.push_back(scores);
    return result;
}

/// What three quarters of them do not reach.
double upperQuartile(std::vector<Scores> scores, float Scores::*score)
{
    if (scores.empty())
        return 0;
    const auto place = scores.begin() + std::ptrdiff_t(scores.size() * 3 / 4);
    std::nth_element(scores.begin(), place, scores.end(),
                     [score](const Scores &a, const Scores &b) { return a.*score < b.*score; });
    return *place.*score;
}

} // namespace

MaskThresholds suggestedThresholds(std::span<const GeneratedMask> found)
{
    MaskThresholds thresholds;
    const std::vector<Scores> scores = bestOfEachBox(found);
    thresholds.predIouThresh = qualityShare * upperQuartile(scores, &Scores::quality);
    thresholds.stabilityScoreThresh = stabilityShare * upperQuartile(scores, &Scores::stability);
    thresholds.minArea = smallestArea;
    return thresholds;
}

bool hasScoresOfSam(const SegmenterInfo &info)
{
    return info.architecture.find("SAM") != std::string::npos;
}

} // namespace core
