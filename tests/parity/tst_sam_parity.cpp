// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/resize_longest_side.h"
#include "core/torch/checkpoint/state_dict.h"
#include "core/torch/sam/image_encoder.h"
#include "core/torch/sam/input_tensor.h"
#include "core/torch/sam/sam_embedding.h"
#include "core/torch/sam/sam_segmenter.h"
#include "core/torch/sam/weights.h"
#include "tests/parity/sam_reference.h"

#include <QtTest>

#include <cstring>

// Largest absolute differences. Each is about ten times what two versions of the official
// implementation differ by between themselves (other BLAS, other order of summation).
constexpr double activationTolerance = 1e-4; // encoder blocks, whose values reach 13
constexpr double embeddingTolerance = 5e-5;  // after the neck's last norm, values reach 5
constexpr double promptTolerance = 2e-5;     // sines and cosines, and what is added to them
constexpr double denseTolerance = 1e-4;      // three convolutions of mask logits that reach 11
constexpr double tokenTolerance = 1e-4;      // tokens out of the transformer
constexpr double logitTolerance = 1e-3;      // mask logits reach 25
constexpr double iouTolerance = 2e-5;
constexpr double stabilityTolerance = 2e-3; // a share of pixels: some lie at the cuts

namespace
{

core::StateDict load(const QString &name)
{
    return loadReference("sam1/sam_small_a", name);
}

} // namespace

class TestSamParity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void readsTheSizesFromTheTensors();
    void encoderStages_data();
    void encoderStages();
    void promptsAndMasks_data();
    void promptsAndMasks();
    void segmenter_data();
    void segmenter();
    void everyCheckpointFormIsTheSameModel();
    void batchesGiveTheSameMasksAsSinglePrompts();

private:
    core::StateDict m_weights;
    core::sam::SamConfig m_config;
    std::unique_ptr<core::sam::SamSegmenter> m_segmenter;
};

void TestSamParity::initTestCase()
{
    m_weights = load("sam_small_a");
    m_config = core::sam::samConfigOf(m_weights, "sam_small_a");
    m_segmenter =
        std::make_unique<core::sam::SamSegmenter>(m_weights, "sam_small_a", core::Runtime{});
}

void TestSamParity::readsTheSizesFromTheTensors()
{
    QCOMPARE(m_config.inputSize, 256);
    QCOMPARE(m_config.patchSize, 16);
    QCOMPARE(m_config.embedDim, 48);
    QCOMPARE(m_config.heads, 4);
    QCOMPARE(m_config.windowSizes, (std::vector<std::int64_t>{6, 0, 6, 0}));
    QCOMPARE(m_config.outChannels, 32);
    QCOMPARE(m_config.maskChannels, 16);
    QCOMPARE(m_config.decoderDepth, 2);
    QCOMPARE(m_config.decoderHeads, 4);
    QCOMPARE(m_config.decoderMlpDim, 64);
    QCOMPARE(m_config.maskTokens, 4);
    QCOMPARE(m_config.iouHeadDepth, 3);
    QCOMPARE(m_config.iouHeadDim, 32);
    QCOMPARE(m_segmenter->info().parameterCount, std::size_t(216860));
    QCOMPARE(core::sam::officialSamConfig("vit_h").windowSizes[31], 0);
    QCOMPARE(core::sam::officialSamConfig("vit_b").windowSizes[2], 0);
    QCOMPARE(core::sam::officialSamConfig("vit_l").windowSizes[22], 14);
}

void TestSamParity::encoderStages_data()
{
    QTest::addColumn<QString>("picture");
    QTest::newRow("landscape") << "image0";
    QTest::newRow("portrait") << "image1";
}

void TestSamParity::encoderStages()
{
    QFETCH(QString, picture);
    const c10::InferenceMode inference;
    const core::StateDict expected = load(picture);
    const core::Image resized = core::resizeLongestSide(viewOf(expected.at("image")), 256);
    const torch::Tensor &expectedPixels = expected.at("resized");
    QCOMPARE(resized.size.width, static_cast<int>(expectedPixels.size(1)));
    QCOMPARE(resized.size.height, static_cast<int>(expectedPixels.size(0)));
    QVERIFY(std::memcmp(resized.pixels.data(), expectedPixels.data_ptr(), resized.pixels.size()) ==
            0);

    const torch::Tensor input = core::sam::inputTensor(resized, 256);
    QString what = "input";
    if (picture == "image0") // the reference keeps the first two stages of one picture
        CLOSE(input, expected.at("input"), 0.0);

    const core::sam::Weights weights(m_weights, torch::kCPU, torch::kFloat32);
    const core::sam::ImageEncoder encoder(weights, m_config);
    torch::Tensor tokens = encoder.embedPatches(input);
    what = "patch_embed";
    if (picture == "image0")
        CLOSE(tokens, expected.at("patch_embed"), activationTolerance);
    tokens = encoder.addPositions(tokens);
    for (std::size_t block = 0; block < encoder.blocks().size(); ++block) {
        tokens = encoder.blocks()[block].forward(tokens);
        what = QString("block%1").arg(block);
        CLOSE(tokens, expected.at(what.toStdString()), activationTolerance);
    }
    what = "image_embedding";
    CLOSE(encoder.neck(tokens), expected.at("image_embedding"), embeddingTolerance);
    what = "dense_pe";
    CLOSE(core::sam::PromptEncoder(weights, m_config).densePositions(), expected.at("dense_pe"),
          promptTolerance);
}

