// SPDX-License-Identifier: Apache-2.0
#include "core/torch/full_size_masks.h"

#include "core/segmentation/mask_postprocessing.h"
#include "core/torch/share_out.h"

namespace core
{

std::vector<std::vector<MaskCandidate>>
fullSizeMasks(std::vector<std::vector<ScoredLogits>> answers, const InputGeometry &geometry)
{
    std::vector<std::vector<MaskCandidate>> masks(answers.size());
    std::vector<std::pair<ScoredLogits *, MaskCandidate *>> work;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        masks[i].resize(answers[i].size());
        for (std::size_t m = 0; m < answers[i].size(); ++m)
            work.emplace_back(&answers[i][m], &masks[i][m]);
    }
    shareOut(work.size(), [&](std::size_t i) {
        const auto &[answer, candidate] = work[i];
        PostprocessedMask mask =
            postprocessMask(answer->logits.values, answer->logits.size, geometry);
        *candidate = {std::move(mask.mask), std::move(answer->logits), answer->predictedIou,
                      mask.stabilityScore};
    });
    return masks;
}

} // namespace core
