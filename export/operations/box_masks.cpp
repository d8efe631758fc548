// SPDX-License-Identifier: Apache-2.0
#include "export/operations/box_masks.h"

#include "core/error.h"
#include "core/segmentation/closer_look.h"
#include "export/json/foreign_keys.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace exporters
{
namespace
{

/// Answers come at the picture's size, a byte a pixel, so not all of a crowded picture at once.
/// The number may depend on nothing but the picture: other batches can give other last bits.
std::size_t boxesAtOnce(core::Size size)
{
    constexpr long long mostPixels = 100'000'000;
    return std::size_t(std::clamp(mostPixels / std::max(size.area(), 1LL), 1LL, 16LL));
}

/// A detector may have seen the picture a little larger than it is.
core::Box inside(const core::Box &box, core::Size size)
{
    const auto x = [&](double value) { return std::clamp(value, -0.5, size.width - 0.5); };
    const auto y = [&](double value) { return std::clamp(value, -0.5, size.height - 0.5); };
    return {x(box.x0), y(box.y0), x(box.x1), y(box.y1)};
}

double rounded(double value)
{
    return std::round(value * 1e4) / 1e4;
}

core::Annotation annotationFrom(const Detection &detection, const core::MaskCandidate &candidate)
{
    core::Annotation annotation;
    annotation.mask = core::encode(candidate.mask);
    if (detection.isScored)
        annotation.score = detection.score;
    annotation.isCrowd = detection.isCrowd;
    annotation.foreign = detection.foreign;
    setForeignKey(annotation.foreign, "predicted_iou", rounded(candidate.predictedIou));
    setForeignKey(annotation.foreign, "stability_score", rounded(candidate.stabilityScore));
    return annotation;
}

} // namespace

std::vector<core::Annotation>
masksOfBoxes(core::Segmenter &segmenter, core::ImageView image,
             std::span<const Detection *const> detections,
             const std::unordered_map<std::string, core::Id> &categoryIds, bool lookCloser,
             const std::stop_token &stop)
{
    std::vector<core::Annotation> annotations;
    if (detections.empty())
        return annotations;
    const auto embedding = segmenter.encode(image, stop);
    const core::FocusedEmbedding whole = core::wholeView(embedding);
    core::CloserLook look(segmenter, whole,
                          lookCloser ? core::CloserLook::partsOf(segmenter, image, stop) : nullptr);
    const std::size_t atOnce = boxesAtOnce(image.size);
    for (std::size_t begin = 0; begin < detections.size(); begin += atOnce) {
        if (stop.stop_requested())
            throw core::Error(core::ErrorKind::Cancelled, "Looking for masks was stopped.");
        const auto batch = detections.subspan(begin, std::min(atOnce, detections.size() - begin));
        std::vector<core::Prompt> prompts(batch.size());
        for (std::size_t i = 0; i < batch.size(); ++i)
            prompts[i].box = inside(batch[i]->box, image.size);
        auto answers = segmenter.decodeBatch(*embedding, prompts);
        for (std::size_t i = 0; i < batch.size(); ++i) {
            core::MaskCandidate &best = answers[i][core::bestCandidate(answers[i])];
            const auto seen = look.closer(prompts[i], {std::move(best), core::placeOf(whole)});
            annotations.push_back(annotationFrom(*batch[i], seen.candidate));
            annotations.back().categoryId = categoryIds.at(batch[i]->category);
        }
    }
    return annotations;
}

} // namespace exporters
