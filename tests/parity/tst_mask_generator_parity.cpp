// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_string.h"
#include "core/segmentation/automatic_mask_generator.h"
#include "core/torch/checkpoint/state_dict.h"
#include "core/torch/load_segmenter.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <fstream>

// Whole runs of SAM's automatic mask generator on a small model: candidates, scores, and the list
// of masks in its order, byte for byte.
class TestMaskGeneratorParity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void equalsTheOfficialRun_data();
    void equalsTheOfficialRun();
    void filteringLaterGivesTheSame_data() { equalsTheOfficialRun_data(); }
    void filteringLaterGivesTheSame();

private:
    core::ImageView image() const;

    nlohmann::json m_runs;
    torch::Tensor m_pixels;
    std::unique_ptr<core::Segmenter> m_segmenter;
};

namespace
{

// The same float32 sums in another order.
constexpr double iouTolerance = 1e-5;
// One pixel on the other side of a cut.
constexpr double stabilityTolerance = 1e-3;

using nlohmann::json;

/// Notes every predicted IoU on its way.
class Recorder : public core::Segmenter
{
public:
    explicit Recorder(core::Segmenter &segmenter) : m_segmenter(segmenter) {}
    const core::SegmenterInfo &info() const override { return m_segmenter.info(); }
    std::shared_ptr<const core::ImageEmbedding>
    encode(core::ImageView image, std::stop_token stop,
           const core::EncodeProgress &progress) override
    {
        return m_segmenter.encode(image, stop, progress);
    }
    std::vector<core::MaskCandidate> decode(const core::ImageEmbedding &embedding,
                                            const core::Prompt &prompt) override
    {
        return m_segmenter.decode(embedding, prompt);
    }
    std::vector<std::vector<core::ScoredLogits>>
    decodeLogits(const core::ImageEmbedding &embedding,
                 std::span<const core::Prompt> prompts) override
    {
        auto answers = m_segmenter.decodeLogits(embedding, prompts);
        for (const auto &answer : answers)
            for (const auto &one : answer)
                predictedIous.push_back(one.predictedIou);
        return answers;
    }
    std::vector<double> predictedIous;

private:
    core::Segmenter &m_segmenter;
};

core::MaskGeneratorOptions optionsFrom(const json &params)
{
    core::MaskGeneratorOptions options;
    options.pointsPerSide = params["points_per_side"];
    options.pointsPerBatch = params["points_per_batch"];
    options.thresholds.predIouThresh = params["pred_iou_thresh"];
    options.thresholds.stabilityScoreThresh = params["stability_score_thresh"];
    options.thresholds.boxNmsThresh = params["box_nms_thresh"];
    options.stabilityScoreOffset = params["stability_score_offset"];
    options.cropNLayers = params["crop_n_layers"];
    options.minMaskRegionArea = params["min_mask_region_area"];
    if (params.contains("crop_nms_thresh")) {
        options.thresholds.cropNmsThresh = params["crop_nms_thresh"];
        options.cropOverlapRatio = params["crop_overlap_ratio"];
        options.cropNPointsDownscaleFactor = params["crop_n_points_downscale_factor"];
    }
    return options;
}

void compareMasks(const std::vector<core::GeneratedMask> &masks, const json &expected)
{
    QCOMPARE(masks.size(), expected.size());
    for (std::size_t i = 0; i < masks.size(); ++i) {
        const core::GeneratedMask &mask = masks[i];
        const json &official = expected[i];
        QCOMPARE(mask.mask.counts,
                 official["segmentation"]["counts"].get<std::vector<std::uint32_t>>());
        QCOMPARE(core::toString(mask.mask), official["coco_rle_counts"].get<std::string>());
        QCOMPARE(mask.area, official["area"].get<std::int64_t>());
        // The official box is the distance of the outermost centres: a pixel less than COCO's.
        QCOMPARE((std::vector{mask.box.x0, mask.box.y0, mask.box.width(), mask.box.height()}),
                 official["bbox"].get<std::vector<double>>());
        QVERIFY(std::abs(mask.predictedIou - official["predicted_iou"].get<double>()) <
                iouTolerance);
        QVERIFY(std::abs(mask.stabilityScore - official["stability_score"].get<double>()) <
                stabilityTolerance);
        QVERIFY(std::abs(mask.point.x - official["point_coords"][0][0].get<double>()) < 1e-9);
        QVERIFY(std::abs(mask.point.y - official["point_coords"][0][1].get<double>()) < 1e-9);
        QCOMPARE((std::vector{mask.crop.x, mask.crop.y, mask.crop.width, mask.crop.height}),
                 official["crop_box"].get<std::vector<int>>());
    }
}

} // namespace

void TestMaskGeneratorParity::initTestCase()
{
    std::ifstream file(TEST_DATA_DIR "/amg/amg_runs.json");
    m_runs = json::parse(file);
    m_pixels = core::readCheckpoint(TEST_DATA_DIR "/amg/amg_image.safetensors").at("image");
    m_segmenter = core::loadSegmenter(TEST_DATA_DIR "/amg/sam_small_amg.pth", {});
}

core::ImageView TestMaskGeneratorParity::image() const
{
    const int width = static_cast<int>(m_pixels.size(1));
    return {
        m_pixels.data_ptr<std::uint8_t>(), {width, static_cast<int>(m_pixels.size(0))}, width * 3};
}

void TestMaskGeneratorParity::equalsTheOfficialRun_data()
{
    QTest::addColumn<QString>("run");
    QTest::newRow("the whole picture") << "layers0";
    QTest::newRow("the whole picture, small regions removed") << "layers0_area50";
    QTest::newRow("with four crops") << "layers1";
    QTest::newRow("with four crops, small regions removed") << "layers1_area50";
}

void TestMaskGeneratorParity::equalsTheOfficialRun()
{
    QFETCH(QString, run);
    const json &official = m_runs[run.toStdString()];
    Recorder recorder(*m_segmenter);
    const auto masks = core::generateMasks(recorder, image(), optionsFrom(official["params"]));

    const auto ious = official["all_pred_iou"].get<std::vector<double>>();
    QCOMPARE(recorder.predictedIous.size(), ious.size());
    for (std::size_t i = 0; i < ious.size(); ++i)
        QVERIFY(std::abs(recorder.predictedIous[i] - ious[i]) < iouTolerance);
    compareMasks(masks, official["masks"]);
}

void TestMaskGeneratorParity::filteringLaterGivesTheSame()
{
    QFETCH(QString, run);
    const json &official = m_runs[run.toStdString()];
    const core::MaskGeneratorOptions options = optionsFrom(official["params"]);
    core::MaskGeneratorOptions generous = options;
    generous.thresholds.predIouThresh = 0.3;
    generous.thresholds.stabilityScoreThresh = 0.3;
    core::AutomaticMaskGenerator generator(image(), generous);
    while (!generator.isFinished())
        generator.step(*m_segmenter);
    const auto found = generator.takeMasks();

    std::vector<core::GeneratedMask> masks;
    for (const std::size_t i : core::filterMasks(found, options.thresholds))
        masks.push_back(found[i]);
    QVERIFY(found.size() > masks.size());
    if (options.minMaskRegionArea > 0)
        core::cleanMasks(
            masks, options.minMaskRegionArea,
            std::max(options.thresholds.boxNmsThresh, options.thresholds.cropNmsThresh));
    compareMasks(masks, official["masks"]);
}

QTEST_APPLESS_MAIN(TestMaskGeneratorParity)
#include "tst_mask_generator_parity.moc"
