// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/compact_prompts.h"
#include "core/torch/compact/cpu_mask_decoder.h"
#include "core/torch/compact/cpu_mask_scores.h"
#include "core/torch/compact/cpu_prompt_encoder.h"
#include "core/torch/compact/cpu_two_way.h"
#include "core/torch/compact/mask_statistics.h"
#include "core/torch/compact/prompt_maps.h"

#include <QtTest>

#include <array>
#include <optional>
#include <random>
#include <vector>

using namespace core;
using namespace core::compact;

namespace
{

/// As shares of the largest number: float32 sums in another order, over a few and over all layers.
constexpr double partTolerance = 2e-5;
constexpr double tolerance = 1e-4;
/// Of predicted IoU, whose statistics count cells that lie at a threshold.
constexpr double iouTolerance = 1e-3;

constexpr Size picture{160, 96};

double largestDifference(const torch::Tensor &a, const torch::Tensor &b)
{
    return (a - b).abs().max().item<double>();
}

bool isClose(const torch::Tensor &actual, const torch::Tensor &expected, double share)
{
    return actual.sizes() == expected.sizes() &&
           largestDifference(actual, expected) < share * expected.abs().max().item<double>();
}

torch::Tensor tensorOf(const std::vector<float> &values, at::IntArrayRef shape)
{
    return torch::tensor(values).view(shape);
}

torch::Tensor tensorOf(const MapView &map)
{
    return torch::from_blob(map.floats, {1, map.height, map.width, map.channels})
        .permute({0, 3, 1, 2});
}

/// Random weights, of which those that begin as zeros speak as well.
CompactModel randomModel(const CompactConfig &config = {})
{
    torch::manual_seed(5);
    CompactModel model(config);
    const torch::NoGradGuard noGrad;
    for (const auto &parameter : model->named_parameters())
        if (parameter.key().ends_with("bias") || parameter.key().ends_with("no_mask"))
            parameter.value().normal_(0, 0.1);
    model->eval();
    return model;
}

ImageFeatures randomFeatures(CompactModel &model, Size size = picture)
{
    const torch::NoGradGuard noGrad;
    return model->encode(
        torch::randn({1, 3, size.height, size.width}).contiguous(at::MemoryFormat::ChannelsLast));
}

PointPrompt foreground(double x, double y)
{
    return {{x, y}, PointLabel::Foreground};
}

PointPrompt background(double x, double y)
{
    return {{x, y}, PointLabel::Background};
}

LowResLogits randomLogits()
{
    std::mt19937 generator(7);
    std::normal_distribution<float> normal(0, 4);
    LowResLogits logits{{picture.width / 2, picture.height / 2}, {}};
    for (int i = 0; i < logits.size.area(); ++i)
        logits.values.push_back(normal(generator));
    return logits;
}

void addPromptRows()
{
    QTest::addColumn<Prompt>("prompt");
    const auto add = [](const char *name, const std::vector<PointPrompt> &points,
                        const std::optional<Box> &box = {},
                        const std::optional<LowResLogits> &previous = {}) {
        Prompt prompt;
        prompt.points = points;
        prompt.box = box;
        prompt.previous = previous;
        QTest::newRow(name) << prompt;
    };
    const Box box{20.5, 10, 90, 70.25};
    std::vector<PointPrompt> many;
    for (int i = 0; i < 40; ++i)
        many.push_back(i % 3 ? foreground(4 * i, 2 * i) : background(3 * i, 90 - 2 * i));
    add("a click", {foreground(50, 40)});
    add("a click beyond the border", {foreground(-9, 200)});
    add("both kinds of points",
        {background(10, 20), foreground(50, 40), foreground(141, 90), background(159, 3)});
    add("more points than a register holds", many);
    add("a box", {}, box);
    add("a box and a point", {background(30, 30)}, box);
    add("a previous answer and a point", {foreground(50, 40)}, {}, randomLogits());
    add("a previous answer alone", {}, {}, randomLogits());
    add("all of them", {foreground(50, 40), background(80, 9)}, box, randomLogits());
}

PromptBatch batchOf(const Prompt &prompt)
{
    const std::array members{std::size_t(0)};
    return promptBatch(std::span(&prompt, 1), members, {picture, picture, picture},
                       {picture.width / 2, picture.height / 2});
}

TokenPrompt tokensOf(const Prompt &prompt)
{
    return {.tokens = promptTokens(prompt, {picture, picture, picture}),
            .previous = prompt.previous ? prompt.previous->values.data() : nullptr};
}

} // namespace

Q_DECLARE_METATYPE(core::Prompt)

