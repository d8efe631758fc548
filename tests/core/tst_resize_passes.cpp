// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/resize_passes.h"

#include <QtTest>

#include <algorithm>
#include <random>
#include <vector>

namespace
{

using Bytes = std::vector<std::uint8_t>;

/// Also long stretches of the greatest value, which sums must have room for.
Bytes samples(std::mt19937 &random, int count, bool isWhite)
{
    Bytes bytes;
    for (int i = 0; i < count; ++i)
        bytes.push_back(isWhite ? 255 : std::uint8_t(random()));
    return bytes;
}

std::uint8_t rounded(std::int64_t sum)
{
    const std::int64_t half = 1 << (core::ResizeFilter::precisionBits - 1);
    return std::uint8_t(
        std::clamp<std::int64_t>((sum + half) >> core::ResizeFilter::precisionBits, 0, 255));
}

Bytes expectedRow(const Bytes &in, const core::ResizeFilter &filter)
{
    Bytes out;
    for (std::size_t x = 0; x < filter.first.size(); ++x) {
        for (int colour = 0; colour < 3; ++colour) {
            std::int64_t sum = 0;
            for (int k = 0; k < filter.count[x]; ++k)
                sum += std::int64_t(in[std::size_t(3 * (filter.first[x] + k) + colour)]) *
                       filter.of(int(x))[k];
            out.push_back(rounded(sum));
        }
    }
    return out;
}

} // namespace

// Several samples are multiplied at once: every length must give what the filter says.
class TestResizePasses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsAreWhatTheFilterSays()
    {
        std::mt19937 random(5);
        for (int round = 0; round < 1500; ++round) {
            const int inputs = 1 + int(random() % (round % 2 ? 40u : 700u));
            const int outputs = 1 + int(random() % (round % 3 ? 200u : 30u));
            // On the heap and no byte longer, so that a sanitizer sees what is read behind it.
            const Bytes in = samples(random, 3 * inputs, round % 5 == 0);
            constexpr std::uint8_t untouched = 0xa5;
            Bytes out(std::size_t(3 * outputs) + 4, untouched);
            core::RowResize(inputs, outputs).apply(in.data(), out.data());
            Bytes expected = expectedRow(in, core::triangleFilter(inputs, outputs));
            expected.resize(out.size(), untouched);
            QVERIFY2(out == expected,
                     qPrintable(QStringLiteral("%1 to %2").arg(inputs).arg(outputs)));
        }
    }

    void weightsOfVeryManySamplesHaveRoom()
    {
        std::mt19937 random(6);
        constexpr int inputs = 300'000;
        const Bytes in = samples(random, 3 * inputs, true);
        for (const int outputs : {1, 7, 40}) {
            Bytes out(std::size_t(3 * outputs));
            core::RowResize(inputs, outputs).apply(in.data(), out.data());
            QCOMPARE(out, expectedRow(in, core::triangleFilter(inputs, outputs)));
        }
    }

    void columnsAreSummedByTheirWeights()
    {
        std::mt19937 random(8);
        for (int bytes = 1; bytes < 150; ++bytes) {
            const core::ResizeFilter filter = core::triangleFilter(1 + bytes / 3, 2);
            std::vector<Bytes> rows;
            std::vector<const std::uint8_t *> pointers;
            for (int k = 0; k < filter.count[0]; ++k)
                rows.push_back(samples(random, bytes, bytes % 7 == 0));
            for (const Bytes &row : rows)
                pointers.push_back(row.data());
            Bytes out(std::size_t(bytes) + 1, 3), expected = out;
            for (std::size_t i = 0; i < std::size_t(bytes); ++i) {
                std::int64_t sum = 0;
                for (std::size_t k = 0; k < rows.size(); ++k)
                    sum += std::int64_t(rows[k][i]) * filter.of(0)[k];
                expected[i] = rounded(sum);
            }
            core::weightRows(pointers, filter.of(0), {out.data(), std::size_t(bytes)});
            QCOMPARE(out, expected);
        }
    }
};

QTEST_APPLESS_MAIN(TestResizePasses)
#include "tst_resize_passes.moc"
