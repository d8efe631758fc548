// SPDX-License-Identifier: Apache-2.0
#include "core/torch/full_size_masks.h"

#include "core/segmentation/mask_postprocessing.h"

#include <torch/torch.h>

namespace core
{

void forEachMask(std::size_t count, const std::function<void(std::size_t)> &work)
{
    at::parallel_for(0, static_cast<std::int64_t>(count), 1,
                     [&](std::int64_t begin, std::int64_t end) {
                         for (std::int64_t i = begin; i < end; ++i)
                             work(static_cast<std::size_t>(i));
                     });
}

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
    forEachMask(work.size(), [&](std::size_t i) {
        const auto &[answer, candidate] = work[i];
        PostprocessedMask mask =
            postprocessMask(answer->logits.values, answer->logits.size, geometry);
        *candidate = {std::move(mask.mask), std::move(answer->logits), answer->predictedIou,
                      mask.stabilityScore};
    });
    return masks;
}

} // namespace core
