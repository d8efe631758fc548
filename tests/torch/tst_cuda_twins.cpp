// SPDX-License-Identifier: Apache-2.0
#include "core/cuda/attention_layout.h"
#include "core/torch/sam/click_decoder.h"
#include "core/torch/sam/layers.h"
#include "core/torch/sam/sam_tensors.h"
#include "core/torch/sam/weights.h"
#include "core/torch/sam/window_attention.h"

#include <QtTest>

#include <cmath>

namespace
{

double largestDifference(const torch::Tensor &a, const torch::Tensor &b)
{
    return a.sizes() == b.sizes() ? (a - b).abs().max().item<double>()
                                  : std::numeric_limits<double>::infinity();
}

/// A published SAM's parts in small: the decoder is all that is asked.
core::sam::SamConfig smallConfig()
{
    core::sam::SamConfig config = core::sam::officialSamConfig("vit_b");
    config.embedDim = 32;
    config.heads = 2;
    config.mlpDim = 32;
    config.windowSizes = {0};
    config.inputSize = 128;
    return config;
}

} // namespace

/// What is done otherwise on a GPU, done here on the CPU beside the code it takes the place of.
class TestCudaTwins : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void relativePositionsAreFurtherElements_data()
    {
        QTest::addColumn<int>("grid");
        QTest::addColumn<int>("side");
        QTest::newRow("global") << 6 << 6;
        QTest::newRow("windows that divide the grid") << 8 << 4;
        QTest::newRow("windows with padding") << 7 << 3;
    }

    void relativePositionsAreFurtherElements()
    {
        QFETCH(int, grid);
        QFETCH(int, side);
        const c10::InferenceMode inference;
        torch::manual_seed(8);
        constexpr int heads = 2, dim = 8;
        const int channels = heads * dim;
        const double scale = 1 / std::sqrt(double(dim));
        const torch::Tensor rows = torch::randn({2 * side - 1, dim});
        const torch::Tensor columns = torch::randn({2 * side - 1, dim});
        const torch::Tensor qkv = torch::randn({grid * grid, 3 * channels});
        const torch::Tensor bias = torch::randn({3 * channels});

        // As it is done on the CPU: windows first, whose padding is nothing but the bias.
        const torch::Tensor padded =
            core::sam::partitionWindows((qkv - bias).view({1, grid, grid, 3 * channels}), side);
        const std::int64_t windows = padded.size(0);
        const torch::Tensor parts = (padded + bias)
                                        .view({windows, side * side, 3, heads, dim})
                                        .permute({2, 0, 3, 1, 4})
                                        .reshape({3, windows * heads, side * side, dim});
        const torch::Tensor attended = core::sam::attendWithin(
            parts[0], parts[1], parts[2], core::sam::relativePositions(rows, side),
            core::sam::relativePositions(columns, side), scale);
        const torch::Tensor expected =
            core::sam::joinWindows(attended.view({windows, heads, side, side, dim})
                                       .permute({0, 2, 3, 1, 4})
                                       .reshape({windows, side, side, channels}),
                                   side, grid, grid);

        // As it is done on a GPU.
        const torch::Tensor tables =
            at::cat({rows.flip({0}), columns.flip({0})}) * std::sqrt(double(dim));
        const torch::Tensor queries = qkv.view({grid * grid, 3, heads, dim}).select(1, 0);
        const torch::Tensor products = at::matmul(queries.transpose(0, 1), tables.t()).contiguous();
        const core::cuda::AttentionLayout layout{
            grid, side, heads, dim, dim + 2 * side + 3, static_cast<int>(tables.size(0))};
        const core::cuda::AttentionSource<float> source{
            qkv.data_ptr<float>(), bias.data_ptr<float>(), products.data_ptr<float>(), 1.0f};
        QCOMPARE(layout.windows(), static_cast<int>(windows));
        torch::Tensor packed = torch::empty({3, windows, side * side, heads, layout.paddedDim});
        float *out = packed.data_ptr<float>();
        for (int part = 0; part < 3; ++part) {
            const auto kind = static_cast<core::cuda::AttentionPart>(part);
            for (int window = 0; window < layout.windows(); ++window)
                for (int place = 0; place < layout.windowTokens(); ++place)
                    for (int head = 0; head < heads; ++head)
                        for (int element = 0; element < layout.paddedDim; ++element) {
                            const int token = layout.tokenAt(window, place);
                            *out++ = element < dim
                                         ? core::cuda::headElements(layout, source, kind, token,
                                                                    head)[element]
                                         : core::cuda::positionElement(layout, source, kind, token,
                                                                       place, head, element);
                        }
        }
        const torch::Tensor byHead = packed.transpose(2, 3); // [3, windows, heads, places, dim']
        const torch::Tensor answer = at::matmul(
            at::softmax(at::matmul(byHead[0], byHead[1].transpose(-2, -1)) * scale, -1), byHead[2]);
        torch::Tensor joined = torch::zeros({grid * grid, heads, dim});
        for (int window = 0; window < layout.windows(); ++window)
            for (int place = 0; place < layout.windowTokens(); ++place)
                if (const int token = layout.tokenAt(window, place); token >= 0)
                    joined[token].copy_(answer[window].select(1, place).narrow(1, 0, dim));
        QVERIFY(largestDifference(joined.view({1, grid, grid, channels}), expected.contiguous()) <
                1e-5);
        QCOMPARE(answer.narrow(4 - 1, dim, 2 * side).abs().max().item<float>(), 0.0f);
    }

    void gatheredPixelsMakeAConvolution()
    {
        const c10::InferenceMode inference;
        torch::manual_seed(9);
        const torch::Tensor x = torch::randn({2, 3, 8, 12});
        const torch::Tensor weight = torch::randn({5, 3, 4, 4});
        const torch::Tensor bias = torch::randn({5});
        QVERIFY(
            largestDifference(at::linear(core::sam::gatherPatches(x, 4), weight.flatten(1), bias),
                              at::conv2d(x, weight, bias, {4, 4}).permute({0, 2, 3, 1})) < 1e-4);
        QVERIFY(largestDifference(core::sam::applyToPatches(x, weight, bias),
                                  at::conv2d(x, weight, bias, {4, 4}).permute({0, 2, 3, 1})) <
                1e-6);
        const torch::Tensor small = torch::randn({5, 3, 3, 3});
        QVERIFY(largestDifference(at::linear(core::sam::gatherNeighbours(x.permute({0, 2, 3, 1})),
                                             small.permute({0, 2, 3, 1}).flatten(1)),
                                  at::conv2d(x, small, {}, 1, 1).permute({0, 2, 3, 1})) < 1e-4);
    }

    void clicksOneByOneAreTheSameDecoder()
    {
        const c10::InferenceMode inference;
        const core::sam::SamConfig config = smallConfig();
        const core::StateDict tensors = core::sam::randomSamTensors(config);
        const core::sam::Weights weights(tensors, torch::kCPU, torch::kFloat32);
        const core::sam::PromptEncoder promptEncoder(weights, config);
        const core::sam::MaskDecoder decoder(weights, config);
        core::sam::ClickDecoder clicks(promptEncoder, decoder, torch::kCPU);
        torch::manual_seed(2);
        std::vector<torch::Tensor> pictures;
        for (int i = 0; i < 2; ++i)
            pictures.push_back(torch::randn({1, 256, 8, 8}));
        for (int round = 0; round < 12; ++round) { // kinds and pictures take turns
            core::sam::PromptTensors prompt;
            const std::int64_t points = round % 3;
            if (points > 0) {
                prompt.points = torch::rand({1, points, 2}) * 128;
                prompt.labels = torch::ones({1, points}, torch::kInt64);
            }
            if (round % 2 == 1 || points == 0)
                prompt.boxes = torch::rand({1, 4}) * 128;
            if (round % 4 == 0)
                prompt.masks = torch::randn({1, 1, 32, 32});
            QVERIFY(core::sam::ClickDecoder::takes(prompt));
            const torch::Tensor &picture = pictures[std::size_t(round / 2 % 2)];
            const auto expected = decodePrompts(promptEncoder, decoder, picture, prompt);
            const auto result = clicks.decode(picture, prompt);
            QVERIFY(result.logits.equal(expected.logits));
            QVERIFY(result.iou.equal(expected.iou));
        }
        core::sam::PromptTensors many;
        many.points = torch::rand({1, 17, 2});
        QVERIFY(!core::sam::ClickDecoder::takes(many));
        many.points = torch::rand({2, 1, 2});
        many.batch = 2;
        QVERIFY(!core::sam::ClickDecoder::takes(many));
    }
};

QTEST_APPLESS_MAIN(TestCudaTwins)
#include "tst_cuda_twins.moc"
