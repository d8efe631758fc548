// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/crop_layers.h"
#include "core/segmentation/mask_generator_options.h"
#include "core/segmentation/segmenter.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

namespace core
{

/// Everything in the picture, as SAM's automatic mask generator finds it: a grid of points is
/// asked, for the whole picture and, if wished, for crops of it; unsure, unstable and cut-off
/// masks are left out.
///
///     AutomaticMaskGenerator generator(image.view(), options);
///     while (!generator.isFinished())
///         generator.step(segmenter, stop); // between steps other questions may be asked
///     masks = generator.takeMasks();       // all that passed, before duplicates are suppressed
///     filterMasks(masks, thresholds);      // there they go, as often as a slider moves
///
/// generateMasks() is all of that in one call. A step is the encoding of one crop or one batch of
/// points. Crops are encoded one after the other, masks kept as run lengths; the order depends on
/// nothing but the options. Masks without a pixel are dropped (SAM keeps them when its stability
/// filter is off).
class AutomaticMaskGenerator
{
public:
    /// The image's pixels must outlive the generator. A region is cut off at the picture's borders.
    explicit AutomaticMaskGenerator(ImageView image, const MaskGeneratorOptions &options = {});

    /// Saves encoding the first crop, which is all of the picture or of the region.
    void useEmbedding(std::shared_ptr<const ImageEmbedding> embedding);

    /// Throws Error(Cancelled) when asked to stop, and what the segmenter throws; a step that
    /// failed may be tried again.
    void step(Segmenter &segmenter, std::stop_token stop = {});
    /// Before another segmenter goes on: embeddings are of no use to it.
    void forgetEmbedding();
    bool isFinished() const { return m_crop == m_crops.size(); }
    double progress() const; ///< 0..1, of the steps

    std::vector<GeneratedMask> takeMasks() { return std::move(m_masks); }

private:
    void askBatch(Segmenter &segmenter);
    void take(ScoredRuns answer, ImagePoint point);
    const std::vector<ImagePoint> &grid() const;

    ImageView m_image;
    MaskGeneratorOptions m_options;
    std::vector<Crop> m_crops; ///< in picture pixels
    std::vector<std::vector<ImagePoint>> m_grids;
    std::size_t m_crop = 0;                            ///< the one being looked at
    std::size_t m_point = 0;                           ///< the next one of its grid
    std::shared_ptr<const ImageEmbedding> m_embedding; ///< of the crop, null before it is made
    std::size_t m_steps = 0;
    std::size_t m_stepsDone = 0;
    std::vector<GeneratedMask> m_masks;
};

/// 0..1
using GenerationProgress = std::function<void(double)>;

/// The same masks in the same order as SAM's generator gives, unless the thresholds are to be
/// suggested. Looks at the token between batches
/// and throws Error(Cancelled).
std::vector<GeneratedMask> generateMasks(Segmenter &segmenter, ImageView image,
                                         const MaskGeneratorOptions &options = {},
                                         std::stop_token stop = {},
                                         const GenerationProgress &progress = {});

} // namespace core
