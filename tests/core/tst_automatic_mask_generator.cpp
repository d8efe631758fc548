// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/mask/mask_measure.h"
#include "core/segmentation/automatic_mask_generator.h"
#include "core/segmentation/crop_mask.h"
#include "core/segmentation/fake_segmenter.h"
#include "core/segmentation/mask_postprocessing.h"

#include <QtTest>

#include <random>

using core::GeneratedMask;
using core::MaskGeneratorOptions;

// Equality with SAM's own generator: tests/parity/tst_mask_generator_parity.cpp.
class TestAutomaticMaskGenerator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksTheGridInBatches();
    void theNumberOfABatchChangesNothing();
    void masksAreThoseOfTheDecoder();
    void whatTouchesACropsBorderIsLeftOut();
    void looksAtARegionAlone();
    void aRegionBesideThePictureHasNothing();
    void anEmbeddingNeedNotBeMadeTwice();
    void stopsBetweenSteps();
    void tellsItsProgress();
    void onePixelIsAPicture();
    void filtersAsOftenAsOneLikes();
    void smallerCropsWin();
    void makesTheRowsOfACropAlone_data();
    void makesTheRowsOfACropAlone();
};

namespace
{

/// Counts what is asked of it.
class CountingSegmenter : public core::FakeSegmenter
{
public:
    std::shared_ptr<const core::ImageEmbedding>
    encode(core::ImageView image, std::stop_token stop = {},
           const core::EncodeProgress &progress = {}) override
    {
        encoded.push_back(image.size);
        return FakeSegmenter::encode(image, stop, progress);
    }
    std::vector<std::vector<core::ScoredLogits>>
    decodeLogits(const core::ImageEmbedding &embedding,
                 std::span<const core::Prompt> prompts) override
    {
        batches.push_back(prompts.size());
        return FakeSegmenter::decodeLogits(embedding, prompts);
    }
    std::vector<core::Size> encoded;
    std::vector<std::size_t> batches;
};

MaskGeneratorOptions everything(int perSide)
{
    MaskGeneratorOptions options;
    options.pointsPerSide = perSide;
    options.thresholds = {0, 0, 1, 1, 0};
    return options;
}

GeneratedMask square(int x, int y, int side, float iou, float stability = 1)
{
    core::Mask mask({100, 80});
    for (int row = y; row < y + side; ++row)
        for (int column = x; column < x + side; ++column)
            mask.set(column, row);
    GeneratedMask found{core::encode(mask), iou, stability, 0, {}, {}, {0, 0, 100, 80}};
    core::measure(found);
    return found;
}

std::vector<core::Rle> masksOf(const std::vector<GeneratedMask> &found)
{
    std::vector<core::Rle> masks;
    for (const GeneratedMask &one : found)
        masks.push_back(one.mask);
    return masks;
}

} // namespace

void TestAutomaticMaskGenerator::asksTheGridInBatches()
{
    const core::Image image({120, 90});
    CountingSegmenter segmenter;
    MaskGeneratorOptions options = everything(5);
    options.pointsPerBatch = 10;
    core::generateMasks(segmenter, image.view(), options);
    QCOMPARE(segmenter.encoded, std::vector{image.size});
    QCOMPARE(segmenter.batches, (std::vector<std::size_t>{10, 10, 5}));
}

void TestAutomaticMaskGenerator::theNumberOfABatchChangesNothing()
{
    const core::Image image({120, 90});
    core::FakeSegmenter segmenter;
    MaskGeneratorOptions options = everything(4);
    const auto together = core::generateMasks(segmenter, image.view(), options);
    options.pointsPerBatch = 1;
    QVERIFY(masksOf(core::generateMasks(segmenter, image.view(), options)) == masksOf(together));
    QCOMPARE(together.size(), std::size_t(4 * 4 * 3));
}

