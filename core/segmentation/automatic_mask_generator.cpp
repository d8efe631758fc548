// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/automatic_mask_generator.h"

#include "core/error.h"
#include "core/mask/place.h"
#include "core/segmentation/suggested_thresholds.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace core
{
namespace
{

PixelRect cutToPicture(const PixelRect &rect, Size picture)
{
    const int x0 = std::clamp(rect.x, 0, picture.width);
    const int y0 = std::clamp(rect.y, 0, picture.height);
    const int x1 = std::clamp(rect.x + rect.width, x0, picture.width);
    const int y1 = std::clamp(rect.y + rect.height, y0, picture.height);
    return {x0, y0, x1 - x0, y1 - y0};
}

ImageView cut(const ImageView &image, const PixelRect &rect)
{
    return {
        image.row(rect.y) + std::ptrdiff_t(rect.x) * 3, {rect.width, rect.height}, image.stride};
}

std::size_t batches(std::size_t points, int perBatch)
{
    const auto size = static_cast<std::size_t>(perBatch);
    return (points + size - 1) / size;
}

} // namespace

AutomaticMaskGenerator::AutomaticMaskGenerator(ImageView image, const MaskGeneratorOptions &options)
    : m_image(image), m_options(options),
      m_grids(layerPointGrids(options.pointsPerSide, options.cropNLayers,
                              options.cropNPointsDownscaleFactor))
{
    assert(options.pointsPerSide > 0 && options.pointsPerBatch > 0 && options.cropNLayers >= 0);
    assert(options.cropNPointsDownscaleFactor > 0 && options.stabilityScoreOffset >= 0);
    PixelRect region = {0, 0, image.size.width, image.size.height};
    if (!options.region.isEmpty())
        region = cutToPicture(options.region, image.size);
    if (region.isEmpty())
        return; // finished before it began
    m_crops =
        cropLayers({region.width, region.height}, options.cropNLayers, options.cropOverlapRatio);
    for (Crop &crop : m_crops) {
        crop.rect.x += region.x;
        crop.rect.y += region.y;
        m_steps += 1 + batches(m_grids[std::size_t(crop.layer)].size(), options.pointsPerBatch);
    }
}

void AutomaticMaskGenerator::useEmbedding(std::shared_ptr<const ImageEmbedding> embedding)
{
    assert(m_stepsDone == 0 && !isFinished());
    assert((embedding->geometry().original ==
            Size{m_crops.front().rect.width, m_crops.front().rect.height}));
    m_embedding = std::move(embedding);
    m_stepsDone = 1;
}

void AutomaticMaskGenerator::forgetEmbedding()
{
    if (std::exchange(m_embedding, nullptr))
        --m_stepsDone;
}

const std::vector<ImagePoint> &AutomaticMaskGenerator::grid() const
{
    return m_grids[static_cast<std::size_t>(m_crops[m_crop].layer)];
}

double AutomaticMaskGenerator::progress() const
{
    return m_steps == 0 ? 1 : double(m_stepsDone) / double(m_steps);
}

void AutomaticMaskGenerator::step(Segmenter &segmenter, std::stop_token stop)
{
    if (stop.stop_requested())
        throw Error(ErrorKind::Cancelled, "Looking for everything was stopped.");
    if (isFinished())
        return;
    if (!m_embedding)
        m_embedding = segmenter.encode(cut(m_image, m_crops[m_crop].rect), std::move(stop));
    else
        askBatch(segmenter);
    ++m_stepsDone;
    if (m_embedding && m_point == grid().size()) {
        m_embedding = nullptr;
        m_point = 0;
        ++m_crop;
    }
}

void AutomaticMaskGenerator::askBatch(Segmenter &segmenter)
{
    const PixelRect &crop = m_crops[m_crop].rect;
    const std::size_t end =
        std::min(grid().size(), m_point + static_cast<std::size_t>(m_options.pointsPerBatch));
    std::vector<Prompt> prompts;
    for (std::size_t i = m_point; i < end; ++i) {
        Prompt &prompt = prompts.emplace_back();
        prompt.points = {{{grid()[i].x * crop.width, grid()[i].y * crop.height}}};
        prompt.output = MaskOutput::Multi;
    }
    const MaskThresholds &thresholds = m_options.thresholds;
    RunFilter filter;
    if (thresholds.predIouThresh > 0)
        filter.predictedIouAbove = static_cast<float>(thresholds.predIouThresh);
    filter.stabilityOffset = static_cast<float>(m_options.stabilityScoreOffset);
    auto answers = segmenter.decodeRuns(*m_embedding, prompts, filter);
    m_point = end;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const ImagePoint asked = prompts[i].points.front().position;
        for (ScoredRuns &answer : answers[i])
            take(std::move(answer), {asked.x + crop.x, asked.y + crop.y});
    }
}

void AutomaticMaskGenerator::take(ScoredRuns answer, ImagePoint point)
{
    const MaskThresholds &thresholds = m_options.thresholds;
    if (answer.stabilityScore < static_cast<float>(thresholds.stabilityScoreThresh))
        return;
    const PixelRect &crop = m_crops[m_crop].rect;
    if (answer.mask.size != m_image.size)
        answer.mask = place(answer.mask, crop.x, crop.y, m_image.size);
    GeneratedMask mask{
        std::move(answer.mask), answer.predictedIou, answer.stabilityScore, 0, {}, point, crop};
    measure(mask);
    if (mask.area > 0 && mask.area >= thresholds.minArea && !isCutOff(mask.box, crop, m_image.size))
        m_masks.push_back(std::move(mask));
}

std::vector<GeneratedMask> generateMasks(Segmenter &segmenter, ImageView image,
                                         const MaskGeneratorOptions &options, std::stop_token stop,
                                         const GenerationProgress &progress)
{
    MaskGeneratorOptions asked = options;
    if (options.suggestsThresholds)
        asked.thresholds = generousThresholds;
    AutomaticMaskGenerator generator(image, asked);
    while (!generator.isFinished()) {
        generator.step(segmenter, stop);
        if (progress)
            progress(generator.progress());
    }
    std::vector<GeneratedMask> found = generator.takeMasks();
    MaskThresholds thresholds = options.thresholds;
    if (options.suggestsThresholds) {
        thresholds = suggestedThresholds(found);
        thresholds.boxNmsThresh = options.thresholds.boxNmsThresh;
        thresholds.cropNmsThresh = options.thresholds.cropNmsThresh;
    }
    std::vector<GeneratedMask> masks;
    for (const std::size_t i : filterMasks(found, thresholds))
        masks.push_back(std::move(found[i]));
    if (options.minMaskRegionArea > 0)
        cleanMasks(masks, options.minMaskRegionArea,
                   std::max(thresholds.boxNmsThresh, thresholds.cropNmsThresh));
    return masks;
}

} // namespace core
