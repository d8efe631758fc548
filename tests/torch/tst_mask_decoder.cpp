// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/click_decoder.h"

#include "core/torch/sam/sam_tensors.h"
#include "core/torch/sam/weights.h"

#include <QTest>

using namespace core;
using namespace core::sam;

namespace
{

/// The published decoder on a grid of its own.
SamConfig publishedDecoder(std::int64_t grid)
{
    SamConfig config = officialSamConfig("vit_b");
    config.inputSize = grid * 16;
    config.embedDim = 32;
    config.heads = 2;
    config.mlpDim = 32;
    config.windowSizes = {0};
    return config;
}

double largest(const torch::Tensor &x)
{
    return x.abs().max().item<double>();
}

} // namespace

/// What the mask decoder leaves out for a single prompt changes nothing.
class TestMaskDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsKnownOfAPictureChangesNoAnswer_data();
    void whatIsKnownOfAPictureChangesNoAnswer();
    void wantedMasksAreThoseOfAll_data();
    void wantedMasksAreThoseOfAll();
};

void TestMaskDecoder::whatIsKnownOfAPictureChangesNoAnswer_data()
{
    QTest::addColumn<int>("grid");
    QTest::addColumn<int>("points");
    QTest::newRow("one share") << 8 << 1;
    QTest::newRow("a block that is not full") << 10 << 1;
    QTest::newRow("several shares, not full") << 21 << 3;
    QTest::newRow("so many points that the image is not projected") << 16 << 7;
    QTest::newRow("many points") << 16 << 40;
}
void TestMaskDecoder::whatIsKnownOfAPictureChangesNoAnswer()
{
    QFETCH(const int, grid);
    QFETCH(const int, points);
    const torch::NoGradGuard noGrad;
    torch::manual_seed(5);
    const SamConfig config = publishedDecoder(grid);
    const StateDict tensors = randomSamTensors(config);
    const Weights weights(tensors, torch::kCPU, torch::kFloat32);
    const PromptEncoder promptEncoder(weights, config);
    const MaskDecoder decoder(weights, config);
    const torch::Tensor picture = torch::randn({1, config.outChannels, grid, grid});
    const std::optional<KnownImage> known =
        decoder.known(picture, promptEncoder.densePositions(), promptEncoder.noMask());
    QCOMPARE(known.has_value(), ImagePasses::canServe(picture.permute({0, 2, 3, 1})));

    PromptTensors prompt;
    prompt.points = torch::rand({1, points, 2}) * grid * 16;
    prompt.labels = torch::ones({1, points}, torch::kInt64);
    const auto plain = decodePrompts(promptEncoder, decoder, picture, prompt);
    const DecodeOptions options{{}, known ? &*known : nullptr};
    const auto quick = decodePrompts(promptEncoder, decoder, picture, prompt, options);
    QVERIFY(largest(quick.logits - plain.logits) < 1e-4 * largest(plain.logits));
    QVERIFY(largest(quick.tokens - plain.tokens) < 1e-4 * largest(plain.tokens));
    QVERIFY(largest(quick.iou - plain.iou) < 1e-4 * largest(plain.iou));

    // Of no use to a prompt with a mask, and not used.
    prompt.masks = torch::randn({1, 1, grid * 4, grid * 4}) * 4;
    const auto masked = decodePrompts(promptEncoder, decoder, picture, prompt);
    QVERIFY(largest(masked.logits - plain.logits) > 1e-3 * largest(plain.logits));
    QVERIFY(decodePrompts(promptEncoder, decoder, picture, prompt, options)
                .logits.equal(masked.logits));
}

void TestMaskDecoder::wantedMasksAreThoseOfAll_data()
{
    QTest::addColumn<int>("batch");
    QTest::newRow("one prompt") << 1;
    QTest::newRow("three prompts") << 3;
}
void TestMaskDecoder::wantedMasksAreThoseOfAll()
{
    QFETCH(const int, batch);
    const torch::NoGradGuard noGrad;
    torch::manual_seed(6);
    const SamConfig config = publishedDecoder(8);
    const StateDict tensors = randomSamTensors(config);
    const Weights weights(tensors, torch::kCPU, torch::kFloat32);
    const PromptEncoder promptEncoder(weights, config);
    const MaskDecoder decoder(weights, config);
    const torch::Tensor picture = torch::randn({1, config.outChannels, 8, 8});
    PromptTensors prompt;
    prompt.batch = batch;
    prompt.boxes = torch::rand({batch, 4}) * 128;
    const auto all = decodePrompts(promptEncoder, decoder, picture, prompt);
    QCOMPARE(all.logits.size(1), config.maskTokens);
    for (const MaskRange wanted : {MaskRange{0, 1}, MaskRange{1, 3}, MaskRange{2, 1}}) {
        const auto some = decodePrompts(promptEncoder, decoder, picture, prompt, {wanted, nullptr});
        const auto expected = all.logits.narrow(1, wanted.first, wanted.count);
        QCOMPARE(some.logits.sizes(), expected.sizes());
        QVERIFY(largest(some.logits - expected) < 1e-4 * largest(expected));
        QVERIFY(largest(some.iou - all.iou.narrow(1, wanted.first, wanted.count)) <
                1e-4 * largest(all.iou));
        QCOMPARE(some.tokens.size(1), 1 + wanted.count);
        QVERIFY(largest(some.tokens.select(1, 0) - all.tokens.select(1, 0)) <
                1e-4 * largest(all.tokens));
        QVERIFY(largest(some.tokens.narrow(1, 1, wanted.count) -
                        all.tokens.narrow(1, 1 + wanted.first, wanted.count)) <
                1e-4 * largest(all.tokens));
    }
}

QTEST_APPLESS_MAIN(TestMaskDecoder)
#include "tst_mask_decoder.moc"
