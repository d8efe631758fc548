// SPDX-License-Identifier: Apache-2.0
#include "core/geometry/box_nms.h"
#include "core/mask/small_regions.h"
#include "core/segmentation/crop_layers.h"
#include "core/segmentation/generated_mask.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <fstream>

// The parts of SAM's automatic mask generator, function by function against the official ones.
class TestMaskGeneratorPartsParity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void pointGrids();
    void pointGridsOfLayers();
    void crops();
    void masksCutOffByTheirCrop();
    void areasAndBoxes();
    void smallRegions();
    void suppression();

private:
    nlohmann::json m_cases;
};

namespace
{

// Grids are float64 on both sides; only the order of two roundings may differ.
constexpr double gridTolerance = 1e-12;

using nlohmann::json;

bool equals(const std::vector<core::ImagePoint> &points, const json &expected)
{
    if (points.size() != expected.size())
        return false;
    for (std::size_t i = 0; i < points.size(); ++i)
        if (std::abs(points[i].x - expected[i][0].get<double>()) > gridTolerance ||
            std::abs(points[i].y - expected[i][1].get<double>()) > gridTolerance)
            return false;
    return true;
}

core::Rle maskFrom(const json &rows)
{
    core::Mask mask({int(rows[0].get<std::string>().size()), int(rows.size())});
    for (int y = 0; y < mask.size.height; ++y) {
        const auto row = rows[std::size_t(y)].get<std::string>();
        for (int x = 0; x < mask.size.width; ++x)
            mask.set(x, y, row[std::size_t(x)] == '1');
    }
    return core::encode(mask);
}

core::Box boxFrom(const json &box)
{
    return {box[0], box[1], box[2], box[3]};
}

core::PixelRect rectFrom(const json &box)
{
    const int x = box[0], y = box[1];
    return {x, y, box[2].get<int>() - x, box[3].get<int>() - y};
}

} // namespace

void TestMaskGeneratorPartsParity::initTestCase()
{
    std::ifstream file(TEST_DATA_DIR "/amg/amg_utils.json");
    m_cases = json::parse(file);
}

void TestMaskGeneratorPartsParity::pointGrids()
{
    QCOMPARE(m_cases["build_point_grid"].size(), std::size_t(4));
    for (const json &one : m_cases["build_point_grid"])
        QVERIFY(equals(core::pointGrid(one["n_per_side"]), one["points"]));
}

void TestMaskGeneratorPartsParity::pointGridsOfLayers()
{
    QVERIFY(!m_cases["build_all_layer_point_grids"].empty());
    for (const json &one : m_cases["build_all_layer_point_grids"]) {
        const auto grids =
            core::layerPointGrids(one["n_per_side"], one["n_layers"], one["scale_per_layer"]);
        QCOMPARE(grids.size(), one["grids"].size());
        for (std::size_t i = 0; i < grids.size(); ++i)
            QVERIFY(equals(grids[i], one["grids"][i]));
    }
}

void TestMaskGeneratorPartsParity::crops()
{
    QVERIFY(!m_cases["generate_crop_boxes"].empty());
    for (const json &one : m_cases["generate_crop_boxes"]) {
        const core::Size size{one["im_size_hw"][1], one["im_size_hw"][0]};
        const auto crops = core::cropLayers(size, one["n_layers"], one["overlap_ratio"]);
        QCOMPARE(crops.size(), one["crop_boxes"].size());
        for (std::size_t i = 0; i < crops.size(); ++i) {
            QVERIFY(crops[i].rect == rectFrom(one["crop_boxes"][i]));
            QCOMPARE(crops[i].layer, one["layer_idxs"][i].get<int>());
        }
    }
}

void TestMaskGeneratorPartsParity::masksCutOffByTheirCrop()
{
    int boxes = 0;
    for (const json &one : m_cases["is_box_near_crop_edge"]) {
        const core::PixelRect crop = rectFrom(one["crop_box"]);
        const core::Size picture{one["orig_box"][2], one["orig_box"][3]};
        for (std::size_t i = 0; i < one["near"].size(); ++i) {
            core::Box box = boxFrom(one["boxes_in_crop_xyxy"][i]);
            box = {box.x0 + crop.x, box.y0 + crop.y, box.x1 + crop.x, box.y1 + crop.y};
            QCOMPARE(core::isCutOff(box, crop, picture, one["atol"]), one["near"][i].get<bool>());
            ++boxes;
        }
    }
    QVERIFY(boxes >= 150);
}

void TestMaskGeneratorPartsParity::areasAndBoxes()
{
    const json &cases =
        m_cases["mask_to_rle_pytorch_and_rle_to_mask_and_area_and_batched_mask_to_box"];
    QCOMPARE(cases.size(), std::size_t(30));
    for (const json &one : cases) {
        core::GeneratedMask mask;
        mask.mask = maskFrom(one["mask"]);
        QCOMPARE(mask.mask.counts, one["rle"]["counts"].get<std::vector<std::uint32_t>>());
        core::measure(mask);
        QCOMPARE(mask.area, one["area"].get<std::int64_t>());
        QVERIFY(mask.box == boxFrom(one["box_xyxy_inclusive"]));
    }
}

void TestMaskGeneratorPartsParity::smallRegions()
{
    QCOMPARE(m_cases["remove_small_regions"].size(), std::size_t(42));
    for (const json &one : m_cases["remove_small_regions"]) {
        const auto name = one["name"].get<std::string>();
        const auto kind =
            one["mode"] == "holes" ? core::SmallRegion::Hole : core::SmallRegion::Island;
        core::Rle mask = maskFrom(one["mask"]);
        const bool changed = core::removeSmallRegions(mask, one["area_thresh"], kind);
        QVERIFY2(changed == one["changed"].get<bool>(), name.c_str());
        QVERIFY2(mask == maskFrom(one["result"]), name.c_str());
    }
}

void TestMaskGeneratorPartsParity::suppression()
{
    QCOMPARE(m_cases["batched_nms"].size(), std::size_t(14));
    for (const json &one : m_cases["batched_nms"]) {
        std::vector<core::Box> boxes;
        for (const json &box : one["boxes_xyxy"])
            boxes.push_back(boxFrom(box));
        QCOMPARE(core::nonMaximumSuppression(boxes, one["scores"].get<std::vector<float>>(),
                                             one["iou_threshold"]),
                 one["keep"].get<std::vector<std::size_t>>());
    }
}

QTEST_APPLESS_MAIN(TestMaskGeneratorPartsParity)
#include "tst_mask_generator_parts_parity.moc"