void TestSamParity::promptsAndMasks_data()
{
    QTest::addColumn<QString>("picture");
    QTest::addColumn<QString>("prompt");
    for (const QString picture : {"image0", "image1"})
        for (const auto &[name, tensor] : load(picture + "_prompts"))
            if (QString::fromStdString(name).endsWith("/hs")) {
                const QString prompt = QString::fromStdString(name.substr(0, name.size() - 3));
                QTest::newRow(qPrintable(picture + " " + prompt)) << picture << prompt;
            }
}

/// Prompt encoder and mask decoder alone, from the official prompt tensors and the official
/// embedding.
void TestSamParity::promptsAndMasks()
{
    QFETCH(QString, picture);
    QFETCH(QString, prompt);
    const c10::InferenceMode inference;
    const core::StateDict image = load(picture);
    const core::StateDict all = load(picture + "_prompts");
    const auto find = [&](const char *name) {
        const auto found = all.find((prompt + "/" + name).toStdString());
        return found == all.end() ? torch::Tensor() : found->second;
    };
    const core::sam::Weights weights(m_weights, torch::kCPU, torch::kFloat32);
    const core::sam::PromptEncoder promptEncoder(weights, m_config);
    const core::sam::MaskDecoder decoder(weights, m_config);

    torch::Tensor points = find("point_coords_transformed");
    torch::Tensor labels = find("point_labels");
    if (points.defined() && points.dim() == 2) {
        points = points.unsqueeze(0);
        labels = labels.unsqueeze(0);
    }
    const torch::Tensor boxes =
        find("boxes_transformed").defined() ? find("boxes_transformed") : find("box_transformed");
    const torch::Tensor masks = find("mask_input");
    const torch::Tensor expectedSparse = find("sparse");
    const torch::Tensor sparse =
        promptEncoder.sparse(points, labels, boxes, expectedSparse.size(0));
    QString what = "sparse";
    CLOSE(sparse, expectedSparse, promptTolerance);
    torch::Tensor dense = masks.defined() ? promptEncoder.dense(masks) : promptEncoder.noMask();
    if (find("dense").defined()) {
        what = "dense";
        CLOSE(dense.expand_as(find("dense")), find("dense"), denseTolerance);
    }
    const auto result =
        decoder.forward(image.at("image_embedding"), promptEncoder.densePositions(), sparse, dense);
    what = "hs";
    CLOSE(result.tokens, find("hs"), tokenTolerance);
    what = "multi/low_res_logits";
    CLOSE(result.logits.narrow(1, 1, 3), find("multi/low_res_logits"), logitTolerance);
    what = "single/low_res_logits";
    CLOSE(result.logits.narrow(1, 0, 1), find("single/low_res_logits"), logitTolerance);
    what = "multi/iou";
    CLOSE(result.iou.narrow(1, 1, 3), find("multi/iou"), iouTolerance);
    what = "single/iou";
    CLOSE(result.iou.narrow(1, 0, 1), find("single/iou"), iouTolerance);
}

void TestSamParity::segmenter_data()
{
    addPromptRows("sam1/sam_small_a", {"image0", "image1"});
}

/// The whole chain, from the picture to the full-size mask.
void TestSamParity::segmenter()
{
    QFETCH(QString, picture);
    QFETCH(QString, prompt);
    QFETCH(int, member);
    checkAnswers(*m_segmenter, load(picture), load(picture + "_prompts"), prompt, member,
                 {logitTolerance, iouTolerance, stabilityTolerance});
}

void TestSamParity::everyCheckpointFormIsTheSameModel()
{
    for (const char *form : {"sam_small_a.pth", "sam_small_a.legacy.pth"}) {
        const auto read =
            core::readCheckpoint(std::filesystem::path(TEST_DATA_DIR "/sam1/sam_small_a") / form);
        QCOMPARE(read.size(), m_weights.size());
        for (const auto &[name, tensor] : m_weights) {
            QVERIFY2(read.contains(name), name.c_str());
            QVERIFY2(read.at(name).equal(tensor), name.c_str());
        }
    }
    const auto loaded = core::loadSegmenter(TEST_DATA_DIR "/sam1/sam_small_a/sam_small_a.pth",
                                            {.device = core::DeviceChoice::Cpu});
    QCOMPARE(loaded->info().weightsDigest, m_segmenter->info().weightsDigest);
    QCOMPARE(loaded->info().modelName, std::string("sam_small_a.pth"));
}

void TestSamParity::batchesGiveTheSameMasksAsSinglePrompts()
{
    const core::StateDict image = load("image0");
    const auto embedding = m_segmenter->encode(viewOf(image.at("image")), {}, {});
    std::vector<core::Prompt> prompts;
    for (int i = 0; i < 11; ++i) {
        core::Prompt prompt;
        if (i % 3 != 1)
            prompt.box = core::Box{10.0 + i, 20, 90 + 5.0 * i, 150};
        for (int p = 0; p < i % 3; ++p)
            prompt.points.push_back({{30.0 + 20 * p + i, 60}, core::PointLabel::Foreground});
        prompts.push_back(prompt);
    }
    const auto together = m_segmenter->decodeBatch(*embedding, prompts);
    QCOMPARE(together.size(), prompts.size());
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        const auto alone = m_segmenter->decode(*embedding, prompts[i]);
        QCOMPARE(together[i].size(), alone.size());
        for (std::size_t k = 0; k < alone.size(); ++k) {
            QString what = QString("prompt %1 mask %2").arg(i).arg(k);
            CLOSE(torch::tensor(together[i][k].logits.values),
                  torch::tensor(alone[k].logits.values), activationTolerance);
        }
    }
}

QTEST_APPLESS_MAIN(TestSamParity)
#include "tst_sam_parity.moc"
