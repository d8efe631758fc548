// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/training_step.h"

#include "core/torch/training/far_view.h"
#include "core/torch/training/losses.h"
#include "core/torch/training/prompt_simulator.h"

namespace core
{
namespace
{

constexpr double singleWeight = 0.5;      // first click: the single mask beside the best of three
constexpr double otherMasksWeight = 0.05; // keeps the two losing masks alive
constexpr int learnedRoundsAtMost = 2;
constexpr float largestOrigin = 128; // pixels
// As closer looks are: an object of an eighth to two thirds of a picture fills most of its window.
constexpr float closerShare = 0.4f; // of the steps begin with a closer look
constexpr float leastFarScale = 0.25f, largestFarScale = 0.85f;

/// The mask a person is shown after the first prompt: from a box the single one; after a click the
/// one with the highest predicted IoU, or half of the time the truly best one.
torch::Tensor shownFirst(const compact::DecodedMasks &masks, const torch::Tensor &losses,
                         const torch::Tensor &startedWithBox, Random &random)
{
    const auto count = startedWithBox.size(0);
    auto usesBest = torch::empty({count}, torch::kBool);
    for (std::int64_t p = 0; p < count; ++p)
        usesBest.data_ptr<bool>()[p] = random.chance(0.5f);
    const auto device = losses.device();
    const auto best = losses.slice(1, 1).argmin(1) + 1;
    const auto predicted = masks.iou.slice(1, 1).argmax(1) + 1;
    const auto choice = torch::where(usesBest.to(device, true), best, predicted) *
                        (1 - startedWithBox.to(device, true)).to(torch::kLong);
    const auto index =
        choice.view({-1, 1, 1, 1}).expand({-1, 1, masks.logits.size(2), masks.logits.size(3)});
    return masks.logits.detach().gather(1, index);
}

/// The first round: the best of the three ambiguity-aware masks is the one that learns.
torch::Tensor firstLoss(const torch::Tensor &losses, const torch::Tensor &startedWithBox)
{
    const auto three = losses.slice(1, 1);
    const auto best = three.amin(1) + otherMasksWeight * three.mean(1);
    const auto single = losses.select(1, 0);
    const auto box = startedWithBox.to(losses.device(), true);
    return (best * (1 - 0.5 * box) + single * (singleWeight + 0.5 * box)).mean();
}

} // namespace

RoundPlan drawRounds(Random &random)
{
    constexpr std::array<int, 20> rounds{1, 1, 1, 1, 2, 2, 2, 2, 2, 2,
                                         3, 3, 3, 3, 4, 4, 5, 6, 7, 9};
    RoundPlan plan;
    if (random.chance(closerShare)) {
        constexpr std::array<int, 6> closerRounds{1, 1, 1, 2, 2, 3};
        plan.farScale = random.logUniform(leastFarScale, largestFarScale);
        plan.rounds = closerRounds[std::size_t(random.index(int(closerRounds.size())))];
        plan.learned.assign(std::size_t(plan.rounds), false);
        plan.learned.front() = plan.learned.back() = true;
        return plan;
    }
    plan.rounds = rounds[std::size_t(random.index(int(rounds.size())))];
    plan.learned.assign(std::size_t(plan.rounds), plan.rounds <= learnedRoundsAtMost);
    if (plan.rounds > learnedRoundsAtMost) {
        plan.learned.back() = true;
        plan.learned[std::size_t(random.index(plan.rounds - 1))] = true;
    }
    return plan;
}

StepReport computeGradients(compact::CompactModel &model, const torch::Tensor &images,
                            const torch::Tensor &targets, const StepOptions &options, Random random)
{
    const auto device = model->parameters().front().device();
    const auto truth = targets.flatten(0, 1).unsqueeze(1);
    const auto truthOnDevice = truth.to(device, true).to(torch::kFloat) / 255;
    const std::array<float, 2> origin{random.uniform(0, largestOrigin),
                                      random.uniform(0, largestOrigin)};
    PromptSimulator person(truth, Random(random.next(), 1), options.clickThreads);
    const auto pictures = images.to(device, true);
    auto prompts = person.first().to(device);

    // Numbers to report stay where they are until the end: to read one makes the host wait.
    torch::Tensor focal, dice, iouErrors, firstIou, lastIou;
    torch::Tensor loss = torch::zeros({}, truthOnDevice.options());
    torch::Tensor shown;
    const bool looksCloser = options.plan.farScale < 1;
    if (looksCloser) {
        const torch::NoGradGuard noGrad;
        const auto masks =
            seenFromAfar(model, pictures, prompts, options.plan.farScale, origin, options.type);
        const auto losses = maskLosses(masks.logits, truthOnDevice).total();
        shown = shownFirst(masks, losses, person.startedWithBox(), random);
        firstIou = hardIou(shown, truthOnDevice).mean();
        prompts.previous = shown;
        prompts.hasPrevious = torch::ones_like(prompts.hasPrevious);
    }
    const auto features = model->encode(compact::normalizedPixels(pictures, options.type));
    for (int round = 0; round < options.plan.rounds; ++round) {
        const bool isLearned = options.plan.learned[std::size_t(round)];
        const bool isFirst = round == 0 && !looksCloser; // three masks to choose from
        const at::AutoGradMode gradient(isLearned);
        if (round > 0)
            prompts = person.next(shown).to(device);
        const auto masks = model->decode(features, prompts, origin);
        const auto logits = isFirst ? masks.logits : masks.logits.slice(1, 0, 1);
        const auto predicted = isFirst ? masks.iou : masks.iou.slice(1, 0, 1);
        if (isFirst || isLearned) {
            const auto losses = maskLosses(logits, truthOnDevice);
            const auto iou = hardIou(logits, truthOnDevice);
            const auto iouError = (predicted - iou).square().mean();
            const auto total = losses.total();
            loss = loss + (isFirst ? firstLoss(total, person.startedWithBox()) : total.mean()) +
                   iouError;
            focal = losses.focal.detach().amin(1).mean();
            dice = losses.dice.detach().amin(1).mean();
            lastIou = iou.select(1, 0).mean();
            if (round == 0)
                iouErrors = iouError.detach();
            if (isFirst) {
                firstIou = iou.slice(1, 1).amax(1).mean();
                shown = shownFirst(masks, total.detach(), person.startedWithBox(), random);
            }
        }
        if (!isFirst)
            shown = logits.detach();
    }
    loss.backward();
    const auto numbers = torch::stack({focal, dice, iouErrors, firstIou, lastIou}).cpu();
    const float *n = numbers.data_ptr<float>();
    return {n[0], n[1], n[2], n[3], n[4]};
}

} // namespace core
