// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/segmenter.h"

#include "core/segmentation/crop_mask.h"

#include <algorithm>

namespace core
{

std::vector<std::vector<MaskCandidate>> Segmenter::decodeBatch(const ImageEmbedding &embedding,
                                                               std::span<const Prompt> prompts)
{
    std::vector<std::vector<MaskCandidate>> answers;
    answers.reserve(prompts.size());
    for (const Prompt &prompt : prompts)
        answers.push_back(decode(embedding, prompt));
    return answers;
}

std::vector<std::vector<ScoredLogits>> Segmenter::decodeLogits(const ImageEmbedding &embedding,
                                                               std::span<const Prompt> prompts)
{
    std::vector<std::vector<ScoredLogits>> answers;
    answers.reserve(prompts.size());
    for (const Prompt &prompt : prompts) {
        std::vector<ScoredLogits> &answer = answers.emplace_back();
        for (MaskCandidate &candidate : decode(embedding, prompt))
            answer.push_back({std::move(candidate.logits), candidate.predictedIou});
    }
    return answers;
}

std::vector<std::vector<ScoredRuns>> Segmenter::decodeRuns(const ImageEmbedding &embedding,
                                                           std::span<const Prompt> prompts,
                                                           const RunFilter &filter)
{
    const Size picture = embedding.geometry().original;
    std::vector<std::vector<ScoredRuns>> found(prompts.size());
    const auto answers = decodeLogits(embedding, prompts);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        for (const ScoredLogits &answer : answers[i]) {
            // The cheap filter first: most answers fall here, before they are enlarged.
            if (!(answer.predictedIou > filter.predictedIouAbove))
                continue;
            CropMask mask =
                cropMask(answer.logits, embedding.geometry(), {0, 0, picture.width, picture.height},
                         picture, filter.stabilityOffset);
            found[i].push_back({std::move(mask.mask), answer.predictedIou, mask.stabilityScore});
        }
    }
    return found;
}

std::size_t bestCandidate(std::span<const MaskCandidate> candidates)
{
    const auto best =
        std::max_element(candidates.begin(), candidates.end(), [](const auto &a, const auto &b) {
            return a.predictedIou < b.predictedIou;
        });
    return static_cast<std::size_t>(best - candidates.begin());
}

} // namespace core
