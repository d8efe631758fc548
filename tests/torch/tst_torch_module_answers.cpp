// SPDX-License-Identifier: Apache-2.0
// LibTorch in a module gives the same answers, bit for bit, as linked.
#include "core/torch/load_segmenter.h"
#include "core/torch/module/torch_module.h"

#include <QTest>

using namespace core;

namespace
{

Image picture()
{
    Image image({317, 203});
    for (int y = 0; y < image.size.height; ++y) {
        for (int x = 0; x < image.size.width * 3; ++x) {
            const bool isInside = x / 3 > 90 && x / 3 < 220 && y > 50 && y < 150;
            image.row(y)[x] = std::uint8_t(isInside ? 210 - x % 3 * 70 : (x * 7 + y * 3) % 90);
        }
    }
    return image;
}

Prompt prompt()
{
    Prompt prompt;
    prompt.points = {{{150, 100}, PointLabel::Foreground}, {{20, 30}, PointLabel::Background}};
    return prompt;
}

} // namespace

class TestTorchModuleAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameBits_data()
    {
        QTest::addColumn<QString>("checkpoint");
        QTest::newRow("the default model") << QString();
        QTest::newRow("SAM from a .pth file")
            << QString(TEST_DATA_DIR "/sam1/sam_small_a/sam_small_a.pth");
    }

    void theSameBits()
    {
        QFETCH(const QString, checkpoint);
        const SegmenterOptions options{.device = DeviceChoice::Cpu, .threads = 1};
        TorchModule module;
        const std::string file = checkpoint.toStdString();
        const auto linked =
            file.empty() ? loadDefaultSegmenter(options) : loadSegmenter(file, options);
        const auto loaded = file.empty() ? module.loadDefaultSegmenter(options)
                                         : module.loadSegmenter(file, options);
        QVERIFY(!linked->info().weightsDigest.empty());
        QCOMPARE(loaded->info().weightsDigest, linked->info().weightsDigest);

        const Image image = picture();
        const auto ours = linked->encode(image.view());
        const auto theirs = loaded->encode(image.view());
        const std::vector<std::byte> bytes = ours->save();
        QVERIFY(!bytes.empty());
        QVERIFY(theirs->save() == bytes);

        // What one of them kept, on disk perhaps, the other one takes.
        const auto kept =
            loaded->loadEmbedding(std::make_shared<const std::vector<std::byte>>(bytes));
        QVERIFY(kept);
        const auto expected = linked->decode(*ours, prompt());
        const auto answers = loaded->decode(*kept, prompt());
        QCOMPARE(answers.size(), expected.size());
        for (std::size_t i = 0; i < answers.size(); ++i) {
            QCOMPARE(answers[i].predictedIou, expected[i].predictedIou);
            QVERIFY(answers[i].mask.pixels == expected[i].mask.pixels);
            QVERIFY(answers[i].logits.values == expected[i].logits.values);
        }
    }
};

QTEST_GUILESS_MAIN(TestTorchModuleAnswers)
#include "tst_torch_module_answers.moc"
