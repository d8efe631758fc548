// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/logit_rows.h"
#include "core/segmentation/segmenter.h"
#include "core/torch/checkpoint/state_dict.h"
#include "tests/parity/packed_mask.h"

#include <QtTest>

// Tensors that an official implementation of SAM's family made, and how ours are compared with
// them. A folder has pictures ("image0") and what became of prompts on them ("image0_prompts").

inline core::StateDict loadReference(const QString &folder, const QString &name)
{
    return core::readCheckpoint(
        (TEST_DATA_DIR "/" + folder + "/" + name + ".safetensors").toStdString());
}

inline double largestDifference(const torch::Tensor &a, const torch::Tensor &b)
{
    if (a.sizes() != b.sizes())
        return std::numeric_limits<double>::infinity();
    return a.numel() == 0 ? 0 : (a - b).abs().max().item<double>();
}

inline core::ImageView viewOf(const torch::Tensor &image)
{
    const int width = static_cast<int>(image.size(1));
    return {image.data_ptr<std::uint8_t>(), {width, static_cast<int>(image.size(0))}, width * 3};
}

#define CLOSE(actual, expected, tolerance)                                                         \
    do {                                                                                           \
        const double difference = largestDifference(actual, expected);                             \
        QVERIFY2(difference <= (tolerance),                                                        \
                 qPrintable(QString("%1 differs by %2").arg(what).arg(difference)));               \
    } while (false)

/// The prompt as a user gives it, in pixels of the original picture.
inline core::Prompt promptOf(const core::StateDict &all, const std::string &name,
                             std::int64_t member)
{
    core::Prompt prompt;
    const auto find = [&](const char *part, std::int64_t dimensions) {
        const auto found = all.find(name + "/" + part);
        if (found == all.end())
            return torch::Tensor();
        return found->second.dim() == dimensions ? found->second : found->second[member];
    };
    if (const torch::Tensor points = find("point_coords", 2); points.defined()) {
        const torch::Tensor labels = find("point_labels", 1);
        for (std::int64_t i = 0; i < points.size(0); ++i)
            prompt.points.push_back({{points[i][0].item<double>(), points[i][1].item<double>()},
                                     labels[i].item<int>() == 1 ? core::PointLabel::Foreground
                                                                : core::PointLabel::Background});
    }
    torch::Tensor box = find("boxes", 1);
    if (!box.defined())
        box = find("box", 1);
    if (box.defined())
        prompt.box = core::Box{box[0].item<double>(), box[1].item<double>(), box[2].item<double>(),
                               box[3].item<double>()};
    if (const auto found = all.find(name + "/mask_input"); found != all.end()) {
        const torch::Tensor mask = found->second[member][0].contiguous();
        prompt.previous = core::LowResLogits{
            {static_cast<int>(mask.size(1)), static_cast<int>(mask.size(0))},
            std::vector<float>(mask.data_ptr<float>(), mask.data_ptr<float>() + mask.numel())};
    }
    return prompt;
}

/// A row for each prompt of a user: `picture`, `prompt`, and `member` of a batch.
inline void addPromptRows(const QString &folder, const QStringList &pictures)
{
    QTest::addColumn<QString>("picture");
    QTest::addColumn<QString>("prompt");
    QTest::addColumn<int>("member");
    for (const QString &picture : pictures)
        for (const auto &[name, tensor] : loadReference(folder, picture + "_prompts"))
            if (QString::fromStdString(name).endsWith("/hs")) {
                const QString prompt = QString::fromStdString(name.substr(0, name.size() - 3));
                for (int member = 0; member < tensor.size(0); ++member) {
                    // A label of -1 is the model's own padding; a user's prompt cannot hold one.
                    if (prompt == "batch3_pts2" && member == 2)
                        continue;
                    QTest::addRow("%s %s %d", qPrintable(picture), qPrintable(prompt), member)
                        << picture << prompt << member;
                }
            }
}

struct AnswerTolerances {
    double logits, iou, stability;
};

/// The whole chain, from the picture to the full-size mask.
inline void checkAnswers(core::Segmenter &segmenter, const core::StateDict &image,
                         const core::StateDict &all, const QString &prompt, std::int64_t member,
                         const AnswerTolerances &tolerances)
{
    const core::ImageView view = viewOf(image.at("image"));
    const auto embedding = segmenter.encode(view, {}, {});
    core::Prompt question = promptOf(all, prompt.toStdString(), member);
    for (const bool multi : {true, false}) {
        question.output = multi ? core::MaskOutput::Multi : core::MaskOutput::Single;
        const std::string prefix = prompt.toStdString() + (multi ? "/multi/" : "/single/");
        const auto candidates = segmenter.decode(*embedding, question);
        QCOMPARE(candidates.size(), multi ? 3u : 1u);
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            const auto index = static_cast<std::int64_t>(i);
            const auto expected = [&](const char *name) {
                return all.at(prefix + name)[member][index];
            };
            const core::MaskCandidate &candidate = candidates[i];
            QString what = "low-res logits";
            CLOSE(torch::tensor(candidate.logits.values).view({64, 64}), expected("low_res_logits"),
                  tolerances.logits);
            QVERIFY(std::abs(candidate.predictedIou - expected("iou").item<float>()) <
                    tolerances.iou);
            QVERIFY(std::abs(candidate.stabilityScore - expected("stability_1.0").item<float>()) <
                    tolerances.stability);
            const core::Mask mask = unpackMask(expected("masks_packed"), view.size);
            core::LogitRows rows(candidate.logits.values, candidate.logits.size,
                                 embedding->geometry());
            for (int y = 0; y < view.size.height; ++y) {
                const std::span<const float> logits = rows.row(y);
                for (int x = 0; x < view.size.width; ++x)
                    if (mask.at(x, y) != candidate.mask.at(x, y))
                        QVERIFY2(std::abs(logits[static_cast<std::size_t>(x)]) < tolerances.logits,
                                 qPrintable(QString("pixel %1, %2").arg(x).arg(y)));
            }
        }
    }
}
