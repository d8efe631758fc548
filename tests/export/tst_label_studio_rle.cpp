// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/mask/mask.h"
#include "export/formats/label_studio/label_studio_rle.h"
#include "tests/export/drawn_masks.h"

#include <QtTest>

using exporters::fromLabelStudioRle;

namespace
{

using Bytes = std::vector<std::uint8_t>;

/// An encoder of the test's own, which makes every kind of block by chance.
class Encoder
{
public:
    void put(std::uint32_t value, unsigned bits)
    {
        for (unsigned i = bits; i-- > 0;) {
            if (m_bits++ % 8 == 0)
                bytes.push_back(0);
            bytes.back() =
                std::uint8_t(bytes.back() | (((value >> i) & 1U) << (7 - (m_bits - 1) % 8)));
        }
    }
    Bytes bytes;

private:
    std::size_t m_bits = 0;
};

Bytes encoded(const core::Mask &mask, std::mt19937 &random)
{
    std::vector<std::uint8_t> values;
    for (const std::uint8_t pixel : mask.pixels) {
        for (int channel = 0; channel < 3; ++channel) // colours say nothing
            values.push_back(random() % 3 == 0 ? std::uint8_t(random()) : 7);
        values.push_back(pixel != 0 ? std::uint8_t(1 + random() % 255) : 0);
    }
    const unsigned sizes[4] = {1, 3, 8, 16};
    Encoder out;
    out.put(std::uint32_t(values.size()), 32);
    out.put(7, 5);
    for (const unsigned size : sizes)
        out.put(size - 1, 4);
    for (std::size_t i = 0; i < values.size();) {
        const unsigned which = random() % 4;
        std::size_t length = 1 + random() % (1U << sizes[which]);
        length = std::min(length, values.size() - i);
        const bool isRun = std::all_of(values.begin() + long(i), values.begin() + long(i + length),
                                       [&](std::uint8_t value) { return value == values[i]; });
        out.put(isRun, 1);
        out.put(which, 2);
        out.put(std::uint32_t(length - 1), sizes[which]);
        for (std::size_t j = 0; j < (isRun ? 1 : length); ++j)
            out.put(values[i + j], 8);
        i += length;
    }
    return out.bytes;
}

} // namespace

class TestLabelStudioRle : public QObject
{
    Q_OBJECT

private:
    static QByteArray refusal(const Bytes &bytes, core::Size size)
    {
        try {
            fromLabelStudioRle(bytes, size);
        } catch (const core::Error &error) {
            if (error.kind() == core::ErrorKind::BadDataset)
                return error.what();
        }
        return {};
    }

private Q_SLOTS:
    void byHand()
    {
        // 8 values of 8 bits, lengths of 3, 4, 8 and 16 bits; 4 zeros, then 4 times 255.
        QVERIFY(fromLabelStudioRle(Bytes{0, 0, 0, 8, 57, 27, 252, 96, 17, 255, 128}, {2, 1}) ==
                (core::Rle{{2, 1}, {1, 1}}));
    }

    /// Made by the converter's own mask2rle().
    void asTheConverterWrites()
    {
        const Bytes bytes{0,   0, 0,   140, 57, 27,  252, 127, 248, 124, 2,   255, 253,
                          176, 8, 255, 227, 0,  159, 254, 216, 5,   255, 252, 62,  0};
        QVERIFY(fromLabelStudioRle(bytes, {7, 5}) == drawn::mask({"#......", //
                                                                  "..####.", //
                                                                  "..#.##.", //
                                                                  "..####.", //
                                                                  "......."}));
    }

    void everyKindOfBlock()
    {
        std::mt19937 random(11);
        for (int round = 0; round < 1000; ++round) {
            const core::Size size{1 + int(random() % 30), 1 + int(random() % 30)};
            const core::Rle rle = drawn::random(random, size);
            QVERIFY(fromLabelStudioRle(encoded(core::decode(rle), random), size) == rle);
        }
    }

    void everyTruncationIsRefused()
    {
        std::mt19937 random(12);
        const Bytes whole = encoded(core::decode(drawn::random(random, {9, 8})), random);
        for (std::size_t length = 0; length < whole.size(); ++length) {
            // of its own size, so that a sanitizer sees each byte read behind it
            const Bytes cut(whole.begin(), whole.begin() + long(length));
            QVERIFY(refusal(cut, {9, 8}).contains("breaks off"));
        }
    }

    void hostile_data()
    {
        QTest::addColumn<Bytes>("bytes");
        QTest::addColumn<QByteArray>("mentions");
        QTest::newRow("empty") << Bytes{} << QByteArray("breaks off");
        QTest::newRow("count of another picture")
            << Bytes{0, 0, 0, 4, 57, 27, 252, 96, 17, 255, 128} << QByteArray("4 values");
        QTest::newRow("largest count") << Bytes(20, 255) << QByteArray("4294967295 values");
        QTest::newRow("one run too long") // 8 values, then a run of 16
            << Bytes{0, 0, 0, 8, 57, 27, 252, 0xB8 | 0x04, 0xFF, 0xFF, 0xFF}
            << QByteArray("beyond");
    }
    void hostile()
    {
        QFETCH(Bytes, bytes);
        QFETCH(QByteArray, mentions);
        const QByteArray sentence = refusal(bytes, {2, 1});
        QVERIFY2(sentence.contains(mentions), sentence.constData());
    }

    /// Whatever comes, a mask of the right size or a sentence comes back.
    void noise()
    {
        std::mt19937 random(13);
        int read = 0;
        for (int round = 0; round < 20000; ++round) {
            Bytes bytes{0, 0, 0, 240, 57}; // 10 x 6
            for (std::size_t left = random() % 60; left > 0; --left)
                bytes.push_back(std::uint8_t(random()));
            try {
                core::validate(fromLabelStudioRle(bytes, {10, 6}));
                ++read;
            } catch (const core::Error &error) {
                QVERIFY(error.kind() == core::ErrorKind::BadDataset);
            }
        }
        QVERIFY(read > 0);
    }
};

QTEST_GUILESS_MAIN(TestLabelStudioRle)
#include "tst_label_studio_rle.moc"
