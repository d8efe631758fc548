// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/segmenter.h"

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

std::size_t bestCandidate(std::span<const MaskCandidate> candidates)
{
    const auto best =
        std::max_element(candidates.begin(), candidates.end(), [](const auto &a, const auto &b) {
            return a.predictedIou < b.predictedIou;
        });
    return static_cast<std::size_t>(best - candidates.begin());
}

} // namespace core
