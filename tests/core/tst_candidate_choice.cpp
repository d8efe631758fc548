// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/candidate_choice.h"

#include "core/segmentation/fake_segmenter.h"

#include <QtTest>

#include <cmath>

using namespace core;

class TestCandidateChoice : public QObject
{
    Q_OBJECT

private:
    static constexpr Size picture{80, 60};

    /// A square of `side` around the middle of the picture, on a grid of one cell per pixel.
    static MaskCandidate square(int side, float predictedIou)
    {
        MaskCandidate candidate{Mask(picture), {picture, {}}, predictedIou, 0};
        for (int y = 0; y < picture.height; ++y) {
            for (int x = 0; x < picture.width; ++x) {
                const bool inside = 2 * std::abs(x - 40) <= side && 2 * std::abs(y - 30) <= side;
                candidate.mask.set(x, y, inside);
                candidate.logits.values.push_back(inside ? 4.0f : -4.0f);
            }
        }
        return candidate;
    }
    /// In an order that is neither that of the sizes nor that of the scores.
    static std::vector<MaskCandidate> three()
    {
        return {square(20, 0.7f), square(50, 0.8f), square(8, 0.9f)};
    }

    /// As it is kept when it was shown.
    static ShownCandidate shown(MaskCandidate candidate, ImagePoint position)
    {
        const Size size = candidate.mask.size;
        return {std::move(candidate.logits),
                {{0, 0, size.width, size.height}, std::move(candidate.mask)},
                size,
                position};
    }
    static std::vector<ScoredLogits> logitsOf(const std::vector<MaskCandidate> &candidates)
    {
        std::vector<ScoredLogits> answers;
        for (const MaskCandidate &candidate : candidates)
            answers.push_back({candidate.logits, candidate.predictedIou});
        return answers;
    }

private Q_SLOTS:
    void sizesAreToldByArea()
    {
        const auto candidates = three();
        QCOMPARE(candidateSize(candidates, 0), CandidateSize::Middle);
        QCOMPARE(candidateSize(candidates, 1), CandidateSize::Largest);
        QCOMPARE(candidateSize(candidates, 2), CandidateSize::Smallest);
        QVERIFY(!candidateSize(std::span(candidates).first(1), 0));
    }

    void thePreferredSizeIsFoundInAnyOrder()
    {
        auto candidates = three();
        QCOMPARE(preferredCandidate(candidates, {}), std::size_t(2));
        QCOMPARE(preferredCandidate(candidates, CandidateSize::Largest), std::size_t(1));
        std::swap(candidates[0], candidates[1]);
        QCOMPARE(preferredCandidate(candidates, CandidateSize::Largest), std::size_t(0));
        QCOMPARE(preferredCandidate(std::span(candidates).first(1), CandidateSize::Largest),
                 std::size_t(0));
    }

    void equalCandidatesStillHaveDifferentSizes()
    {
        const std::vector<MaskCandidate> same(3, square(8, 0.5f));
        QCOMPARE(candidateSize(same, 0), CandidateSize::Smallest);
        QCOMPARE(candidateSize(same, 2), CandidateSize::Largest);
    }

    void aPreviewStaysWithWhatItShowed()
    {
        const ShownCandidate whole = shown(square(48, 0.8f), {40, 30});
        QCOMPARE(consistentCandidate(three(), whole, {41, 31}, 2), std::size_t(1));
        const ShownCandidate part = shown(square(10, 0.8f), {40, 30});
        QCOMPARE(consistentCandidate(three(), part, {41, 31}, 1), std::size_t(2));
    }

    void aPointerThatLeftTheMaskOrLeaptMeansSomethingElse()
    {
        const ShownCandidate part = shown(square(8, 0.8f), {43, 30});
        QCOMPARE(consistentCandidate(three(), part, {46, 30}, 1), std::size_t(1)); // outside
        const ShownCandidate whole = shown(square(50, 0.8f), {20, 10});
        QCOMPARE(consistentCandidate(three(), whole, {55, 45}, 2), std::size_t(2)); // a leap
        QCOMPARE(consistentCandidate(three(), whole, {-1, 10}, 2), std::size_t(2));
    }

    void whatAgreesWithNothingIsNoReason()
    {
        ShownCandidate other = shown(square(50, 0.8f), {40, 30});
        other.logits = square(2, 0).logits; // another embedding's, say
        QCOMPARE(consistentCandidate(three(), other, {41, 31}, 0), std::size_t(0));
        other.logits = {{2, 2}, {1, 1, 1, 1}};
        QCOMPARE(consistentCandidate(three(), other, {41, 31}, 0), std::size_t(0));
    }

    /// Logits alone lead to what the masks lead to.
    void answersWithoutMasksAreChosenAlike()
    {
        const auto candidates = three();
        const auto answers = logitsOf(candidates);
        const InputGeometry geometry{picture, picture, picture}; // a cell per pixel
        for (const std::optional<CandidateSize> size :
             {std::optional<CandidateSize>(), std::optional(CandidateSize::Smallest),
              std::optional(CandidateSize::Middle), std::optional(CandidateSize::Largest)}) {
            QCOMPARE(preferredCandidate(answers, geometry, size),
                     preferredCandidate(candidates, size));
        }
        for (const int side : {10, 20, 48}) {
            const ShownCandidate last = shown(square(side, 0.8f), {40, 30});
            QCOMPARE(consistentCandidate(answers, last, {41, 31}, 0),
                     consistentCandidate(candidates, last, {41, 31}, 0));
        }
    }

    /// A block begins somewhere in the picture.
    void thePointerIsLookedForInTheBlock()
    {
        ShownCandidate whole = shown(square(48, 0.8f), {40, 30});
        whole.mask = {{16, 6, 49, 49}, Mask({49, 49})};
        whole.mask.mask.set(41 - 16, 31 - 6);
        QCOMPARE(consistentCandidate(three(), whole, {41, 31}, 2), std::size_t(1));
        QCOMPARE(consistentCandidate(three(), whole, {40, 31}, 2), std::size_t(2));
    }

    /// The fake's first candidate has the highest predicted IoU everywhere; a preview that began
    /// with the largest stays with it all the way over the object.
    void goingOverAnObjectDoesNotFlicker()
    {
        FakeSegmenter segmenter;
        const Image image(Size{320, 240});
        const auto embedding = segmenter.encode(image.view());
        const auto ask = [&](double x) {
            return segmenter.decode(*embedding, {{{{x, 120}, PointLabel::Foreground}}, {}, {}, {}});
        };
        ShownCandidate last = shown(ask(100)[2], {100, 120});
        for (double x = 103; x < 200; x += 3) {
            auto candidates = ask(x);
            const std::size_t chosen =
                consistentCandidate(candidates, last, {x, 120}, bestCandidate(candidates));
            QCOMPARE(chosen, std::size_t(2));
            last = shown(std::move(candidates[chosen]), {x, 120});
        }
    }
};

QTEST_APPLESS_MAIN(TestCandidateChoice)
#include "tst_candidate_choice.moc"
