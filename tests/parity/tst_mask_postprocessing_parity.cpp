// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/logit_rows.h"
#include "core/segmentation/mask_postprocessing.h"
#include "core/torch/checkpoint/state_dict.h"
#include "tests/parity/packed_mask.h"

#include <QtTest>

#include <cmath>

namespace
{

// The same float32 formula, but the official build may contract a product and a sum into one
// rounding: a sample position then moves by one unit in the last place (3e-5 near 256) on slopes of
// up to 5 logits a pixel.
constexpr float logitTolerance = 2e-4f;
// A pixel that falls on the other side of a cut moves the ratio by one part in the outer cut's
// pixels.
constexpr double stabilityTolerance = 1e-3;

} // namespace

class TestMaskPostprocessingParity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalsTheOfficialMasks_data();
    void equalsTheOfficialMasks();
    void givesTheOfficialFullSizeLogits();
    void copesWithOnePixelPictures();
    void scoresEmptyMasksZero();
};

void TestMaskPostprocessingParity::equalsTheOfficialMasks_data()
{
    QTest::addColumn<QString>("picture");
    QTest::newRow("landscape") << "image0";
    QTest::newRow("portrait") << "image1";
}

namespace
{

core::InputGeometry geometryOf(const core::StateDict &image)
{
    const auto original = image.at("original_size_hw");
    const auto resized = image.at("input_size_hw");
    const auto size = [](const torch::Tensor &hw) {
        return core::Size{hw[1].item<int>(), hw[0].item<int>()};
    };
    return {size(original), size(resized), {256, 256}};
}

core::StateDict load(const QString &name)
{
    return core::readCheckpoint(
        (TEST_DATA_DIR "/sam1/sam_small_a/" + name + ".safetensors").toStdString());
}

} // namespace

void TestMaskPostprocessingParity::equalsTheOfficialMasks()
{
    QFETCH(QString, picture);
    const core::InputGeometry geometry = geometryOf(load(picture));
    const core::StateDict prompts = load(picture + "_prompts");
    int masks = 0;
    for (const auto &[name, logits] : prompts) {
        if (!QString::fromStdString(name).endsWith("/low_res_logits"))
            continue;
        const std::string prefix = name.substr(0, name.rfind('/') + 1);
        for (std::int64_t n = 0; n < logits.size(0); ++n) {
            for (std::int64_t m = 0; m < logits.size(1); ++m) {
                const torch::Tensor one = logits[n][m].contiguous();
                const core::Size size{int(one.size(1)), int(one.size(0))};
                const std::span values(one.data_ptr<float>(), std::size_t(one.numel()));
                const core::PostprocessedMask result =
                    core::postprocessMask(values, size, geometry);
                const core::Mask expected =
                    unpackMask(prompts.at(prefix + "masks_packed")[n][m], geometry.original);
                core::LogitRows rows(values, size, geometry);
                for (int y = 0; y < geometry.original.height; ++y) {
                    const auto row = rows.row(y);
                    for (int x = 0; x < geometry.original.width; ++x)
                        if (result.mask.at(x, y) != expected.at(x, y))
                            QVERIFY2(std::abs(row[std::size_t(x)]) < logitTolerance, name.c_str());
                }
                const auto stability = prompts.at(prefix + "stability_1.0")[n][m].item<float>();
                QVERIFY2(std::abs(result.stabilityScore - stability) < stabilityTolerance,
                         name.c_str());
                QCOMPARE(
                    core::stabilityScore({size, std::vector<float>(values.begin(), values.end())},
                                         geometry, 1.0f),
                    result.stabilityScore);
                ++masks;
            }
        }
    }
    QVERIFY(masks >= 24);
}

void TestMaskPostprocessingParity::givesTheOfficialFullSizeLogits()
{
    const core::InputGeometry geometry = geometryOf(load("image1"));
    const core::StateDict prompts = load("image1_prompts");
    int compared = 0;
    for (const auto &[name, full] : prompts) {
        if (!QString::fromStdString(name).endsWith("/full_logits"))
            continue;
        const std::string prefix = name.substr(0, name.rfind('/') + 1);
        const torch::Tensor low = prompts.at(prefix + "low_res_logits")[0][0].contiguous();
        core::LogitRows rows({low.data_ptr<float>(), std::size_t(low.numel())},
                             {int(low.size(1)), int(low.size(0))}, geometry);
        for (int y = 0; y < geometry.original.height; ++y) {
            const auto row = rows.row(y);
            const torch::Tensor expected = full[0][0][y].contiguous();
            for (int x = 0; x < geometry.original.width; ++x)
                QVERIFY2(std::abs(row[std::size_t(x)] - expected.data_ptr<float>()[x]) <
                             logitTolerance,
                         name.c_str());
        }
        ++compared;
    }
    QVERIFY(compared >= 1);
}

void TestMaskPostprocessingParity::copesWithOnePixelPictures()
{
    const core::LowResLogits logits{{4, 4}, std::vector<float>(16, 2.0f)};
    const core::Mask mask = core::maskFromLogits(logits, {{1, 1}, {16, 16}, {16, 16}});
    QCOMPARE(mask.pixels, std::vector<std::uint8_t>{1});
    const core::Mask line = core::maskFromLogits(logits, {{900, 1}, {16, 1}, {16, 16}});
    QCOMPARE(std::count(line.pixels.begin(), line.pixels.end(), 1), 900);
}

void TestMaskPostprocessingParity::scoresEmptyMasksZero()
{
    const core::LowResLogits logits{{4, 4}, std::vector<float>(16, -9.0f)};
    QCOMPARE(core::stabilityScore(logits, {{8, 8}, {16, 16}, {16, 16}}, 1.0f), 0.0f);
}

QTEST_APPLESS_MAIN(TestMaskPostprocessingParity)
#include "tst_mask_postprocessing_parity.moc"
