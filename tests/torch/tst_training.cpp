// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/workers.h"

#include "core/error.h"
#include "core/torch/compact/compact_file.h"
#include "core/torch/training/click_sampling.h"
#include "core/torch/training/far_view.h"
#include "core/torch/training/losses.h"
#include "core/torch/training/mix_models.h"
#include "core/torch/training/prompt_simulator.h"
#include "core/torch/training/region_picker.h"
#include "core/torch/training/schedule.h"
#include "core/torch/training/trainer.h"
#include "core/torch/training/weights.h"
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

    void flatWeightsAreTheModelsOwn()
    {
        TrainingState state = freshState();
        const auto before = state.model->parameters().front().clone();
        {
            const torch::NoGradGuard noGrad;
            state.weights.values.add_(1);
        }
        QVERIFY(torch::equal(state.model->parameters().front(), before + 1));
        QVERIFY(!torch::equal(state.average->parameters().front(), before + 1));
        state.model->parameters().front().sum().backward();
        QCOMPARE(state.weights.gradients.sum().item<double>(), double(before.numel()));
        state.averageWeights.copyFrom(state.weights);
        QVERIFY(torch::equal(state.average->parameters().front(), before + 1));
    }

    void theMeanOfTwoModelsLiesBetweenThem()
    {
        TrainingState first = freshState();
        torch::manual_seed(4);
        TrainingState second({}, 0.02, torch::kCPU);
        const torch::NoGradGuard noGrad;
        second.weights.statistics.add_(2);
        const auto tensors = [](const TrainingState &state) {
            std::vector<torch::Tensor> all = state.model->parameters();
            for (const auto &buffer : state.model->buffers())
                if (buffer.is_floating_point())
                    all.push_back(buffer);
            return all;
        };
        std::vector<torch::Tensor> before;
        for (const auto &tensor : tensors(first))
            before.push_back(tensor.clone());
        mixWeights(first.model, second.model, 0.25);
        for (std::size_t i = 0; i < before.size(); ++i)
            QVERIFY(torch::allclose(tensors(first)[i], before[i] * 0.75 + tensors(second)[i] * 0.25,
                                    1e-4, 1e-6));
    }

    void twoFilesAreMixed()
    {
        const QTemporaryDir folder;
        const auto file = [&folder](const char *name) {
            return std::filesystem::path(folder.filePath(name).toStdString());
        };
        const auto weights = [](const std::filesystem::path &path) {
            const torch::NoGradGuard noGrad;
            return compact::compactModelFrom(readCheckpoint(path), path.string())
                ->parameters()
                .front()
                .clone();
        };
        const torch::NoGradGuard noGrad;
        compact::CompactModel model;
        model->parameters().front().fill_(1);
        compact::saveCompactModel(file("first"), model);
        model->parameters().front().fill_(5);
        compact::saveCompactModel(file("second"), model);

        mixModels(file("first"), file("second"), 0.75, file("mixed"));
        QVERIFY(torch::equal(weights(file("mixed")), torch::full_like(weights(file("first")), 4)));
        mixModels(file("first"), file("second"), 0, file("mixed"));
        QVERIFY(torch::equal(weights(file("mixed")), weights(file("first"))));

        compact::CompactConfig wider;
        wider.stem += 16;
        compact::saveCompactModel(file("wider"), compact::CompactModel(wider));
        try {
            mixModels(file("first"), file("wider"), 0.5, file("mixed"));
            QFAIL("was accepted");
        } catch (const core::Error &error) {
            QCOMPARE(error.kind(), core::ErrorKind::BadCheckpoint);
            QVERIFY(QString(error.what()).contains("wider"));
        }
        QVERIFY(torch::equal(weights(file("mixed")), weights(file("first"))));
    }

    void adamWStepsAsTheLibrarys()
    {
        TrainingState ours = freshState(), theirs = freshState();
        std::vector<torch::Tensor> matrices, vectors;
        for (auto &p : theirs.model->parameters())
            (p.dim() >= 2 ? matrices : vectors).push_back(p);
        const auto options = [](double decay) {
            auto o = std::make_unique<torch::optim::AdamWOptions>(1e-3);
            o->betas({0.9, 0.98}).weight_decay(decay);
            return o;
        };
        torch::optim::AdamW reference({{matrices, options(0.02)}, {vectors, options(0)}},
                                      torch::optim::AdamWOptions(1e-3));
        for (int i = 1; i <= 3; ++i) {
            torch::manual_seed(i);
            ours.weights.gradients.normal_(0, i == 2 ? 1e-5 : 1); // clipped but for the second
            theirs.weights.gradients.copy_(ours.weights.gradients);
            torch::nn::utils::clip_grad_norm_(theirs.model->parameters(), 1.0);
            reference.step();
            ours.optimizer.step(ours.weights, 1e-3, i);
        }
        const auto expected = theirs.model->parameters(), found = ours.model->parameters();
        for (std::size_t i = 0; i < expected.size(); ++i)
            QVERIFY(torch::allclose(found[i], expected[i], 1e-4, 1e-6));
    }

    void clicksDoNotDependOnThreads()
    {
        const auto targets = (torch::rand({6, 1, 32, 32}) > 0.3).to(torch::kByte) * 255;
        const auto answer = torch::randn({6, 1, 32, 32});
        PromptSimulator alone(targets, Random(4)), shared(targets, Random(4), 3);
        for (const auto &[one, other] : {std::pair{alone.first(), shared.first()},
                                         std::pair{alone.next(answer), shared.next(answer)}}) {
            QVERIFY(torch::equal(one.coordinates, other.coordinates));
            QVERIFY(torch::equal(one.kinds, other.kinds));
            QVERIFY(torch::equal(one.boxes, other.boxes));
            QVERIFY(torch::equal(one.hasPrevious, other.hasPrevious));
        }
    }

    void fromAfarTheSamePromptIsAnsweredOnTheSameGrid()
    {
        TrainingState state = freshState();
        run(state, 2);
        const auto statistics = state.weights.statistics.clone();
        const auto scene = DiscScenes(96).scene(1);
        Random random(2);
        const auto sample = makeSample(scene, 64, 2, random);
        QVERIFY(sample.has_value());
        PromptSimulator person(sample->targets.unsqueeze(1), Random(7));
        const auto prompts = person.first();
        const auto pictures = sample->image.unsqueeze(0);
        state.model->train();
        const auto near = seenFromAfar(state.model, pictures, prompts, 1, {3, 5}, torch::kFloat);
        const auto large =
            seenFromAfar(state.model, torch::cat({pictures, pictures}, 3).repeat({1, 1, 2, 1}),
                         prompts, 0.5, {3, 5}, torch::kFloat);
        QVERIFY(state.model->is_training());
        QVERIFY(torch::equal(state.weights.statistics, statistics));
        QVERIFY(!near.logits.requires_grad());
        QVERIFY(near.logits.sizes() == torch::IntArrayRef({2, 4, 32, 32}));
        QVERIFY(large.logits.sizes() == torch::IntArrayRef({2, 4, 64, 64}));

        state.model->eval();
        const torch::NoGradGuard noGrad;
        const auto features = state.model->encode(compact::normalizedPixels(pictures));
        const auto direct = state.model->decode(features, prompts, {3, 5});
        QVERIFY(torch::allclose(near.logits, direct.logits, 1e-4, 1e-4));
    }

    void roundsEndWithOneThatIsLearned()
    {
        Random random(6);
        int closer = 0;
        for (int i = 0; i < 400; ++i) {
            const RoundPlan plan = drawRounds(random);
            QCOMPARE(plan.learned.size(), std::size_t(plan.rounds));
            QVERIFY(plan.learned.back());
            if (plan.farScale < 1) {
                ++closer;
                QVERIFY(plan.learned.front());
                QVERIFY(plan.farScale >= 0.25);
            }
        }
        QVERIFY(closer > 100 && closer < 220);
    }

    void samplesAreBytesOfPictureAndShares()
    {
        const auto scene = DiscScenes(96).scene(2);
        Random random(3);
        const auto sample = makeSample(scene, 64, 2, random);
        QVERIFY(sample.has_value());
        QCOMPARE(sample->image.scalar_type(), torch::kByte);
        QVERIFY(sample->image.sizes() == torch::IntArrayRef({3, 64, 64}));
        QVERIFY(sample->targets.sizes() == torch::IntArrayRef({2, 32, 32}));
        QCOMPARE(sample->targets.max().item<int>(), 255);
        QCOMPARE(sample->targets.min().item<int>(), 0);
    }

    void loadersMakeTheSameBatches()
    {
        const DiscScenes scenes(96);
        TrainingOptions options = tinyTraining();
        options.loaders = 3;
        BatchLoader loader(scenes, options);
        for (std::int64_t step = 5; step < 15; ++step) {
            const int side = step < 10 ? 64 : 96;
            const auto batch = loader.take(step, side);
            QVERIFY(torch::equal(batch.images, makeBatch(scenes, options, step, side).images));
        }
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
        const TrainingFiles files{path / "t.training", path / "m.safetensors", {}};
        std::string lines;
        const auto note = [&](const std::string &line) { lines += line; };
        std::stop_source stopped;
        stopped.request_stop();
        QVERIFY(!train(scenes, scenes, options, files, note, stopped.get_token()));
        QVERIFY(std::filesystem::exists(files.checkpoint));
        QVERIFY(train(scenes, scenes, options, files, note));
        QVERIFY(lines.find("step 2") != std::string::npos);
        QVERIFY(std::filesystem::exists(files.checkpoint));
        QVERIFY(std::filesystem::file_size(files.model) < 24u << 20);
    }

    void aFinishedModelIsWhereATrainingBegins()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        TrainingState trained = freshState();
        run(trained, 2);
        compact::saveCompactModel(path / "m.safetensors", trained.average);
        TrainingState begun({}, 0.02, torch::kCPU); // other first weights
        startFrom(path / "m.safetensors", begun);
        QCOMPARE(begun.step, std::int64_t(0));
        // Matrices were rounded to fp16 in the file.
        QVERIFY(torch::allclose(begun.weights.values, trained.averageWeights.values, 1e-3, 1e-6));
        QVERIFY(torch::equal(begun.weights.values, begun.averageWeights.values));
        QVERIFY(torch::allclose(begun.weights.statistics, trained.averageWeights.statistics, 1e-3,
                                1e-6));

        compact::CompactConfig narrow;
        narrow.stem = 16;
        compact::saveCompactModel(path / "narrow.safetensors", compact::CompactModel(narrow));
        QVERIFY_THROWS_EXCEPTION(Error, startFrom(path / "narrow.safetensors", begun));
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
