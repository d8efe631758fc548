// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/evaluator.h"

#include "core/error.h"
#include "core/mask/boundary_f1.h"
#include "core/mask/mask_measure.h"
#include "core/segmentation/click_simulator.h"

#include <algorithm>
#include <cassert>
#include <chrono>

namespace core
{
namespace
{

class Stopwatch
{
public:
    double milliseconds() const
    {
        return std::chrono::duration<double, std::milli>(Clock::now() - m_start).count();
    }

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point m_start = Clock::now();
};

void throwIfStopped(const std::stop_token &stop)
{
    if (stop.stop_requested())
        throw Error(ErrorKind::Cancelled, "The evaluation was stopped.");
}

/// As SAM takes boxes: the corners are pixel positions, so the last pixel itself is the far corner.
Box boxOf(const Mask &target)
{
    const PixelRect rect = boundingBox(target);
    return {double(rect.x), double(rect.y), double(rect.x + rect.width - 1),
            double(rect.y + rect.height - 1)};
}

/// Clicks until `goal` is reached; evaluationClicks + 1 where it never is.
int clicksTo(double goal, const PerClick &ious)
{
    const auto reached =
        std::find_if(ious.begin(), ious.end(), [&](double i) { return i >= goal; });
    return int(reached - ious.begin()) + 1;
}

} // namespace

FocusedEmbedding Evaluator::encode(ImageView image, const PixelRect &window, std::stop_token stop)
{
    const Stopwatch watch;
    FocusedEmbedding view{m_segmenter.encode(image.part(window), stop), window, image.size};
    m_sums.encodeMilliseconds += watch.milliseconds();
    ++m_encodes;
    return view;
}

void Evaluator::addShown(double predictedIou, double trueIou)
{
    auto &bins = m_sums.reliability;
    const auto last = double(bins.size() - 1);
    auto &bin = bins[std::size_t(std::clamp(predictedIou * double(bins.size()), 0.0, last))];
    ++bin.masks;
    bin.predictedIou += predictedIou;
    bin.trueIou += trueIou;
}

void Evaluator::addTarget(CloserLook look, const Mask &target, std::stop_token stop)
{
    throwIfStopped(stop);
    const auto timed = [this](const auto &work) {
        const Stopwatch watch;
        const double encoding = m_sums.encodeMilliseconds;
        auto result = work();
        m_sums.decodeMilliseconds += watch.milliseconds() - (m_sums.encodeMilliseconds - encoding);
        return result;
    };
    const auto ask = [&](const Prompt &prompt, const std::optional<PlacedLogits> &previous) {
        ++m_prompts;
        return timed([&] { return look.ask(prompt, previous); });
    };
    const auto best = [&](const Prompt &prompt, std::vector<CloserLook::Seen> answers) {
        return timed([&] { return look.best(prompt, std::move(answers)); });
    };
    EvaluationScores one;
    Prompt boxPrompt;
    boxPrompt.box = boxOf(target);
    boxPrompt.output = MaskOutput::Single;
    const MaskCandidate boxed = best(boxPrompt, ask(boxPrompt, {})).candidate;
    one.boxIou = iou(boxed.mask, target);
    one.boxBoundaryF1 = boundaryF1(boxed.mask, target);
    addShown(boxed.predictedIou, one.boxIou);

    one.clickIou.fill(1);
    one.clickBoundaryF1.fill(1);
    Prompt prompt;
    Mask answer(target.size);
    std::optional<PlacedLogits> previous;
    for (int click = 0; click < evaluationClicks; ++click) {
        throwIfStopped(stop);
        const auto point = nextClick(target, answer);
        if (!point)
            break;
        prompt.points.push_back(*point);
        if (click == 0) {
            prompt.output = MaskOutput::Single;
            one.firstClickSingleIou = iou(ask(prompt, {}).front().candidate.mask, target);
        }
        prompt.output = click == 0 ? MaskOutput::Multi : MaskOutput::Single;
        std::vector<CloserLook::Seen> answers = ask(prompt, previous);
        if (click == 0) {
            for (const CloserLook::Seen &seen : answers) {
                one.firstClickOracleIou =
                    std::max(one.firstClickOracleIou, iou(seen.candidate.mask, target));
            }
        }
        CloserLook::Seen shown = best(prompt, std::move(answers));
        answer = std::move(shown.candidate.mask);
        if (m_options.carryLogits)
            previous = shown.logits();
        const auto index = static_cast<std::size_t>(click);
        one.clickIou[index] = iou(answer, target);
        one.clickBoundaryF1[index] = boundaryF1(answer, target);
        addShown(shown.candidate.predictedIou, one.clickIou[index]);
    }

    ++m_sums.targets;
    m_sums.boxIou += one.boxIou;
    m_sums.boxBoundaryF1 += one.boxBoundaryF1;
    m_sums.firstClickSingleIou += one.firstClickSingleIou;
    m_sums.firstClickOracleIou += one.firstClickOracleIou;
    for (std::size_t i = 0; i < one.clickIou.size(); ++i) {
        m_sums.clickIou[i] += one.clickIou[i];
        m_sums.clickBoundaryF1[i] += one.clickBoundaryF1[i];
    }
    const int to85 = clicksTo(.85, one.clickIou);
    const int to90 = clicksTo(.90, one.clickIou);
    m_sums.clicksTo85 += std::min(to85, evaluationClicks);
    m_sums.clicksTo90 += std::min(to90, evaluationClicks);
    m_sums.missed85 += to85 > evaluationClicks;
    m_sums.missed90 += to90 > evaluationClicks;
}

void Evaluator::add(ImageView image, std::span<const Mask> targets, std::stop_token stop)
{
    FocusedEmbedding whole;
    if (!m_options.focus || m_options.smallOnly)
        whole = encode(image, wholeWindow(image.size), stop);
    ++m_sums.images;
    const CloserLook::Encode part = [&](const PixelRect &window) {
        m_sums.closerLooks += 1;
        return encode(image, window, stop).embedding;
    };
    for (const Mask &target : targets) {
        assert(target.size == image.size);
        if (area(target) == 0)
            continue;
        const Box box = boxOf(target);
        if (m_options.smallOnly &&
            !isWorthFocus(box, whole.embedding->geometry(), whole.embedding->logitsSize()))
            continue;
        if (m_options.focus) {
            const FocusedEmbedding view = encode(image, focusWindow(box, image.size), stop);
            addTarget({m_segmenter, view, nullptr}, target, stop);
        } else {
            addTarget({m_segmenter, whole, m_options.lookCloser ? part : nullptr}, target, stop);
        }
    }
}

EvaluationScores Evaluator::scores() const
{
    EvaluationScores means = m_sums;
    const double targets = std::max(1, m_sums.targets);
    for (double *sum :
         {&means.boxIou, &means.boxBoundaryF1, &means.firstClickSingleIou,
          &means.firstClickOracleIou, &means.clicksTo85, &means.clicksTo90, &means.closerLooks})
        *sum /= targets;
    for (double &sum : means.clickIou)
        sum /= targets;
    for (double &sum : means.clickBoundaryF1)
        sum /= targets;
    for (ReliabilityBin &bin : means.reliability) {
        bin.predictedIou /= std::max(1, bin.masks);
        bin.trueIou /= std::max(1, bin.masks);
    }
    means.encodeMilliseconds /= std::max(1, m_encodes);
    means.decodeMilliseconds /= std::max(1, m_prompts);
    return means;
}

} // namespace core