void TestAutomaticMaskGenerator::masksAreThoseOfTheDecoder()
{
    const core::Image image({120, 90});
    core::FakeSegmenter segmenter;
    core::AutomaticMaskGenerator generator(image.view(), everything(3));
    while (!generator.isFinished())
        generator.step(segmenter);
    const auto found = generator.takeMasks();
    QCOMPARE(found.size(), std::size_t(27));
    const auto embedding = segmenter.encode(image.view());
    for (std::size_t i = 0; i < found.size(); ++i) {
        core::Prompt prompt;
        prompt.points = {{found[i].point, core::PointLabel::Foreground}};
        const auto answer = segmenter.decode(*embedding, prompt)[i % 3];
        const core::Mask expected = core::maskFromLogits(answer.logits, embedding->geometry());
        QVERIFY(core::decode(found[i].mask) == expected);
        QCOMPARE(found[i].predictedIou, answer.predictedIou);
        QCOMPARE(found[i].area, core::area(expected));
        QCOMPARE(found[i].stabilityScore,
                 core::stabilityScore(answer.logits, embedding->geometry(), 1));
    }
}

void TestAutomaticMaskGenerator::whatTouchesACropsBorderIsLeftOut()
{
    const core::Image image({800, 800});
    core::FakeSegmenter segmenter;
    MaskGeneratorOptions options = everything(4);
    options.cropNLayers = 1;
    bool fromCrops = false;
    for (const GeneratedMask &mask : core::generateMasks(segmenter, image.view(), options)) {
        const core::PixelRect &crop = mask.crop;
        fromCrops |= crop.width < 800;
        QVERIFY(crop.x == 0 || mask.box.x0 > crop.x + 20);
        QVERIFY(crop.y == 0 || mask.box.y0 > crop.y + 20);
        QVERIFY(crop.x + crop.width == 800 || mask.box.x1 < crop.x + crop.width - 20);
        QVERIFY(crop.y + crop.height == 800 || mask.box.y1 < crop.y + crop.height - 20);
    }
    QVERIFY(fromCrops);
}

void TestAutomaticMaskGenerator::looksAtARegionAlone()
{
    const core::Image image({600, 500});
    CountingSegmenter segmenter;
    MaskGeneratorOptions options = everything(3);
    options.region = {200, 100, 300, 240};
    const auto found = core::generateMasks(segmenter, image.view(), options);
    QCOMPARE(segmenter.encoded, (std::vector<core::Size>{{300, 240}}));
    QVERIFY(!found.empty());
    for (const GeneratedMask &mask : found) {
        QVERIFY(mask.mask.size == image.size);
        QVERIFY(mask.box.x0 > 220 && mask.box.y0 > 120 && mask.box.x1 < 480 && mask.box.y1 < 320);
        QVERIFY(mask.point.x > 200 && mask.point.x < 500);
    }
}

void TestAutomaticMaskGenerator::aRegionBesideThePictureHasNothing()
{
    const core::Image image({60, 50});
    CountingSegmenter segmenter;
    MaskGeneratorOptions options = everything(3);
    options.region = {70, 10, 30, 30};
    QVERIFY(core::generateMasks(segmenter, image.view(), options).empty());
    QVERIFY(segmenter.encoded.empty());
}

void TestAutomaticMaskGenerator::anEmbeddingNeedNotBeMadeTwice()
{
    const core::Image image({60, 50});
    CountingSegmenter segmenter;
    const auto embedding = segmenter.encode(image.view());
    core::AutomaticMaskGenerator generator(image.view(), everything(2));
    generator.useEmbedding(embedding);
    while (!generator.isFinished())
        generator.step(segmenter);
    QCOMPARE(segmenter.encoded.size(), std::size_t(1));
    QCOMPARE(generator.takeMasks().size(), std::size_t(12));
}

void TestAutomaticMaskGenerator::stopsBetweenSteps()
{
    const core::Image image({60, 50});
    core::FakeSegmenter segmenter;
    std::stop_source stop;
    core::AutomaticMaskGenerator generator(image.view(), everything(2));
    generator.step(segmenter, stop.get_token());
    stop.request_stop();
    try {
        generator.step(segmenter, stop.get_token());
        QFAIL("went on");
    } catch (const core::Error &error) {
        QCOMPARE(error.kind(), core::ErrorKind::Cancelled);
    }
    QVERIFY(!generator.isFinished());
}

void TestAutomaticMaskGenerator::tellsItsProgress()
{
    const core::Image image({60, 50});
    core::FakeSegmenter segmenter;
    MaskGeneratorOptions options = everything(4);
    options.pointsPerBatch = 8;
    options.cropNLayers = 1;
    std::vector<double> told;
    core::generateMasks(segmenter, image.view(), options, {},
                        [&](double progress) { told.push_back(progress); });
    QCOMPARE(told.size(), std::size_t(5 * 3));
    QVERIFY(std::ranges::is_sorted(told));
    QCOMPARE(told.back(), 1.0);
}

