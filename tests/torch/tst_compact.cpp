// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/compact_segmenter.h"

#include "core/error.h"
#include "core/segmentation/resize_longest_side.h"
#include "core/torch/compact/compact_embedding.h"
#include "core/torch/compact/compact_file.h"
#include "core/torch/compact/compact_prompts.h"
#include "core/torch/load_segmenter.h"
#include "tests/torch/disc_scenes.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>

using namespace core;
using namespace core::compact;

namespace
{

/// Folding the norms reorders float32 sums.
constexpr double foldingTolerance = 2e-3;
/// Weights rounded to fp16 move logits by about a thousandth of their size.
constexpr double halfTolerance = 0.05;

/// Random weights whose norm statistics are not the trivial ones.
CompactModel seasonedModel()
{
    torch::manual_seed(11);
    CompactModel model;
    const torch::NoGradGuard noGrad;
    for (int i = 0; i < 3; ++i)
        model->imageEncoder(normalizedPixels(torch::rand({2, 3, 96, 96}) * 255));
    model->eval();
    return model;
}

CompactModel copyOf(const CompactModel &model)
{
    CompactModel copy;
    const torch::NoGradGuard noGrad;
    const auto to = copy->named_parameters(), from = model->named_parameters();
    for (const auto &entry : from)
        to[entry.key()].copy_(entry.value());
    const auto toBuffers = copy->named_buffers(), fromBuffers = model->named_buffers();
    for (const auto &entry : fromBuffers)
        toBuffers[entry.key()].copy_(entry.value());
    return copy;
}

Prompt clickAt(double x, double y)
{
    Prompt prompt;
    prompt.points = {{{x, y}, PointLabel::Foreground}};
    return prompt;
}

double largestDifference(const LowResLogits &a, const LowResLogits &b)
{
    double largest = 0;
    for (std::size_t i = 0; i < a.values.size(); ++i)
        largest = std::max(largest, double(std::abs(a.values[i] - b.values[i])));
    return largest;
}

double iou(const Mask &a, const std::vector<std::uint16_t> &ids)
{
    double both = 0, either = 0;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        both += a.pixels[i] && ids[i];
        either += a.pixels[i] || ids[i];
    }
    return both / either;
}

} // namespace

