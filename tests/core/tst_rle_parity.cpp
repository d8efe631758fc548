// SPDX-License-Identifier: Apache-2.0
// Every case of tests/data/coco_rle, whose answers come from pycocotools: integers and strings must
// be equal, IoUs within 1e-12.
#include "core/geometry/box_overlap.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"
#include "core/mask/rle_polygon.h"
#include "core/mask/rle_string.h"

#include <nlohmann/json.hpp>

#include <QtTest>

#include <cmath>
#include <fstream>

using Json = nlohmann::json;

namespace
{

Json load(const char *name)
{
    std::ifstream file(std::string(TEST_DATA_DIR "/coco_rle/") + name);
    return Json::parse(file);
}

core::Size sizeOf(const Json &entry)
{
    return {entry["w"].get<int>(), entry["h"].get<int>()};
}

core::Rle rleOf(const Json &entry)
{
    return {sizeOf(entry), entry["counts"].get<std::vector<std::uint32_t>>()};
}

std::vector<double> xywh(const core::PixelRect &rect)
{
    return {double(rect.x), double(rect.y), double(rect.width), double(rect.height)};
}

core::Box boxOf(const Json &xywh)
{
    const auto v = xywh.get<std::vector<double>>();
    return {v[0], v[1], v[0] + v[2], v[1] + v[3]};
}

bool near(double value, const Json &expected)
{
    return std::abs(value - expected.get<double>()) <= 1e-12;
}

std::vector<int> flags(const std::vector<std::size_t> &kept, std::size_t count)
{
    std::vector<int> all(count);
    for (const std::size_t i : kept)
        all[i] = 1;
    return all;
}

std::vector<core::Rle> rlesOf(const Json &strings, core::Size size)
{
    std::vector<core::Rle> rles;
    for (const Json &string : strings)
        rles.push_back(core::rleFromString(string.get<std::string>(), size));
    return rles;
}

} // namespace

class TestRleParity : public QObject
{
    Q_OBJECT

private:
    static void addRows(const char *file)
    {
        QTest::addColumn<Json>("entry");
        int row = 0;
        for (const Json &entry : load(file))
            QTest::addRow("%d %s", row++, entry["name"].get<std::string>().c_str()) << entry;
        QVERIFY(row > 0);
    }

    static void checkMask(const core::Rle &rle, const Json &entry)
    {
        QCOMPARE(rle.counts, entry["counts"].get<std::vector<std::uint32_t>>());
        const auto string = entry["string"].get<std::string>();
        QCOMPARE(core::toString(rle), string);
        QVERIFY(core::rleFromString(string, rle.size) == rle);
        QCOMPARE(core::area(rle), entry["area"].get<std::int64_t>());
        QCOMPARE(xywh(core::boundingBox(rle)), entry["bbox_xywh"].get<std::vector<double>>());
        const core::Mask mask = core::decode(rle);
        QVERIFY(core::encode(mask) == rle);
        if (!entry.contains("rows") || entry["rows"].is_null()) // large ones
            return;
        for (int y = 0; y < rle.size.height; ++y) {
            const auto row = entry["rows"][y].get<std::string>();
            for (int x = 0; x < rle.size.width; ++x)
                QCOMPARE(mask.at(x, y), row[x] - '0');
        }
    }

private Q_SLOTS:
    void mask_data() { addRows("rle_masks.json"); }
    void mask()
    {
        QFETCH(Json, entry);
        checkMask(rleOf(entry), entry);
    }

    void polygon_data() { addRows("rle_polygons.json"); }
    void polygon()
    {
        QFETCH(Json, entry);
        const auto xy = entry["polygon"].get<std::vector<double>>();
        checkMask(core::rleFromPolygon(xy, sizeOf(entry)), entry);
    }

    void box_data() { addRows("rle_bboxes.json"); }
    void box()
    {
        QFETCH(Json, entry);
        const auto box = entry["input_bbox_xywh"].get<std::vector<double>>();
        checkMask(core::rleFromBox(box[0], box[1], box[2], box[3], sizeOf(entry)), entry);
    }

    void merging()
    {
        for (const Json &entry : load("rle_sets.json")) {
            const std::vector<core::Rle> masks = rlesOf(entry["masks"], sizeOf(entry));
            const auto check = [&](core::SetOperation operation, const Json &expected) {
                const core::Rle merged = core::merge(masks, operation);
                QCOMPARE(merged.counts, expected["counts"].get<std::vector<std::uint32_t>>());
                QCOMPARE(core::toString(merged), expected["string"].get<std::string>());
            };
            check(core::SetOperation::Union, entry["merge_union"]);
            check(core::SetOperation::Intersection, entry["merge_intersection"]);
        }
    }

    void overlaps()
    {
        for (const Json &entry : load("rle_sets.json")) {
            if (!entry.contains("gt"))
                continue; // a case for merging alone
            const std::vector<core::Rle> detections = rlesOf(entry["masks"], sizeOf(entry));
            const std::vector<core::Rle> truths = rlesOf(entry["gt"], sizeOf(entry));
            for (std::size_t d = 0; d < detections.size(); ++d) {
                const Json &boxD = entry["dt_bbox"][d];
                QCOMPARE(xywh(core::boundingBox(detections[d])), boxD.get<std::vector<double>>());
                for (std::size_t g = 0; g < truths.size(); ++g) {
                    const Json &boxG = entry["gt_bbox"][g];
                    QCOMPARE(xywh(core::boundingBox(truths[g])), boxG.get<std::vector<double>>());
                    const bool isCrowd = entry["iscrowd"][g].get<int>() != 0;
                    QVERIFY(near(core::iou(detections[d], truths[g]), entry["iou"][d][g]));
                    QVERIFY(near(core::iou(detections[d], truths[g], isCrowd),
                                 entry["iou_iscrowd"][d][g]));
                    QVERIFY(near(core::iou(boxOf(boxD), boxOf(boxG)), entry["bbox_iou"][d][g]));
                    QVERIFY(near(core::iou(boxOf(boxD), boxOf(boxG), isCrowd),
                                 entry["bbox_iou_iscrowd"][d][g]));
                }
            }
        }
    }

    void suppression()
    {
        for (const Json &entry : load("rle_sets.json")) {
            if (!entry.contains("gt"))
                continue; // a case for merging alone
            const std::vector<core::Rle> masks = rlesOf(entry["masks"], sizeOf(entry));
            for (const auto &[threshold, keep] : entry["nms_keep"].items())
                QCOMPARE(flags(core::suppressOverlaps(masks, std::stod(threshold)), masks.size()),
                         keep.get<std::vector<int>>());
            std::vector<core::Box> boxes;
            for (const Json &box : entry["dt_bbox"])
                boxes.push_back(boxOf(box));
            for (const auto &[threshold, keep] : entry["bbox_nms_keep"].items())
                QCOMPARE(flags(core::suppressOverlaps(boxes, std::stod(threshold)), boxes.size()),
                         keep.get<std::vector<int>>());
        }
    }
};

QTEST_APPLESS_MAIN(TestRleParity)
#include "tst_rle_parity.moc"
