// SPDX-License-Identifier: Apache-2.0
#include "core/cache/embedding_key.h"
#include "core/cpu/kernels.h"
#include "core/error.h"
#include "core/torch/load_segmenter.h"
#include "core/torch/torch_embedding.h"

#include <QtTest>

// Of the length of what is compared. bfloat16 keeps 8 bits, so a factor is off by up to 2^-9; the
// differences below are twice what is measured.
constexpr double embeddingTolerance = 1.5e-2;
constexpr double logitTolerance = 1.5e-2;
// Below this nothing was rounded at all.
constexpr double leastDifference = 1e-4;

namespace
{

const char *const smallSam = TEST_DATA_DIR "/sam1/sam_small_a/sam_small_a.safetensors";

core::SegmenterOptions onCpu(core::PrecisionChoice precision, int threads = 0)
{
    return {.device = core::DeviceChoice::Cpu, .precision = precision, .threads = threads};
}

/// Discs on a slope.
core::Image picture()
{
    core::Image image({200, 150});
    for (int y = 0; y < image.size.height; ++y) {
        for (int x = 0; x < image.size.width; ++x) {
            const bool isDisc = (x - 60) * (x - 60) + (y - 70) * (y - 70) < 1500 ||
                                (x - 140) * (x - 140) + (y - 60) * (y - 60) < 900;
            for (int channel = 0; channel < 3; ++channel)
                image.row(y)[x * 3 + channel] = static_cast<std::uint8_t>(
                    isDisc ? 200 - channel * 60 : x / 2 + channel * y / 2);
        }
    }
    return image;
}

torch::Tensor tensorOf(const core::ImageEmbedding &embedding)
{
    return dynamic_cast<const core::TorchEmbedding &>(embedding).imageEmbedding();
}

double difference(const torch::Tensor &expected, const torch::Tensor &actual)
{
    return ((actual - expected).norm() / expected.norm()).item<double>();
}

} // namespace

/// Encoders with products of bfloat16 on the processor beside those of float32.
class TestBf16Encoders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void processorsWithoutItSaySo();
    void isNotChosenUnlessAskedFor();
    void embeddingsAndLogitsAreClose_data();
    void embeddingsAndLogitsAreClose();
    void threadsDoNotChangeABit();
    void embeddingsAreKeptApart();

private:
    core::Image m_picture = picture();
    bool m_isThere = core::cpu::kernels() && core::cpu::kernels()->bf16;
    std::unique_ptr<core::Segmenter> m_plain, m_rounded;
};

void TestBf16Encoders::initTestCase()
{
    m_plain = core::loadSegmenter(smallSam, onCpu(core::PrecisionChoice::Fp32));
    if (m_isThere)
        m_rounded = core::loadSegmenter(smallSam, onCpu(core::PrecisionChoice::Bf16));
}

void TestBf16Encoders::processorsWithoutItSaySo()
{
    if (m_isThere)
        QSKIP("This processor has AVX512-BF16.");
    try {
        core::loadSegmenter(smallSam, onCpu(core::PrecisionChoice::Bf16));
        QFAIL("it was loaded");
    } catch (const core::Error &error) {
        QCOMPARE(error.kind(), core::ErrorKind::DeviceUnavailable);
        QVERIFY2(QString(error.what()).contains("choose fp32"), error.what());
    }
}

void TestBf16Encoders::isNotChosenUnlessAskedFor()
{
    const auto segmenter = core::loadSegmenter(smallSam, onCpu(core::PrecisionChoice::Auto));
    QCOMPARE(segmenter->info().precision, std::string("fp32"));
}

void TestBf16Encoders::embeddingsAndLogitsAreClose_data()
{
    QTest::addColumn<bool>("isSam");
    QTest::newRow("SAM") << true;
    QTest::newRow("the default model") << false;
}

void TestBf16Encoders::embeddingsAndLogitsAreClose()
{
    if (!m_isThere)
        QSKIP("This processor has no AVX512-BF16.");
    QFETCH(bool, isSam);
    const auto load = [&](core::PrecisionChoice precision) {
        return isSam ? core::loadSegmenter(smallSam, onCpu(precision))
                     : core::loadDefaultSegmenter(onCpu(precision));
    };
    const auto plainModel = load(core::PrecisionChoice::Fp32);
    const auto roundedModel = load(core::PrecisionChoice::Bf16);
    QCOMPARE(roundedModel->info().precision, std::string("bf16"));
    const auto plain = plainModel->encode(m_picture.view());
    const auto rounded = roundedModel->encode(m_picture.view());
    QCOMPARE(tensorOf(*rounded).scalar_type(), torch::kFloat32);
    const double embeddings = difference(tensorOf(*plain), tensorOf(*rounded));
    QVERIFY2(embeddings > leastDifference && embeddings < embeddingTolerance,
             qPrintable(QString::number(embeddings)));
    core::Prompt prompt;
    prompt.points = {{{60, 70}, core::PointLabel::Foreground}};
    const auto expected = plainModel->decode(*plain, prompt);
    const auto actual = roundedModel->decode(*rounded, prompt);
    QCOMPARE(actual.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const double logits = difference(torch::tensor(expected[i].logits.values),
                                         torch::tensor(actual[i].logits.values));
        QVERIFY2(logits < logitTolerance, qPrintable(QString::number(logits)));
        QVERIFY(std::abs(actual[i].predictedIou - expected[i].predictedIou) < logitTolerance);
    }
}

void TestBf16Encoders::threadsDoNotChangeABit()
{
    if (!m_isThere)
        QSKIP("This processor has no AVX512-BF16.");
    const auto alone = core::loadSegmenter(smallSam, onCpu(core::PrecisionChoice::Bf16, 1));
    const auto several = core::loadSegmenter(smallSam, onCpu(core::PrecisionChoice::Bf16, 3));
    QVERIFY(torch::equal(tensorOf(*alone->encode(m_picture.view())),
                         tensorOf(*several->encode(m_picture.view()))));
}

void TestBf16Encoders::embeddingsAreKeptApart()
{
    if (!m_isThere)
        QSKIP("This processor has no AVX512-BF16.");
    QCOMPARE(m_rounded->info().precision, std::string("bf16"));
    QCOMPARE(m_rounded->info().weightsDigest, m_plain->info().weightsDigest);
    QVERIFY(core::embeddingKey("picture", {}, m_rounded->info()).text() !=
            core::embeddingKey("picture", {}, m_plain->info()).text());
}

QTEST_GUILESS_MAIN(TestBf16Encoders)
#include "tst_bf16_encoders.moc"