class TestCompact : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void segmenterEqualsTheTrainingGraph()
    {
        const auto model = seasonedModel();
        const Image image = resizeLongestSide(DiscScenes(160).scene(1).image.view(),
                                              CompactSegmenter::defaultLongSide);
        CompactSegmenter segmenter(copyOf(model), "test", {});
        const auto embedding = segmenter.encode(image.view());
        Prompt prompt = clickAt(100, 90);
        prompt.output = MaskOutput::Single;
        const auto answer = segmenter.decode(*embedding, prompt).front();

        const torch::NoGradGuard noGrad;
        const auto pixels =
            torch::from_blob(const_cast<std::uint8_t *>(image.pixels.data()),
                             {1, image.size.height, image.size.width, 3}, torch::kByte)
                .permute({0, 3, 1, 2});
        auto graph = model;
        const auto features = graph->encode(normalizedPixels(pixels));
        const std::array members{std::size_t(0)};
        const auto batch = promptBatch(std::span(&prompt, 1), members, embedding->geometry(),
                                       embedding->logitsSize());
        const auto expected = graph->decode(features, batch).logits[0][0].contiguous();
        const LowResLogits plain{
            answer.logits.size,
            {expected.data_ptr<float>(), expected.data_ptr<float>() + expected.numel()}};
        QCOMPARE(std::int64_t(answer.logits.values.size()), expected.numel());
        QVERIFY(largestDifference(answer.logits, plain) < foldingTolerance);
    }

    void savedInHalfPrecisionLoads()
    {
        const QTemporaryDir folder;
        const auto file = std::filesystem::path(folder.path().toStdString()) / "m.safetensors";
        const auto model = seasonedModel();
        saveCompactModel(file, model);
        CompactSegmenter original(copyOf(model), "test", {});
        const auto loaded = loadSegmenter(file);
        QCOMPARE(loaded->info().architecture, std::string("Maskwright compact"));
        QVERIFY(!loaded->info().weightsDigest.empty());

        const Image image = DiscScenes(160).scene(1).image;
        const auto a = original.decode(*original.encode(image.view()), clickAt(80, 80));
        const auto b = loaded->decode(*loaded->encode(image.view()), clickAt(80, 80));
        QCOMPARE(b.size(), std::size_t(3));
        for (std::size_t i = 0; i < a.size(); ++i)
            QVERIFY(largestDifference(a[i].logits, b[i].logits) < halfTolerance);
    }

    void anEmbeddingOfAnotherWidthIsRefused()
    {
        CompactSegmenter segmenter(seasonedModel(), "test", {});
        const auto embedding = segmenter.encode(DiscScenes(160).scene(1).image.view());
        const auto &made = dynamic_cast<const CompactEmbedding &>(*embedding);
        const auto isTaken = [&](torch::Tensor ImageFeatures::*map, const auto &change) {
            ImageFeatures features = made.features;
            features.*map = change(features.*map);
            return segmenter.loadEmbedding(std::make_shared<const std::vector<std::byte>>(
                       CompactEmbedding(made.geometry(), features).save())) != nullptr;
        };
        for (const auto map :
             {&ImageFeatures::embedding, &ImageFeatures::stride8, &ImageFeatures::stride4,
              &ImageFeatures::head8, &ImageFeatures::head4, &ImageFeatures::head2,
              &ImageFeatures::similarity8, &ImageFeatures::similarity4,
              &ImageFeatures::similarity2}) {
            QVERIFY(isTaken(map, [](const torch::Tensor &t) { return t; }));
            QVERIFY(!isTaken(map, [](const torch::Tensor &t) { return torch::cat({t, t}, 1); }));
            QVERIFY(!isTaken(map, [](const torch::Tensor &t) { return t.narrow(1, 0, 8); }));
            QVERIFY(!isTaken(map, [](const torch::Tensor &t) { return t.to(torch::kInt); }));
        }
    }

    /// A GPU keeps its maps in the type that it computes in, and what it kept may be read here.
    void anEmbeddingOfAnotherTypeIsDecodedInFp32()
    {
        CompactSegmenter segmenter(seasonedModel(), "test", {});
        const auto embedding = segmenter.encode(DiscScenes(160).scene(1).image.view());
        const auto &made = dynamic_cast<const CompactEmbedding &>(*embedding);
        ImageFeatures half = made.features;
        for (torch::Tensor *map :
             {&half.embedding, &half.stride8, &half.stride4, &half.head8, &half.head4, &half.head2})
            *map = map->to(torch::kBFloat16);
        const CompactEmbedding kept(made.geometry(), half);
        const auto loaded =
            segmenter.loadEmbedding(std::make_shared<const std::vector<std::byte>>(kept.save()));
        QVERIFY(loaded);
        const auto a = segmenter.decode(made, clickAt(80, 80));
        const auto b = segmenter.decode(*loaded, clickAt(80, 80));
        QCOMPARE(b.size(), a.size());
        for (std::size_t i = 0; i < a.size(); ++i)
            QVERIFY(largestDifference(a[i].logits, b[i].logits) < 0.5); // 8 bits of each number
    }

    void mapsOfAnotherModelAreRefused()
    {
        CompactSegmenter segmenter(seasonedModel(), "test", {});
        const auto embedding = segmenter.encode(DiscScenes(160).scene(1).image.view());
        const auto &made = dynamic_cast<const CompactEmbedding &>(*embedding);
        for (torch::Tensor ImageFeatures::*map :
             {&ImageFeatures::head8, &ImageFeatures::head4, &ImageFeatures::head2}) {
            ImageFeatures other = made.features;
            other.*map = torch::cat({other.*map, other.*map}, 1);
            const CompactEmbedding wide(made.geometry(), other);
            QVERIFY_THROWS_EXCEPTION(Error, segmenter.decode(wide, clickAt(80, 80)));
        }
    }

    void aMissingTensorIsNamed()
    {
        StateDict tensors;
        const auto model = seasonedModel();
        for (const auto &entry : model->named_parameters())
            tensors[entry.key()] = entry.value();
        for (const auto &entry : model->named_buffers()) {
            if (entry.value().is_floating_point())
                tensors[entry.key()] = entry.value();
        }
        tensors.erase("prompt_encoder.no_mask");
        try {
            compactModelFrom(tensors, "broken.safetensors");
            QFAIL("was accepted");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::BadCheckpoint);
            QVERIFY(QString(error.what()).contains("broken.safetensors"));
            QVERIFY(QString(error.what()).contains("prompt_encoder.no_mask"));
        }
    }

    void anyPictureSizeAndPromptIsTaken_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("one pixel") << 1 << 1;
        QTest::newRow("one row") << 900 << 1;
        QTest::newRow("landscape, odd") << 481 << 321;
        QTest::newRow("portrait") << 200 << 700;
    }
    void anyPictureSizeAndPromptIsTaken()
    {
        QFETCH(const int, width);
        QFETCH(const int, height);
        CompactSegmenter segmenter(seasonedModel(), "test", {});
        const Image image({width, height});
        const auto embedding = segmenter.encode(image.view());
        Prompt prompt = clickAt(width / 2.0, height / 2.0);
        const auto first = segmenter.decode(*embedding, prompt);
        QCOMPARE(first.size(), std::size_t(3));
        QCOMPARE(first[0].mask.size, image.size);
        QCOMPARE(first[0].logits.size, embedding->logitsSize());

        prompt.previous = first[0].logits;
        prompt.box = Box{0, 0, width / 2.0, height / 2.0};
        QCOMPARE(segmenter.decode(*embedding, prompt).size(), std::size_t(1));
        prompt.previous->size.width += 1;
        QVERIFY_THROWS_EXCEPTION(Error, segmenter.decode(*embedding, prompt));
    }

    void aBatchEqualsItsPromptsOneByOne()
    {
        CompactSegmenter segmenter(seasonedModel(), "test", {});
        const Image image = DiscScenes(160).scene(2).image;
        const auto embedding = segmenter.encode(image.view());
        Prompt box;
        box.box = Box{20, 30, 120, 130};
        Prompt two = clickAt(30, 40);
        two.points.push_back({{100, 20}, PointLabel::Background});
        const std::array prompts{clickAt(50, 60), box, two, clickAt(90, 20)};
        const auto together = segmenter.decodeBatch(*embedding, prompts);
        for (std::size_t i = 0; i < prompts.size(); ++i) {
            const auto alone = segmenter.decode(*embedding, prompts[i]);
            QCOMPARE(together[i].size(), alone.size());
            QVERIFY(largestDifference(together[i][0].logits, alone[0].logits) < foldingTolerance);
        }
    }

    void theDefaultModelFindsADisc()
    {
        const auto segmenter = loadDefaultSegmenter();
        const auto scene = DiscScenes(300).scene(4);
        const auto &ids = scene.levels[0].ids;
        const auto middle = std::find(ids.begin(), ids.end(), 1) - ids.begin(); // its topmost pixel
        const auto embedding = segmenter->encode(scene.image.view());
        const auto answers =
            segmenter->decode(*embedding, clickAt(double(middle % 300), double(middle / 300) + 20));
        QVERIFY(iou(answers[bestCandidate(answers)].mask, ids) > 0.85);
    }
};

QTEST_GUILESS_MAIN(TestCompact)
#include "tst_compact.moc"
