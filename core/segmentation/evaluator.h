// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/mask.h"
#include "core/segmentation/closer_look.h"
#include "core/segmentation/segmenter.h"

#include <array>
#include <span>
#include <stop_token>

namespace core
{

/// The clicks of one annotator; "after n clicks" is element n - 1.
inline constexpr int evaluationClicks = 10;
using PerClick = std::array<double, evaluationClicks>;

/// Masks whose predicted IoU lies in one fifth of 0 to 1. A calibrated model predicts in each what
/// it reaches there.
struct ReliabilityBin {
    int masks = 0;
    double predictedIou = 0; ///< mean
    double trueIou = 0;      ///< mean
};

/// Means over targets; IoU and F1 are those of the full-size masks against the targets.
struct EvaluationScores {
    int images = 0;
    int targets = 0;

    double boxIou = 0; ///< from the target's bounding box, the single mask
    double boxBoundaryF1 = 0;
    PerClick clickIou{};
    PerClick clickBoundaryF1{};

    // The first click leaves it open what is meant: what clickIou[0] is made of, before a closer
    // look.
    double firstClickSingleIou = 0; ///< had the single mask been taken
    double firstClickOracleIou = 0; ///< had the best of the candidates been taken

    double clicksTo85 =
        0; ///< clicks until the IoU is at least .85; evaluationClicks where it never is
    double clicksTo90 = 0;
    int missed85 = 0; ///< targets that never get there
    int missed90 = 0;

    /// By predicted IoU, of every mask the annotator was shown: after the box and each click.
    std::array<ReliabilityBin, 5> reliability{};

    double encodeMilliseconds = 0; ///< mean per picture or part of it
    double decodeMilliseconds = 0; ///< mean per prompt, without what it encodes
    double closerLooks = 0;        ///< mean per target, those that encoded a part of the picture
};

struct EvaluationOptions {
    bool carryLogits = true; ///< each answer's logits go into the next question
    bool focus = false;      ///< every target's surroundings are encoded on their own, see focus.h
    bool smallOnly = false;  ///< only targets that are worth a focus
    /// Models that gain by it look closer at what they found. Not where there is a focus already.
    bool lookCloser = true;
};

/// Measures a segmenter with a simulated annotator:
///
///     Evaluator evaluator(segmenter);
///     for (...)
///         evaluator.add(image.view(), targets);
///     print(evaluator.scores());
///
/// The first click is the pixel deepest inside the target; of the candidates the one of highest
/// predicted IoU is taken. Every further click goes to the deepest pixel of the larger error (see
/// click_simulator.h); it is asked with all clicks so far, the logits of the answer before and the
/// single mask. The annotator stops when nothing is wrong any more; the remaining clicks then count
/// as perfect. Knows no files.
class Evaluator
{
public:
    explicit Evaluator(Segmenter &segmenter, EvaluationOptions options = {})
        : m_segmenter(segmenter), m_options(options)
    {
    }

    /// Targets are masks of the image's size; empty ones are skipped. Looks at the token between
    /// prompts. Throws Error(Cancelled) and what the segmenter throws; targets finished before
    /// still count.
    void add(ImageView image, std::span<const Mask> targets, std::stop_token stop = {});

    EvaluationScores scores() const;

private:
    FocusedEmbedding encode(ImageView image, const PixelRect &window, std::stop_token stop);
    void addShown(double predictedIou, double trueIou);
    void addTarget(CloserLook look, const Mask &target, std::stop_token stop);

    Segmenter &m_segmenter;
    EvaluationOptions m_options;
    EvaluationScores m_sums;
    int m_prompts = 0;
    int m_encodes = 0;
};

} // namespace core
