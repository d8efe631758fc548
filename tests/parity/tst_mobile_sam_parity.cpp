// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/segmentation/resize_longest_side.h"
#include "core/torch/load_segmenter.h"
#include "core/torch/sam/input_tensor.h"
#include "core/torch/sam/weights.h"
#include "core/torch/tinyvit/mobile_sam.h"
#include "core/torch/tinyvit/tiny_vit.h"
#include "tests/parity/sam_reference.h"

#include <QTemporaryDir>

// The reference is a small MobileSAM with random weights, among them the batch norms' statistics,
// so that folding them is part of what is compared. Tolerances are those of tst_sam_parity.
constexpr double activationTolerance = 1e-4; // values reach 19
constexpr double embeddingTolerance = 5e-5;  // after the neck's last norm, values reach 5
constexpr double logitTolerance = 1e-3;
constexpr double iouTolerance = 2e-5;
constexpr double stabilityTolerance = 2e-3;

namespace
{

const QString folder = "mobile_sam/mobile_small_a";
constexpr std::int64_t inputSize = 256; // the official class was told so; no tensor says it

} // namespace

class TestMobileSamParity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void readsTheSizesFromTheTensors();
    void encoderStages();
    void segmenter_data();
    void segmenter();
    void worksAsAFile();
    void refusesWeightsThatDoNotFit_data();
    void refusesWeightsThatDoNotFit();

private:
    core::StateDict m_weights;
    std::unique_ptr<core::tinyvit::MobileSam> m_segmenter;
    QTemporaryDir m_folder;
};

void TestMobileSamParity::initTestCase()
{
    m_weights =
        core::readCheckpoint((TEST_DATA_DIR "/" + folder + "/mobile_small_a.pth").toStdString());
    const c10::InferenceMode inference;
    m_segmenter = std::make_unique<core::tinyvit::MobileSam>(m_weights, "mobile_small_a",
                                                             core::Runtime{}, inputSize);
}

void TestMobileSamParity::readsTheSizesFromTheTensors()
{
    const core::tinyvit::TinyVitConfig config =
        core::tinyvit::tinyVitConfigOf(m_weights, "mobile_small_a");
    const std::array<core::tinyvit::StageConfig, 4> expected = {{
        {16, 2, 64},
        {32, 2, 128, 2, 7},
        {40, 2, 160, 4, 14},
        {48, 2, 192, 6, 7},
    }};
    QVERIFY(config.stages == expected);
    QCOMPARE(config.stemChannels, 8);
    QCOMPARE(config.outChannels, 32);
    QCOMPARE(config.inputSize, 1024);
    // All of the official class but its classifier: a norm of 48 channels and 48 x 10 weights.
    QCOMPARE(m_segmenter->info().parameterCount, std::size_t(197206 - 2 * 48 - 48 * 10 - 10));
    QCOMPARE(QString::fromStdString(m_segmenter->info().architecture),
             QString("SAM TinyViT 16-32-40-48"));
    // The published model has 10.13 million, of which the classifier is 0.32.
    std::int64_t published = 0;
    for (const auto &[name, shape] : core::tinyvit::mobileSamShapes())
        if (name.find("running_") == std::string::npos && !name.ends_with("gaussian_matrix"))
            published +=
                std::accumulate(shape.begin(), shape.end(), std::int64_t(1), std::multiplies<>());
    QCOMPARE(published, 10'130'092 - 2 * 320 - 320 * 1000 - 1000);
}

void TestMobileSamParity::encoderStages()
{
    const c10::InferenceMode inference;
    const core::StateDict expected = loadReference(folder, "image0");
    core::tinyvit::TinyVitConfig config = core::tinyvit::tinyVitConfigOf(m_weights, "");
    config.inputSize = inputSize;
    const core::tinyvit::TinyVit encoder({m_weights, torch::kCPU, torch::kFloat32}, config);
    torch::Tensor tokens = encoder.embedPatches(core::sam::inputTensor(
        core::resizeLongestSide(viewOf(expected.at("image")), inputSize), inputSize));
    for (std::size_t number = 0; number < encoder.stages().size(); ++number) {
        tokens = encoder.stages()[number].forward(tokens, [] {});
        const QString what = QString("layer%1").arg(number);
        CLOSE(tokens.flatten(1, 2), expected.at(what.toStdString()), activationTolerance);
    }
    const QString what = "image_embedding";
    CLOSE(encoder.neck(tokens), expected.at("image_embedding"), embeddingTolerance);
}

void TestMobileSamParity::segmenter_data()
{
    addPromptRows(folder, {"image0"});
}

void TestMobileSamParity::segmenter()
{
    QFETCH(QString, picture);
    QFETCH(QString, prompt);
    QFETCH(int, member);
    checkAnswers(*m_segmenter, loadReference(folder, picture),
                 loadReference(folder, picture + "_prompts"), prompt, member,
                 {logitTolerance, iouTolerance, stabilityTolerance});
}

