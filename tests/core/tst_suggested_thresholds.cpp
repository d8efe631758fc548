// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/automatic_mask_generator.h"
#include "core/segmentation/fake_segmenter.h"
#include "core/segmentation/suggested_thresholds.h"

#include <QtTest>

#include <algorithm>

class TestSuggestedThresholds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// A wall, found from most of the grid's points, must not raise the limits over everything
    /// else.
    void whatIsFoundOftenCountsOnce()
    {
        const core::Size size{640, 480};
        std::vector<core::GeneratedMask> found;
        const auto add = [&](core::Box box, float score) {
            core::GeneratedMask mask;
            mask.mask.size = size;
            mask.predictedIou = mask.stabilityScore = score;
            mask.box = box;
            found.push_back(mask);
        };
        for (int i = 0; i < 12; ++i)
            add({10.0 + 50 * i, 300, 50.0 + 50 * i, 340}, 0.6F);
        const double alone = core::suggestedThresholds(found).predIouThresh;
        QVERIFY(alone > 0.4 && alone < 0.6);
        for (int i = 0; i < 900; ++i)
            add({0, 0, 639, 290}, 0.95F);
        QCOMPARE(core::suggestedThresholds(found).predIouThresh, alone);
        QVERIFY(core::suggestedThresholds(found).stabilityScoreThresh < 0.6);
        QCOMPARE(core::suggestedThresholds({}).predIouThresh, 0.0);
    }

    /// Of scores that SAM's thresholds would not let pass, the better ones do.
    void areSharesOfTheBetterScores()
    {
        std::vector<core::GeneratedMask> found;
        for (int i = 0; i < 100; ++i) {
            core::GeneratedMask mask;
            mask.mask.size = {1000, 1000};
            mask.predictedIou = mask.stabilityScore = float(i) / 200;
            mask.box = {i % 10 * 100.0, i / 10 * 100.0, i % 10 * 100.0 + 60, i / 10 * 100.0 + 60};
            mask.area = 3600;
            found.push_back(mask);
        }
        const core::MaskThresholds thresholds = core::suggestedThresholds(found);
        QCOMPARE(float(thresholds.predIouThresh), 0.85F * 0.375F);
        QCOMPARE(float(thresholds.stabilityScoreThresh), 0.7F * 0.375F);
        QCOMPARE(core::filterMasks(found, thresholds).size(), std::size_t(36));
        std::ranges::reverse(found); // the order they were found in is none of it
        QCOMPARE(core::suggestedThresholds(found).predIouThresh, thresholds.predIouThresh);
    }

    void theGeneratorFiltersByThem()
    {
        core::FakeSegmenter segmenter;
        const core::Image image({320, 240});
        core::MaskGeneratorOptions options;
        options.pointsPerSide = 4;
        options.suggestsThresholds = true;
        options.thresholds.predIouThresh = 1; // takes no part
        options.thresholds.boxNmsThresh = 0.5;
        core::MaskGeneratorOptions generous = options;
        generous.suggestsThresholds = false;
        generous.thresholds = core::generousThresholds;
        core::AutomaticMaskGenerator generator(image.view(), generous);
        while (!generator.isFinished())
            generator.step(segmenter);
        const std::vector<core::GeneratedMask> found = generator.takeMasks();
        core::MaskThresholds thresholds = core::suggestedThresholds(found);
        thresholds.boxNmsThresh = 0.5;
        const std::vector<std::size_t> kept = core::filterMasks(found, thresholds);
        const auto masks = core::generateMasks(segmenter, image.view(), options);
        QVERIFY(!masks.empty());
        QCOMPARE(masks.size(), kept.size());
        for (std::size_t i = 0; i < kept.size(); ++i)
            QVERIFY(masks[i].mask == found[kept[i]].mask);
    }

    void samAloneHasScoresOfSam()
    {
        core::SegmenterInfo info;
        for (const char *name : {"SAM ViT-B", "SAM ViT 512x6"}) {
            info.architecture = name;
            QVERIFY(core::hasScoresOfSam(info));
        }
        for (const char *name : {"Maskwright compact", "GrabCut", "fake"}) {
            info.architecture = name;
            QVERIFY(!core::hasScoresOfSam(info));
        }
    }
};

QTEST_GUILESS_MAIN(TestSuggestedThresholds)
#include "tst_suggested_thresholds.moc"
