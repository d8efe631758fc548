// SPDX-License-Identifier: Apache-2.0
#include "app/cli/evaluation_report.h"

#include "app/cli/json_values.h"

#include <spdlog/fmt/fmt.h>

namespace cli
{
namespace
{

Json list(const std::array<core::ReliabilityBin, 5> &bins)
{
    Json array = Json::array();
    for (const auto &bin : bins) {
        array.push_back({{"masks", bin.masks},
                         {"predicted_iou", rounded(bin.predictedIou)},
                         {"true_iou", rounded(bin.trueIou)}});
    }
    return array;
}

Json list(const core::PerClick &values)
{
    Json array = Json::array();
    for (const double value : values)
        array.push_back(rounded(value));
    return array;
}

} // namespace

std::string reportText(const core::EvaluationScores &scores,
                       const core::EvaluationOptions &protocol, const core::SegmenterInfo &info,
                       std::int64_t peakMemory)
{
    const auto row = [](const char *name, double box, const core::PerClick &clicks) {
        return fmt::format("| {} | {:.3f} | {:.3f} | {:.3f} | {:.3f} | {:.3f} | {:.3f} |\n", name,
                           box, clicks[0], clicks[1], clicks[2], clicks[4], clicks[9]);
    };
    std::string text = fmt::format(
        "{}, {} images, {} {}targets{}{}\n\n", info.modelName, scores.images, scores.targets,
        protocol.smallOnly ? "small " : "", protocol.focus ? ", each looked at closer" : "",
        protocol.carryLogits ? "" : ", logits not carried on");
    text += "| mean | box | 1 click | 2 | 3 | 5 | 10 |\n|---|---|---|---|---|---|---|\n";
    text += row("IoU", scores.boxIou, scores.clickIou);
    text += row("boundary F1", scores.boxBoundaryF1, scores.clickBoundaryF1);
    text += fmt::format("\nclicks to .85 / .90 (cap {}): {:.2f} / {:.2f}; never: {} / {}\n",
                        core::evaluationClicks, scores.clicksTo85, scores.clicksTo90,
                        scores.missed85, scores.missed90);
    text += fmt::format("first click: best by predicted IoU {:.3f}, single mask {:.3f}, best of "
                        "the candidates {:.3f}\n",
                        scores.clickIou[0], scores.firstClickSingleIou, scores.firstClickOracleIou);
    text += "\n| predicted IoU | masks | mean predicted | mean true |\n|---|---|---|---|\n";
    for (std::size_t i = 0; i < scores.reliability.size(); ++i) {
        const auto &bin = scores.reliability[i];
        const auto bins = double(scores.reliability.size());
        text += fmt::format("| {:.1f} to {:.1f} | {} | {:.3f} | {:.3f} |\n", double(i) / bins,
                            double(i + 1) / bins, bin.masks, bin.predictedIou, bin.trueIou);
    }
    text +=
        fmt::format("\nencode {:.1f} ms, decode {:.1f} ms a prompt, {:.1f} closer looks a target, "
                    "peak memory {} MB\n",
                    scores.encodeMilliseconds, scores.decodeMilliseconds, scores.closerLooks,
                    peakMemory / 1'000'000);
    return text;
}

std::string reportJson(const core::EvaluationScores &scores,
                       const core::EvaluationOptions &protocol, const core::SegmenterInfo &info,
                       std::int64_t peakMemory)
{
    const Json report{
        {"model", info.modelName},
        {"architecture", info.architecture},
        {"weights", info.weightsDigest},
        {"carried_logits", protocol.carryLogits},
        {"focus", protocol.focus},
        {"small_only", protocol.smallOnly},
        {"looked_closer", scores.closerLooks > 0},
        {"images", scores.images},
        {"targets", scores.targets},
        {"box_iou", rounded(scores.boxIou)},
        {"box_boundary_f1", rounded(scores.boxBoundaryF1)},
        {"click_iou", list(scores.clickIou)},
        {"click_boundary_f1", list(scores.clickBoundaryF1)},
        {"first_click_single_iou", rounded(scores.firstClickSingleIou)},
        {"first_click_oracle_iou", rounded(scores.firstClickOracleIou)},
        {"clicks_to_85", rounded(scores.clicksTo85)},
        {"clicks_to_90", rounded(scores.clicksTo90)},
        {"missed_85", scores.missed85},
        {"missed_90", scores.missed90},
        {"reliability", list(scores.reliability)},
        {"encode_ms", rounded(scores.encodeMilliseconds, 2)},
        {"decode_ms", rounded(scores.decodeMilliseconds, 2)},
        {"closer_looks_per_target", rounded(scores.closerLooks, 2)},
        {"peak_memory_bytes", peakMemory},
    };
    return report.dump(2) + "\n";
}

} // namespace cli
