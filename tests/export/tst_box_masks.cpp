// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/mask/mask_measure.h"
#include "core/mask/rle_measure.h"
#include "core/segmentation/fake_segmenter.h"
#include "export/json/foreign_keys.h"
#include "export/operations/box_masks.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace exporters;

namespace
{

/// Counts how it is asked.
class CountingSegmenter : public core::FakeSegmenter
{
public:
    explicit CountingSegmenter(bool gainsByLookingCloser = false) : m_info(FakeSegmenter::info())
    {
        m_info.gainsByLookingCloser = gainsByLookingCloser;
    }
    const core::SegmenterInfo &info() const override { return m_info; }

    int encoded = 0;
    std::vector<std::size_t> batches;

    std::shared_ptr<const core::ImageEmbedding>
    encode(core::ImageView image, std::stop_token stop,
           const core::EncodeProgress &progress) override
    {
        ++encoded;
        return FakeSegmenter::encode(image, std::move(stop), progress);
    }
    std::vector<std::vector<core::MaskCandidate>>
    decodeBatch(const core::ImageEmbedding &embedding,
                std::span<const core::Prompt> prompts) override
    {
        batches.push_back(prompts.size());
        return FakeSegmenter::decodeBatch(embedding, prompts);
    }

private:
    core::SegmenterInfo m_info;
};

} // namespace

class TestBoxMasks : public QObject
{
    Q_OBJECT

    const std::unordered_map<std::string, core::Id> m_ids{{"cat", 4}, {"dog", 9}};

private Q_SLOTS:
    void everyBoxBecomesAMask()
    {
        std::vector<Detection> detections(20);
        std::vector<const Detection *> asked;
        for (std::size_t i = 0; i < detections.size(); ++i) {
            detections[i].category = i % 2 == 0 ? "cat" : "dog";
            detections[i].score = 0.5 + double(i) / 100;
            detections[i].isScored = i != 3;
            detections[i].foreign = R"({"detector":7})";
            // The fake's answer to a box are its pixels.
            detections[i].box = {double(i), 2, double(i) + 9, 11};
            asked.push_back(&detections[i]);
        }
        const core::Image image(core::Size{60, 40});
        CountingSegmenter segmenter;
        const auto masks = masksOfBoxes(segmenter, image.view(), asked, m_ids, true);
        QCOMPARE(segmenter.encoded, 1);
        QCOMPARE(segmenter.batches, (std::vector<std::size_t>{16, 4}));
        QCOMPARE(masks.size(), detections.size());
        for (std::size_t i = 0; i < masks.size(); ++i) {
            QCOMPARE(masks[i].categoryId, i % 2 == 0 ? core::Id(4) : core::Id(9));
            QCOMPARE(masks[i].score.has_value(), i != 3); // none is made up
            if (masks[i].score)
                QCOMPARE(*masks[i].score, detections[i].score);
            QCOMPARE(core::boundingBox(masks[i].mask), (core::PixelRect{int(i), 2, 10, 10}));
            const auto keys = foreignKeys(masks[i].foreign);
            QCOMPARE(keys["detector"].get<int>(), 7);
            QCOMPARE(keys["predicted_iou"].get<double>(), 0.9);
            QCOMPARE(keys["stability_score"].get<double>(), 1.0);
        }
    }

    void answersAreLookedAtCloserWhereItHelpsAndIsWanted()
    {
        std::vector<Detection> detections(3);
        std::vector<const Detection *> asked;
        for (std::size_t i = 0; i < detections.size(); ++i) {
            detections[i].category = "cat";
            detections[i].box = {100.0 * double(i) + 20, 30, 100.0 * double(i) + 59, 69};
            asked.push_back(&detections[i]);
        }
        const core::Image image(core::Size{400, 300});
        CountingSegmenter looking(true), once(true);
        const auto closer = masksOfBoxes(looking, image.view(), asked, m_ids, true);
        const auto plain = masksOfBoxes(once, image.view(), asked, m_ids, false);
        QCOMPARE(looking.encoded, 1 + 3);
        QCOMPARE(once.encoded, 1);
        for (std::size_t i = 0; i < asked.size(); ++i) {
            QVERIFY(closer[i].mask.size == image.size);
            // The fake's prior is on its grid, whose cells are as large as pixels and a half.
            const core::Mask seen = core::decode(closer[i].mask);
            QVERIFY(core::iou(seen, core::decode(plain[i].mask)) > 0.85);
        }
    }

    void boxesAreCutOffAtThePicture()
    {
        Detection large;
        large.category = "cat";
        large.box = {-50, -50, 500, 500};
        const std::vector<const Detection *> asked{&large};
        const core::Image image(core::Size{30, 20});
        core::FakeSegmenter segmenter;
        const auto masks = masksOfBoxes(segmenter, image.view(), asked, m_ids, true);
        QCOMPARE(core::area(masks[0].mask), std::int64_t(600));
    }

    void aPictureWithoutBoxesIsNotEncoded()
    {
        const core::Image image(core::Size{30, 20});
        CountingSegmenter segmenter;
        QVERIFY(masksOfBoxes(segmenter, image.view(), {}, m_ids, true).empty());
        QCOMPARE(segmenter.encoded, 0);
    }

    void canBeStopped()
    {
        Detection one;
        one.category = "cat";
        one.box = {1, 1, 5, 5};
        const std::vector<const Detection *> asked{&one};
        const core::Image image(core::Size{30, 20});
        core::FakeSegmenter segmenter;
        std::stop_source source;
        source.request_stop();
        try {
            masksOfBoxes(segmenter, image.view(), asked, m_ids, true, source.get_token());
            QFAIL("went on");
        } catch (const core::Error &error) {
            QCOMPARE(error.kind(), core::ErrorKind::Cancelled);
        }
    }
};

QTEST_GUILESS_MAIN(TestBoxMasks)
#include "tst_box_masks.moc"
