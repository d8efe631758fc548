// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/workers.h"

#include "core/torch/training/click_sampling.h"
#include "core/torch/training/losses.h"
#include "core/torch/training/region_picker.h"
#include "core/torch/training/schedule.h"
#include "core/torch/training/trainer.h"
#include "tests/torch/disc_scenes.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace core;

namespace
{

TrainingOptions tinyTraining()
{
    TrainingOptions options;
    options.steps = 30;
    options.images = 4;
    options.targets = 1;
    options.side = options.finalSide = 64;
    options.scenes = 20;
    options.heldOutMinutes = 0;
    options.learningRate = 2e-3;
    return options;
}

/// The state after the steps from state.step up to `end`, with what they reported.
std::vector<StepReport> run(TrainingState &state, std::int64_t end)
{
    const TrainingOptions options = tinyTraining();
    const DiscScenes scenes(96);
    Workers workers(state, options);
    std::vector<StepReport> reports;
    while (state.step < end) {
        const auto batch = makeBatch(scenes, options, state.step, options.side);
        const double progress = double(state.step) / double(options.steps);
        reports.push_back(
            advance(state, workers, batch, learningRateAt(options, state.step, progress)));
    }
    return reports;
}

TrainingState freshState()
{
    torch::manual_seed(3);
    return TrainingState({}, 0.02, torch::kCPU);
}

} // namespace

class TestTraining : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thirtyStepsReduceTheLoss()
    {
        TrainingState state = freshState();
        const auto reports = run(state, 30);
        const auto lossOf = [&](std::size_t from, std::size_t to) {
            double sum = 0;
            for (std::size_t i = from; i < to; ++i)
                sum += 20 * reports[i].focal + reports[i].dice;
            return sum / double(to - from);
        };
        const double first = lossOf(0, 5), last = lossOf(25, 30);
        QVERIFY2(last < 0.8 * first, qPrintable(QString("%1 -> %2").arg(first).arg(last)));
    }

    void resumedTrainingEqualsUninterrupted()
    {
        const QTemporaryDir folder;
        const auto file = std::filesystem::path(folder.path().toStdString()) / "state.safetensors";
        TrainingState whole = freshState();
        run(whole, 4);

        TrainingState begun = freshState();
        run(begun, 2);
        saveTraining(file, begun);
        TrainingState resumed({}, 0.02,
                              torch::kCPU); // other first weights: all must come from the file
        loadTraining(file, resumed);
        QCOMPARE(resumed.step, std::int64_t(2));
        run(resumed, 4);

        const auto expected = whole.average->parameters(), found = resumed.average->parameters();
        for (std::size_t i = 0; i < expected.size(); ++i)
            QVERIFY(torch::equal(expected[i], found[i]));
    }

    void trainWritesModelAndCheckpoint()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        TrainingOptions options = tinyTraining();
        options.steps = 2;
        const DiscScenes scenes(96);
        const TrainingFiles files{path / "t.training", path / "m.safetensors"};
        std::string lines;
        train(scenes, scenes, options, files, [&](const std::string &line) { lines += line; });
        QVERIFY(lines.find("step 2") != std::string::npos);
        QVERIFY(std::filesystem::exists(files.checkpoint));
        QVERIFY(std::filesystem::file_size(files.model) < 24u << 20);
    }

    void lossesOfKnownMasks()
    {
        const auto truth = torch::tensor({1.0f, 0.0f, 0.0f, 1.0f}).view({1, 1, 2, 2});
        const auto right = (truth * 2 - 1) * 30;
        const auto masks = torch::cat({right, -right}, 1);
        const auto losses = maskLosses(masks, truth);
        QVERIFY(losses.focal[0][0].item<float>() < 1e-6f);
        QVERIFY(losses.dice[0][0].item<float>() < 1e-6f);
        QVERIFY(losses.focal[0][1].item<float>() > 10);
        QCOMPARE(losses.dice[0][1].item<float>(), 1 - 1.0f / 5); // (2 * 0 + 1) / (2 + 2 + 1)
        QCOMPARE(hardIou(masks, truth)[0][0].item<float>(), 1.0f);
        QCOMPARE(hardIou(masks, truth)[0][1].item<float>(), 0.0f);
    }

    void correctionsGoWhereTheAnswerIsWrong()
    {
        Mask target({20, 20}), answer({20, 20});
        for (int y = 5; y < 15; ++y) {
            for (int x = 5; x < 15; ++x) {
                target.set(x, y);
                answer.set(x, y, x < 10);
            }
        }
        answer.set(0, 0); // a single excess pixel
        Random random(1);
        for (int i = 0; i < 200; ++i) {
            const auto click = sampleCorrection(target, answer, random);
            const int x = int(click.position.x), y = int(click.position.y);
            QCOMPARE(click.isForeground, target.at(x, y) == 1);
            QVERIFY(target.at(x, y) != answer.at(x, y));
        }
    }

    void regionsAreConnectedAndOfOneId()
    {
        const auto scene = DiscScenes(64).scene(3);
        Random random(5);
        const auto region = pickRegion(scene, {0, 0, 64}, random);
        QVERIFY(region.has_value());
        std::vector<std::uint16_t> ids;
        for (std::size_t i = 0; i < region->pixels.size(); ++i) {
            if (region->pixels[i])
                ids.push_back(scene.levels[0].ids[i]);
        }
        QVERIFY(std::adjacent_find(ids.begin(), ids.end(), std::not_equal_to<>()) == ids.end());
        QVERIFY(ids.size() >= 16 && ids.size() <= 64 * 64 * 6 / 10);
    }

    void theLearningRateWarmsUpAndFades()
    {
        TrainingOptions options;
        QVERIFY(learningRateAt(options, 0, 0) < 0.02 * options.learningRate);
        QCOMPARE(learningRateAt(options, 99, 0), options.learningRate);
        QCOMPARE(learningRateAt(options, 5000, 1), 0.02 * options.learningRate);
        QCOMPARE(sideAt(options, 0.5), options.side);
        QCOMPARE(sideAt(options, 0.9), options.finalSide);
    }
};

QTEST_GUILESS_MAIN(TestTraining)
#include "tst_training.moc"
