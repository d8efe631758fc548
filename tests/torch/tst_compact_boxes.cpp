// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/compact_segmenter.h"

#include "core/segmentation/box_cut.h"
#include "core/segmentation/prompted_components.h"
#include "core/torch/compact/compact_file.h"
#include "core/torch/compact/compact_prompts.h"
#include "tests/torch/disc_scenes.h"

#include <QTest>

#include <array>

using namespace core;
using namespace core::compact;

namespace
{

/// Kernels and folded norms reorder float32 sums; the trained weights' logits reach 20.
constexpr double tolerance = 0.02;

CompactModel defaultModel()
{
    return compactModelFrom(readCheckpoint(DEFAULT_MODEL), DEFAULT_MODEL);
}

double largestDifference(const LowResLogits &a, const LowResLogits &b)
{
    double largest = 0;
    for (std::size_t i = 0; i < a.values.size(); ++i)
        largest = std::max(largest, double(std::abs(a.values[i] - b.values[i])));
    return largest;
}

} // namespace

/// What the default model does with a box alone, beside the graph that was trained.
class TestCompactBoxes : public QObject
{
    Q_OBJECT

    CompactModel m_graph = defaultModel();
    CompactSegmenter m_segmenter{defaultModel(), "test", {}};
    Image m_image;
    ImageFeatures m_features;
    std::shared_ptr<const ImageEmbedding> m_embedding;
    Prompt m_box; ///< around a disc, a little loose

    /// The graph's own logits of one of its four masks, 0 being the single one.
    LowResLogits plain(const Prompt &prompt, int mask = 0)
    {
        const torch::NoGradGuard noGrad;
        const std::array members{std::size_t(0)};
        const auto batch = promptBatch(std::span(&prompt, 1), members, m_embedding->geometry(),
                                       m_embedding->logitsSize());
        const auto map = m_graph->decode(m_features, batch).logits[0][mask].contiguous();
        return {m_embedding->logitsSize(),
                {map.data_ptr<float>(), map.data_ptr<float>() + map.numel()}};
    }

    /// Those, cut where the box is filled, without what lies apart from it.
    LowResLogits cut(const Prompt &prompt, int mask = 0)
    {
        LowResLogits logits = plain(prompt, mask);
        const float at = boxCut(logits, m_embedding->geometry(), *prompt.box);
        for (float &value : logits.values)
            value -= at;
        keepPromptedComponents(logits, m_embedding->geometry(), prompt);
        return logits;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_graph->eval();
        const TrainingScene scene = DiscScenes(CompactSegmenter::defaultLongSide).scene(1);
        m_image = scene.image;
        m_embedding = m_segmenter.encode(m_image.view());
        const torch::NoGradGuard noGrad;
        const auto pixels =
            torch::from_blob(m_image.pixels.data(), {1, m_image.size.height, m_image.size.width, 3},
                             torch::kByte)
                .permute({0, 3, 1, 2});
        m_features = m_graph->encode(normalizedPixels(pixels));

        const auto &ids = scene.levels[0].ids;
        const auto width = std::size_t(m_image.size.width);
        Box disc{1e9, 1e9, -1e9, -1e9};
        for (std::size_t i = 0; i < ids.size(); ++i) {
            if (ids[i] != 1)
                continue;
            const double x = double(i % width), y = double(i / width);
            disc = {std::min(disc.x0, x), std::min(disc.y0, y), std::max(disc.x1, x),
                    std::max(disc.y1, y)};
        }
        m_box.box = Box{disc.x0 - 4, disc.y0 - 4, disc.x1 + 4, disc.y1 + 4};
        m_box.output = MaskOutput::Single;
    }

    void aBoxAloneIsCutWhereItIsFilled()
    {
        QVERIFY(boxCut(plain(m_box), m_embedding->geometry(), *m_box.box) != 0);
        const auto answer = m_segmenter.decode(*m_embedding, m_box);
        QVERIFY(largestDifference(answer.front().logits, cut(m_box)) < tolerance);
    }

    void soIsEachOfItsCandidates()
    {
        Prompt prompt = m_box;
        prompt.output = MaskOutput::Multi;
        const auto answers = m_segmenter.decode(*m_embedding, prompt);
        QCOMPARE(answers.size(), std::size_t(3));
        for (int mask = 1; mask <= 3; ++mask)
            QVERIFY(largestDifference(answers[std::size_t(mask - 1)].logits, cut(prompt, mask)) <
                    tolerance);
    }

    void withAClickItIsNot()
    {
        Prompt prompt = m_box;
        prompt.points = {
            {{(m_box.box->x0 + m_box.box->x1) / 2, (m_box.box->y0 + m_box.box->y1) / 2},
             PointLabel::Foreground}};
        LowResLogits expected = plain(prompt);
        keepPromptedComponents(expected, m_embedding->geometry(), prompt);
        const auto answer = m_segmenter.decode(*m_embedding, prompt);
        QVERIFY(largestDifference(answer.front().logits, expected) < tolerance);
    }

    /// An answer shown to the model again is answered, and that answer is looked over once more.
    void askedAgainItIsLookedOver()
    {
        Prompt again = m_box;
        again.previous = m_segmenter.decode(*m_embedding, m_box).front().logits;
        const LowResLogits once = cut(again);
        Prompt over = again;
        over.previous = once;
        const LowResLogits twice = cut(over);
        QVERIFY(largestDifference(once, twice) > 5 * tolerance);

        const auto answer = m_segmenter.decode(*m_embedding, again);
        QVERIFY(largestDifference(answer.front().logits, twice) < 2 * tolerance);
        again.output = MaskOutput::Multi; // candidates are not
        const auto candidates = m_segmenter.decode(*m_embedding, again);
        QVERIFY(largestDifference(candidates.front().logits, cut(again, 1)) < tolerance);
    }
};

QTEST_GUILESS_MAIN(TestCompactBoxes)
#include "tst_compact_boxes.moc"
