// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/torch/checkpoint/state_dict.h"
#include "core/torch/load_segmenter.h"
#include "core/torch/random_segmenter.h"
#include "core/torch/sam/sam_config.h"
#include "core/torch/stage_tensors.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <limits>

namespace
{

const char *const smallSam = TEST_DATA_DIR "/sam1/sam_small_a/sam_small_a.safetensors";
const core::SegmenterOptions onCpu = {.device = core::DeviceChoice::Cpu};

core::Image gradient(core::Size size)
{
    core::Image image(size);
    for (std::size_t i = 0; i < image.pixels.size(); ++i)
        image.pixels[i] = static_cast<std::uint8_t>(i * 13 % 251);
    return image;
}

/// The kind and sentence of the Error that `function` throws; fails the test by an empty sentence
/// otherwise.
template <typename Function>
std::pair<core::ErrorKind, QString> errorOf(const Function &function)
{
    try {
        function();
    } catch (const core::Error &error) {
        return {error.kind(), QString::fromUtf8(error.what())};
    }
    return {};
}

} // namespace

class TestSamSegmenter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void refusesWeightsThatDoNotFit_data();
    void refusesWeightsThatDoNotFit();
    void readsPrefixedNames();
    void refusesUnknownArchitecturesAndSizes();
    void stopsBetweenBlocks();
    void reportsRisingProgress();
    void refusesImpossiblePrompts();
    void copesWithLinesAndDots();
    void preparingAndOtherPicturesChangeNoAnswer();
    void refinesItsOwnAnswer();
    void writesStageTensors();

private:
    core::StateDict m_weights;
    QTemporaryDir m_folder;
    std::unique_ptr<core::Segmenter> m_segmenter;
};

void TestSamSegmenter::initTestCase()
{
    m_weights = core::readCheckpoint(smallSam);
    m_segmenter = core::loadSegmenter(smallSam, onCpu);
}

void TestSamSegmenter::refusesWeightsThatDoNotFit_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("complaint");
    QTest::newRow("a missing tensor") << "missing"
                                      << "\"mask_decoder.iou_token.weight\" [1, 32] is missing";
    QTest::newRow("another shape")
        << "shape"
        << "\"mask_decoder.iou_token.weight\" should be [1, 32] and is [2, 32]";
    QTest::newRow("a tensor too many") << "extra"
                                       << "\"spy\" [3] is not expected";
    QTest::newRow("whole numbers") << "integers"
                                   << "does not hold floating-point numbers";
    QTest::newRow("NaN") << "nan"
                         << "NaN or infinite numbers in \"mask_decoder.iou_token.weight\"";
    QTest::newRow("an infinity") << "infinity"
                                 << "NaN or infinite numbers";
    QTest::newRow("a table of a million distances") << "huge"
                                                    << "asks for an input of";
}

void TestSamSegmenter::refusesWeightsThatDoNotFit()
{
    QFETCH(QString, what);
    QFETCH(QString, complaint);
    core::StateDict weights = m_weights;
    torch::Tensor &token = weights.at("mask_decoder.iou_token.weight");
    token = token.clone();
    if (what == "missing")
        weights.erase("mask_decoder.iou_token.weight");
    else if (what == "shape")
        token = token.repeat({2, 1});
    else if (what == "extra")
        weights["spy"] = torch::ones({3});
    else if (what == "integers")
        token = token.to(torch::kInt32);
    else if (what == "nan")
        token[0][5] = std::numeric_limits<float>::quiet_NaN();
    else if (what == "infinity")
        token[0][5] = std::numeric_limits<float>::infinity();
    else {
        weights.erase("image_encoder.pos_embed");
        weights["image_encoder.blocks.1.attn.rel_pos_h"] = torch::zeros({1'000'001, 12});
    }
    const std::filesystem::path file = m_folder.filePath("bad.safetensors").toStdString();
    core::writeSafetensors(file, weights);
    const auto [kind, message] = errorOf([&] { core::loadSegmenter(file, onCpu); });
    QVERIFY(kind == core::ErrorKind::BadCheckpoint);
    QVERIFY2(message.contains(complaint), qPrintable(message));
    QVERIFY2(message.contains("bad.safetensors"), qPrintable(message));
}

void TestSamSegmenter::readsPrefixedNames()
{
    core::StateDict prefixed;
    for (const auto &[name, tensor] : m_weights)
        prefixed.emplace("module." + name, tensor);
    const std::filesystem::path file = m_folder.filePath("prefixed.safetensors").toStdString();
    core::writeSafetensors(file, prefixed);
    QCOMPARE(core::loadSegmenter(file, onCpu)->info().weightsDigest,
             m_segmenter->info().weightsDigest);
}

void TestSamSegmenter::refusesUnknownArchitecturesAndSizes()
{
    const std::filesystem::path file = m_folder.filePath("other.safetensors").toStdString();
    core::writeSafetensors(file, {{"layer.weight", torch::ones({2, 2})}});
    const auto [kind, message] = errorOf([&] { core::loadSegmenter(file, onCpu); });
    QVERIFY(kind == core::ErrorKind::BadCheckpoint);
    QVERIFY2(message.contains("architecture"), qPrintable(message));
    QVERIFY(errorOf([] { core::makeRandomSegmenter("vit_x", onCpu); }).first ==
            core::ErrorKind::BadCheckpoint);
}

