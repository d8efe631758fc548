// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/torch/load_segmenter.h"

#include <QtTest>

#include <cstring>

namespace
{

const core::SegmenterOptions onCpu = {.device = core::DeviceChoice::Cpu};

std::unique_ptr<core::Segmenter> makeModel(const QString &name)
{
    if (name == QLatin1String("default"))
        return core::loadDefaultSegmenter(onCpu);
    return core::loadSegmenter(TEST_DATA_DIR "/sam1/sam_small_a/sam_small_a.safetensors", onCpu);
}

core::Image scene(core::Size size)
{
    core::Image image(size);
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            const bool inside = std::hypot(x - 40, y - 30) < 20;
            for (int c = 0; c < 3; ++c)
                image.row(y)[x * 3 + c] = std::uint8_t(inside ? 40 * c + 90 : (x * 7 + y * 3) % 60);
        }
    }
    return image;
}

core::EmbeddingBytes savedBytes(const core::ImageEmbedding &embedding)
{
    return std::make_shared<const std::vector<std::byte>>(embedding.save());
}

} // namespace

class TestSavedEmbedding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAreTheSameBitForBit_data()
    {
        QTest::addColumn<QString>("model");
        QTest::newRow("default model") << QStringLiteral("default");
        QTest::newRow("SAM") << QStringLiteral("sam");
    }
    void answersAreTheSameBitForBit()
    {
        QFETCH(QString, model);
        const core::Image image = scene({120, 90});
        std::unique_ptr<core::Segmenter> segmenter = makeModel(model);
        const auto made = segmenter->encode(image.view());
        core::Prompt prompt;
        prompt.points = {{{40, 30}, core::PointLabel::Foreground}};
        auto first = segmenter->decode(*made, prompt);
        prompt.points.push_back({{80, 60}, core::PointLabel::Background});
        prompt.previous = first.front().logits;
        const auto refined = segmenter->decode(*made, prompt);

        const core::EmbeddingBytes bytes = savedBytes(*made);
        QVERIFY(bytes->size() >= made->byteSize());
        QVERIFY(bytes->size() < made->byteSize() + 10'000);
        segmenter = makeModel(model); // as another run of the program would
        const auto loaded = segmenter->loadEmbedding(bytes);
        QVERIFY(loaded);
        QCOMPARE(loaded->geometry(), made->geometry());
        QCOMPARE(loaded->logitsSize(), made->logitsSize());
        QCOMPARE(loaded->byteSize(), made->byteSize());
        const auto again = segmenter->decode(*loaded, prompt);
        QCOMPARE(again.size(), refined.size());
        for (std::size_t i = 0; i < again.size(); ++i) {
            QVERIFY(again[i].logits.values == refined[i].logits.values);
            QVERIFY(again[i].mask == refined[i].mask);
            QCOMPARE(again[i].predictedIou, refined[i].predictedIou);
        }
        QVERIFY(savedBytes(*loaded)->size() == bytes->size()); // and may be kept once more
    }

    void bytesOfNoUseAreRefused_data() { answersAreTheSameBitForBit_data(); }
    void bytesOfNoUseAreRefused()
    {
        QFETCH(QString, model);
        const std::unique_ptr<core::Segmenter> segmenter = makeModel(model);
        const auto bytes = segmenter->encode(scene({60, 90}).view())->save();
        const auto refused = [&](std::vector<std::byte> changed) {
            return segmenter->loadEmbedding(std::make_shared<const std::vector<std::byte>>(
                       std::move(changed))) == nullptr;
        };
        QVERIFY(refused({}));
        for (const std::size_t length :
             {std::size_t(5), std::size_t(40), bytes.size() / 2, bytes.size() - 1})
            QVERIFY(refused({bytes.begin(), bytes.begin() + std::ptrdiff_t(length)}));

        // A picture of another size does not fit the tensors; an impossible one fits nothing.
        const auto withGeometry = [&](const std::string &from, const std::string &to) {
            std::vector<std::byte> changed = bytes;
            char *text = reinterpret_cast<char *>(changed.data());
            const auto place = std::string_view(text, changed.size()).find(from);
            if (place == std::string_view::npos)
                qFatal("the header has changed");
            std::memcpy(text + place, to.data(), to.size());
            return changed;
        };
        QVERIFY(refused(withGeometry("\"60 90 ", "\"61 90 ")) ||
                model == QLatin1String("default")); // may have the same resized size
        QVERIFY(refused(withGeometry("\"60 90 ", "\"60 10 ")));
        QVERIFY(refused(withGeometry("\"60 90 ", "\"-6 90 ")));
        QVERIFY(refused(withGeometry("\"60 90 ", "\"ab cd ")));

        const std::unique_ptr<core::Segmenter> other = makeModel(
            model == QLatin1String("default") ? QStringLiteral("sam") : QStringLiteral("default"));
        QVERIFY(refused(other->encode(scene({60, 90}).view())->save()));
    }
};

QTEST_GUILESS_MAIN(TestSavedEmbedding)
#include "tst_saved_embedding.moc"
