// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/fake_segmenter.h"
#include "core/segmentation/mask_postprocessing.h"

#include <QtTest>

namespace
{

/// A click on a picture, asked of the fake model both ways.
struct Asked {
    explicit Asked(const core::RunFilter &filter)
    {
        core::FakeSegmenter segmenter;
        const core::Image image({90, 70});
        const auto embedding = segmenter.encode(image.view());
        geometry = embedding->geometry();
        std::vector<core::Prompt> prompts(2);
        prompts[0].points = {{{30, 20}}};
        prompts[1].box = core::Box{10, 10, 50, 60};
        candidates = segmenter.decodeBatch(*embedding, prompts);
        runs = segmenter.decodeRuns(*embedding, prompts, filter);
    }
    core::InputGeometry geometry;
    std::vector<std::vector<core::MaskCandidate>> candidates;
    std::vector<std::vector<core::ScoredRuns>> runs;
};

} // namespace

/// What every segmenter inherits; SAM's own on a GPU is checked in tests/cuda.
class TestDecodeRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areTheCutLogits()
    {
        const Asked asked{{.stabilityOffset = 0.5f}};
        QCOMPARE(asked.runs.size(), std::size_t(2));
        for (std::size_t i = 0; i < 2; ++i) {
            QCOMPARE(asked.runs[i].size(), asked.candidates[i].size());
            for (std::size_t m = 0; m < asked.runs[i].size(); ++m) {
                const core::LowResLogits &logits = asked.candidates[i][m].logits;
                const core::PostprocessedMask expected =
                    core::postprocessMask(logits.values, logits.size, asked.geometry, 0.5f);
                QVERIFY(asked.runs[i][m].mask == core::encode(expected.mask));
                QCOMPARE(asked.runs[i][m].stabilityScore, expected.stabilityScore);
                QCOMPARE(asked.runs[i][m].predictedIou, asked.candidates[i][m].predictedIou);
            }
        }
    }

    void onlyWhatIsAboveTheFilterComes()
    {
        const Asked all{{}};
        QCOMPARE(all.runs[0].size(), std::size_t(3));
        const Asked asked{{.predictedIouAbove = all.runs[0][1].predictedIou}};
        QCOMPARE(asked.runs[0].size(), std::size_t(1)); // strictly above
        QCOMPARE(asked.runs[0][0].predictedIou, all.runs[0][0].predictedIou);
    }
};

QTEST_APPLESS_MAIN(TestDecodeRuns)
#include "tst_decode_runs.moc"
