// SPDX-License-Identifier: Apache-2.0
#include "core/cache/embedding_key.h"

#include <QtTest>

#include <set>

class TestEmbeddingKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPartTellsKeysApart()
    {
        const core::EmbeddingKey plain{"aa", {}, "bb", "fp32"};
        std::vector<core::EmbeddingKey> keys(6, plain);
        keys[1].pixels = "ab";
        keys[2].weights = "ab";
        keys[3].precision = "fp16";
        keys[4].crop = core::PixelRect{1, 2, 30, 40};
        keys[5].crop = core::PixelRect{1, 2, 30, 41};
        std::set<std::string> texts;
        for (const core::EmbeddingKey &key : keys) {
            texts.insert(key.text());
            QCOMPARE(key == plain, &key == &keys[0]);
        }
        QCOMPARE(texts.size(), keys.size());
    }

    void theModelGivesItsPart()
    {
        core::SegmenterInfo model;
        model.weightsDigest = "cc";
        model.precision = "bf16";
        const core::PixelRect crop{0, 0, 5, 5};
        QCOMPARE(core::embeddingKey("dd", crop, model),
                 (core::EmbeddingKey{"dd", crop, "cc", "bf16"}));
    }

    void aPartOfAPictureIsSeenInPlace()
    {
        core::Image image({4, 3});
        for (std::size_t i = 0; i < image.pixels.size(); ++i)
            image.pixels[i] = std::uint8_t(i);
        const core::ImageView part = image.view().part({1, 1, 2, 2});
        QCOMPARE(part.size, (core::Size{2, 2}));
        QCOMPARE(part.row(0), image.row(1) + 3);
        QCOMPARE(part.row(1), image.row(2) + 3);
    }
};

QTEST_GUILESS_MAIN(TestEmbeddingKey)
#include "tst_embedding_key.moc"