/// Whatever the file is called, and with the names of a wrapped model.
void TestMobileSamParity::worksAsAFile()
{
    core::StateDict prefixed;
    for (const auto &[name, tensor] : m_weights)
        prefixed.emplace("module." + name, tensor);
    const std::filesystem::path file = m_folder.filePath("some.weights").toStdString();
    core::writeSafetensors(file, prefixed);
    const auto loaded = core::loadSegmenter(file, {.device = core::DeviceChoice::Cpu});
    QCOMPARE(loaded->info().weightsDigest, m_segmenter->info().weightsDigest);
    QVERIFY(loaded->info().inputSize == (core::Size{1024, 1024}));

    const core::StateDict image = loadReference(folder, "image0");
    std::vector<double> shares;
    const auto embedding = loaded->encode(viewOf(image.at("image")), {},
                                          [&](double share) { shares.push_back(share); });
    QCOMPARE(shares.size(), 10u); // patches, eight blocks, neck
    QVERIFY(std::ranges::is_sorted(shares));
    QCOMPARE(shares.back(), 1.0);
    core::Prompt prompt;
    prompt.points = {{{100, 100}, core::PointLabel::Foreground}};
    const auto candidates = loaded->decode(*embedding, prompt);
    QCOMPARE(candidates.size(), 3u);
    QVERIFY(candidates[0].logits.size == (core::Size{256, 256}));
    QVERIFY(candidates[0].mask.size == (core::Size{320, 213}));
}

void TestMobileSamParity::refusesWeightsThatDoNotFit_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("complaint");
    QTest::newRow("a stage that is missing")
        << "stage"
        << "lacks the tensor \"image_encoder.layers.3.blocks.0.mlp.fc1.weight\"";
    QTest::newRow("a block of another width")
        << "width"
        << "\"image_encoder.layers.2.blocks.1.attn.qkv.weight\" should be [120, 40] and is "
           "[144, 48]";
    QTest::newRow("biases of no square window")
        << "window"
        << "\"image_encoder.layers.1.blocks.0.attn.attention_biases\" has 48 columns";
    QTest::newRow("biases of a huge window")
        << "huge"
        << "\"image_encoder.layers.1.blocks.0.attn.attention_biases\" asks for windows of 1000";
    QTest::newRow("heads that do not divide the channels")
        << "heads"
        << "\"image_encoder.layers.1.blocks.0.attn.attention_biases\" has 3 rows";
    QTest::newRow("a block of a plain ViT among them")
        << "mixed"
        << "\"image_encoder.blocks.0.norm1.weight\" [48] is not expected";
    QTest::newRow("a norm without statistics")
        << "statistics"
        << "\"image_encoder.patch_embed.seq.0.bn.running_var\" [8] is missing";
    QTest::newRow("negative variances")
        << "variance"
        << "negative variances in \"image_encoder.patch_embed.seq.0.bn.running_var\"";
    QTest::newRow("no decoder") << "decoder"
                                << "architecture";
}

void TestMobileSamParity::refusesWeightsThatDoNotFit()
{
    QFETCH(QString, what);
    QFETCH(QString, complaint);
    core::StateDict weights = m_weights;
    const std::string biases = "image_encoder.layers.1.blocks.0.attn.attention_biases";
    const std::string variance = "image_encoder.patch_embed.seq.0.bn.running_var";
    const auto eraseFrom = [&](const std::string &start) {
        std::erase_if(weights, [&](const auto &tensor) { return tensor.first.starts_with(start); });
    };
    if (what == "stage")
        eraseFrom("image_encoder.layers.3.");
    else if (what == "width")
        weights["image_encoder.layers.2.blocks.1.attn.qkv.weight"] = torch::zeros({144, 48});
    else if (what == "window")
        weights[biases] = torch::zeros({2, 48});
    else if (what == "huge")
        weights[biases] = torch::zeros({2, 1'000'000});
    else if (what == "heads")
        weights[biases] = torch::zeros({3, 49});
    else if (what == "mixed")
        weights["image_encoder.blocks.0.norm1.weight"] = torch::zeros({48});
    else if (what == "statistics")
        weights.erase(variance);
    else if (what == "variance")
        weights[variance] = -torch::ones({8});
    else
        eraseFrom("mask_decoder.");
    const std::filesystem::path file = m_folder.filePath("bad.safetensors").toStdString();
    core::writeSafetensors(file, weights);
    try {
        core::loadSegmenter(file, {.device = core::DeviceChoice::Cpu});
        QFAIL("was taken");
    } catch (const core::Error &error) {
        QVERIFY(error.kind() == core::ErrorKind::BadCheckpoint);
        const QString message = QString::fromUtf8(error.what());
        QVERIFY2(message.contains(complaint), qPrintable(message));
        QVERIFY2(message.contains("bad.safetensors"), qPrintable(message));
    }
}

QTEST_APPLESS_MAIN(TestMobileSamParity)
#include "tst_mobile_sam_parity.moc"