/// What the processor's kernels decode beside the modules that training uses; nothing on a
/// processor without kernels.
class TestCpuMaskDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!cpu::kernels())
            QSKIP("LibTorch computes on this processor.");
    }

    void promptsAreEncoded_data() { addPromptRows(); }
    void promptsAreEncoded()
    {
        QFETCH(Prompt, prompt);
        const torch::NoGradGuard noGrad;
        auto model = randomModel();
        const auto features = randomFeatures(model);
        const auto expected = model->promptEncoder(features, batchOf(prompt));

        CpuPromptEncoder encoder(*model->promptEncoder);
        const ImageMaps image(features);
        QVERIFY(encoder.fits(image));
        const TokenPrompt own = tokensOf(prompt);
        QVERIFY(isClose(tensorOf(encoder.tokens(image, own), expected.sparse.sizes()),
                        expected.sparse, partTolerance));
        const auto maps = encoder.begin(image, own);
        std::vector<Step> steps;
        encoder.addSteps(image, steps);
        shareOutSteps(steps);
        QVERIFY(isClose(tensorOf(maps.cells), features.embedding + expected.dense, partTolerance));
        QVERIFY(isClose(tensorOf(maps.positions), expected.positions, partTolerance));
        QVERIFY(isClose(tensorOf(maps.maps4), torch::cat({expected.maps, expected.similarity4}, 1),
                        partTolerance));
        QVERIFY(isClose(tensorOf(maps.maps2), expected.similarity2, partTolerance));
    }

    void tokensAndCellsAttendToEachOther_data()
    {
        QTest::addColumn<int>("tokens");
        QTest::newRow("a click's") << 7;
        QTest::newRow("one") << 1;
        QTest::newRow("more than a panel's") << 41;
    }
    void tokensAndCellsAttendToEachOther()
    {
        QFETCH(int, tokens);
        const torch::NoGradGuard noGrad;
        auto model = randomModel();
        const int channels = int(model->maskDecoder->channels());
        const auto map = [&] {
            return torch::randn({1, channels, 5, 7}).contiguous(at::MemoryFormat::ChannelsLast);
        };
        const auto places = torch::randn({1, tokens, channels}), positions = map();
        auto cells = map();
        std::vector<float> own(places.data_ptr<float>(), places.data_ptr<float>() + places.numel());
        const auto ownCells = cells.clone();

        const auto modules = model->maskDecoder->named_modules();
        auto state = places;
        for (const char *name : {"blocks.0", "blocks.1"})
            modules[name]->as<TwoWayBlock>()->forward(state, cells, places, positions);
        state = modules["final_norm"]->as<torch::nn::LayerNorm>()->forward(
            state + modules["final_attention"]->as<CrossAttention>()->tokensToImage(
                        state + places, cells + positions, cells));

        CpuTwoWay(NamedLayers(*model->maskDecoder), CompactConfig().heads)
            .apply(own, MapView::of(ownCells), MapView::of(positions));
        QVERIFY(isClose(tensorOf(own, state.sizes()), state, partTolerance));
        QVERIFY(isClose(ownCells, cells, partTolerance));
    }

    void masksAreThoseOfTheModules_data() { addPromptRows(); }
    void masksAreThoseOfTheModules()
    {
        QFETCH(Prompt, prompt);
        const torch::NoGradGuard noGrad;
        auto model = randomModel();
        const auto features = randomFeatures(model);
        const auto expected = model->decode(features, batchOf(prompt));
        const auto agreement = agreementWithSingle(expected.logits);

        QVERIFY(CpuMaskDecoder::canServe(model));
        CpuMaskDecoder decoder(model);
        decoder(randomFeatures(model, {64, 64}), {.tokens = {}}); // another size before
        const PromptMasks masks = decoder(features, tokensOf(prompt));
        for (std::size_t m = 0; m < masks.logits.size(); ++m) {
            const auto i = std::int64_t(m);
            QVERIFY(isClose(tensorOf(masks.logits[m], expected.logits[0][i].sizes()),
                            expected.logits[0][i], tolerance));
            QVERIFY(std::abs(masks.iou[m] - expected.iou[0][i].item<float>()) < iouTolerance);
            if (m > 0)
                QVERIFY(std::abs(masks.agreement[m] - agreement[0][i - 1].item<float>()) <
                        iouTolerance);
        }
        QCOMPARE(masks.agreement[0], 1.0f);
    }

    void aModelOfOtherWidths()
    {
        const torch::NoGradGuard noGrad;
        auto model = randomModel({.stem = 16, .stride4 = 24, .stride8 = 40, .embedding = 64});
        const auto features = randomFeatures(model);
        Prompt prompt;
        prompt.points = {foreground(50, 40), background(80, 9)};
        const auto expected = model->decode(features, batchOf(prompt)).logits[0];
        QVERIFY(CpuMaskDecoder::canServe(model));
        const PromptMasks masks = CpuMaskDecoder(model)(features, tokensOf(prompt));
        for (std::size_t m = 0; m < masks.logits.size(); ++m)
            QVERIFY(isClose(tensorOf(masks.logits[m], expected[0].sizes()),
                            expected[std::int64_t(m)], tolerance));
        QVERIFY(!CpuMaskDecoder::canServe(randomModel({.embedding = 48})));
    }

    void statistics_data()
    {
        QTest::addColumn<double>("shift");
        QTest::newRow("of a mask") << 0.0;
        QTest::newRow("of a full one") << 40.0;
        QTest::newRow("of an empty one") << -200.0;
    }
    void statistics()
    {
        QFETCH(double, shift);
        torch::manual_seed(9);
        const auto logits = torch::randn({1, 4, 26, 38}) * 3 + shift;
        const auto expected = maskStatistics(logits)[0],
                   agreements = agreementWithSingle(logits)[0];
        std::array<std::vector<float>, 4> maps;
        for (std::size_t m = 0; m < maps.size(); ++m) {
            const auto map = logits[0][std::int64_t(m)].contiguous();
            maps[m].assign(map.data_ptr<float>(), map.data_ptr<float>() + map.numel());
            const MaskStatistics own = statisticsOf(maps[m], 26, 38);
            for (std::size_t i = 0; i < own.size(); ++i)
                QVERIFY(std::abs(own[i] -
                                 expected[std::int64_t(m)][std::int64_t(i)].item<float>()) < 1e-5);
            if (m > 0)
                QVERIFY(std::abs(agreement(maps[0], maps[m]) -
                                 agreements[std::int64_t(m) - 1].item<float>()) < 1e-6);
        }
    }
};

QTEST_GUILESS_MAIN(TestCpuMaskDecoder)
#include "tst_cpu_mask_decoder.moc"