void TestSamSegmenter::stopsBetweenBlocks()
{
    std::stop_source stop;
    int calls = 0;
    const core::Image image = gradient({60, 40});
    const auto [kind, message] = errorOf([&] {
        m_segmenter->encode(image.view(), stop.get_token(), [&](double) {
            ++calls;
            stop.request_stop();
        });
    });
    QVERIFY2(kind == core::ErrorKind::Cancelled, qPrintable(message));
    QCOMPARE(calls, 1);
}

void TestSamSegmenter::reportsRisingProgress()
{
    std::vector<double> shares;
    const core::Image image = gradient({60, 40});
    m_segmenter->encode(image.view(), {}, [&](double share) { shares.push_back(share); });
    QCOMPARE(shares.size(), 6u); // patches, four blocks, neck
    QVERIFY(std::ranges::is_sorted(shares));
    QCOMPARE(shares.back(), 1.0);
}

void TestSamSegmenter::refusesImpossiblePrompts()
{
    const core::Image image = gradient({60, 40});
    const auto embedding = m_segmenter->encode(image.view());
    core::Prompt nowhere;
    nowhere.points = {
        {{std::numeric_limits<double>::quiet_NaN(), 3}, core::PointLabel::Foreground}};
    core::Prompt foreign;
    foreign.previous = core::LowResLogits{{8, 8}, std::vector<float>(64)};
    for (const core::Prompt &prompt : {nowhere, foreign})
        QVERIFY(errorOf([&] { m_segmenter->decode(*embedding, prompt); }).first ==
                core::ErrorKind::BadPrompt);
    QVERIFY(errorOf([&] { m_segmenter->encode(core::ImageView{}); }).first ==
            core::ErrorKind::BadImage);
}

void TestSamSegmenter::copesWithLinesAndDots()
{
    for (const core::Size size : {core::Size{1, 1}, {3000, 1}, {1, 2000}}) {
        const core::Image image = gradient(size);
        const auto embedding = m_segmenter->encode(image.view());
        core::Prompt prompt;
        prompt.points = {{{0, 0}, core::PointLabel::Foreground}};
        const auto candidates = m_segmenter->decode(*embedding, prompt);
        QCOMPARE(candidates.size(), 3u);
        QVERIFY(candidates[0].mask.size == size);
    }
}

/// What is kept of one picture is not taken for another's.
void TestSamSegmenter::preparingAndOtherPicturesChangeNoAnswer()
{
    const core::Image picture = gradient({64, 48});
    core::Image other = picture;
    std::reverse(other.pixels.begin(), other.pixels.end());
    core::Prompt click;
    click.points = {{{20, 20}}};
    const auto logitsOf = [&](core::Segmenter &segmenter, const core::ImageEmbedding &embedding) {
        const auto answers = segmenter.decodeLogits(embedding, {&click, 1});
        return answers.front().front().logits;
    };
    const auto first = m_segmenter->encode(picture.view());
    const auto second = m_segmenter->encode(other.view());
    const auto expected = logitsOf(*m_segmenter, *first);
    const auto prepared = core::loadSegmenter(smallSam, onCpu);
    prepared->prepare(*second);
    prepared->prepare(*first);
    QVERIFY(logitsOf(*prepared, *first).values == expected.values);
    QVERIFY(logitsOf(*prepared, *second).values != expected.values);
    QVERIFY(logitsOf(*prepared, *first).values == expected.values);
}

void TestSamSegmenter::refinesItsOwnAnswer()
{
    const core::Image image = gradient({60, 40});
    const auto embedding = m_segmenter->encode(image.view());
    QVERIFY(embedding->logitsSize() == m_segmenter->info().logitsSize);
    core::Prompt prompt;
    prompt.points = {{{20, 20}, core::PointLabel::Foreground}};
    const auto first = m_segmenter->decode(*embedding, prompt);
    prompt.previous = first[core::bestCandidate(first)].logits;
    const auto second = m_segmenter->decode(*embedding, prompt);
    QCOMPARE(second.size(), 1u);
    QVERIFY(second[0].logits.values != first[0].logits.values);
}

void TestSamSegmenter::writesStageTensors()
{
    const core::Image image = gradient({60, 40});
    const auto embedding = m_segmenter->encode(image.view());
    core::Prompt prompt;
    prompt.points = {{{20, 20}, core::PointLabel::Foreground}};
    const auto candidates = m_segmenter->decode(*embedding, prompt);
    const std::filesystem::path file = m_folder.filePath("stages.safetensors").toStdString();
    core::writeStageTensors(file, *embedding, candidates);
    const core::StateDict stages = core::readCheckpoint(file);
    QVERIFY((stages.at("image_embedding").sizes() == torch::IntArrayRef{1, 32, 16, 16}));
    QVERIFY((stages.at("low_res_logits").sizes() == torch::IntArrayRef{3, 64, 64}));
    QCOMPARE(stages.at("iou_predictions")[2].item<float>(), candidates[2].predictedIou);
}

QTEST_APPLESS_MAIN(TestSamSegmenter)
#include "tst_sam_segmenter.moc"
