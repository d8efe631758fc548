// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/held_out.h"

#include "core/segmentation/evaluator.h"
#include "core/torch/compact/compact_segmenter.h"
#include "core/torch/training/region_picker.h"
#include "core/torch/training/weights.h"

#include <cstdio>

namespace core
{
namespace
{

constexpr int regionsPerScene = 2;

} // namespace

std::string measureHeldOut(const TrainingState &state, const SceneSource &scenes,
                           const TrainingOptions &options)
{
    compact::CompactModel copy(state.config);
    copyWeights(copy, state.average);
    compact::CompactSegmenter segmenter(copy, "held-out", Runtime{});
    Evaluator evaluator(segmenter);
    for (std::uint64_t i = 0; i < options.heldOutScenes; ++i) {
        const TrainingScene scene = scenes.scene(i);
        const Size size = scene.image.size;
        const CropWindow whole{0, 0, std::min(size.width, size.height)};
        Random random(options.seed, i);
        std::vector<Mask> targets;
        for (int r = 0; r < regionsPerScene && size.width == size.height; ++r) {
            if (auto mask = pickRegion(scene, whole, random))
                targets.push_back(std::move(*mask));
        }
        evaluator.add(scene.image.view(), targets);
    }
    const EvaluationScores s = evaluator.scores();
    char text[240];
    std::snprintf(
        text, sizeof text,
        "held-out (%d targets): box %.3f  clicks 1 %.3f (single %.3f, oracle %.3f)  2 %.3f  3 "
        "%.3f  5 %.3f  10 %.3f",
        s.targets, s.boxIou, s.clickIou[0], s.firstClickSingleIou, s.firstClickOracleIou,
        s.clickIou[1], s.clickIou[2], s.clickIou[4], s.clickIou[9]);
    return text;
}

} // namespace core