void TestAutomaticMaskGenerator::onePixelIsAPicture()
{
    const core::Image image({1, 1});
    core::FakeSegmenter segmenter;
    MaskGeneratorOptions options = everything(2);
    options.cropNLayers = 2;
    core::generateMasks(segmenter, image.view(), options); // only must not fall over
}

void TestAutomaticMaskGenerator::filtersAsOftenAsOneLikes()
{
    const std::vector<GeneratedMask> found = {
        square(10, 10, 20, 0.9f), square(11, 10, 20, 0.95f),      square(60, 40, 20, 0.5f),
        square(60, 10, 4, 0.9f),  square(40, 50, 20, 0.9f, 0.6f),
    };
    using Indices = std::vector<std::size_t>;
    QCOMPARE(core::filterMasks(found, {0.88, 0.9, 0.7, 0.7, 0}), (Indices{1, 3}));
    QCOMPARE(core::filterMasks(found, {0.4, 0.5, 0.7, 0.7, 100}), (Indices{1, 4, 2}));
    QCOMPARE(core::filterMasks(found, {0, 0, 1, 1, 0}), (Indices{1, 0, 3, 4, 2}));
    QCOMPARE(core::filterMasks({}, {}), Indices{});
}

void TestAutomaticMaskGenerator::smallerCropsWin()
{
    std::vector<GeneratedMask> found = {square(10, 10, 20, 0.99f), square(10, 10, 20, 0.9f)};
    found[1].crop = {0, 0, 50, 40};
    QCOMPARE(core::filterMasks(found, {}), std::vector<std::size_t>{1});
}

void TestAutomaticMaskGenerator::makesTheRowsOfACropAlone_data()
{
    QTest::addColumn<QSize>("logits");
    QTest::addColumn<QSize>("padded");
    QTest::addColumn<QSize>("resized");
    QTest::addColumn<QSize>("original");
    QTest::newRow("as SAM shrinks")
        << QSize(64, 64) << QSize(256, 256) << QSize(256, 171) << QSize(450, 300);
    QTest::newRow("as SAM enlarges")
        << QSize(64, 64) << QSize(256, 256) << QSize(141, 256) << QSize(33, 60);
    QTest::newRow("as the compact model shrinks")
        << QSize(144, 96) << QSize(288, 192) << QSize(288, 190) << QSize(640, 422);
    QTest::newRow("a line") << QSize(64, 64) << QSize(256, 256) << QSize(256, 1) << QSize(900, 1);
}

void TestAutomaticMaskGenerator::makesTheRowsOfACropAlone()
{
    QFETCH(QSize, logits);
    QFETCH(QSize, padded);
    QFETCH(QSize, resized);
    QFETCH(QSize, original);
    const auto sizeOf = [](QSize size) { return core::Size{size.width(), size.height()}; };
    const core::InputGeometry geometry{sizeOf(original), sizeOf(resized), sizeOf(padded)};
    const core::PixelRect crop{7, 5, original.width(), original.height()};
    const core::Size picture{original.width() + 20, original.height() + 30};
    std::mt19937 random(3);
    for (int round = 0; round < 20; ++round) {
        core::LowResLogits answer{sizeOf(logits), {}};
        answer.values.assign(std::size_t(answer.size.area()), -6.0f);
        const int y0 = int(random() % 64), x0 = int(random() % 64);
        for (int y = y0; y < std::min(logits.height(), y0 + 9); ++y)
            for (int x = x0; x < std::min(logits.width(), x0 + 9); ++x)
                answer.values[std::size_t(y * logits.width() + x)] = float(random() % 12) - 5;
        const auto expected = core::postprocessMask(answer.values, answer.size, geometry);
        core::Mask whole(picture);
        for (int y = 0; y < crop.height; ++y)
            std::copy_n(expected.mask.row(y), crop.width, whole.row(y + crop.y) + crop.x);
        const core::CropMask found = core::cropMask(answer, geometry, crop, picture, 1);
        QVERIFY(found.mask == core::encode(whole));
        QCOMPARE(found.stabilityScore, expected.stabilityScore);
    }
}

QTEST_APPLESS_MAIN(TestAutomaticMaskGenerator)
#include "tst_automatic_mask_generator.moc"
