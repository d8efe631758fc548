// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/line_resize.h"

#include <QtTest>

#include <cstring>
#include <random>
#include <vector>

namespace
{

std::vector<float> noise(std::mt19937 &random, int count)
{
    std::normal_distribution<float> normal;
    std::vector<float> values;
    for (int i = 0; i < count; ++i)
        values.push_back(normal(random));
    return values;
}

} // namespace

// Several results are made at once: each must be what its tap says, to the last bit, wherever the
// wanted ones begin and end.
class TestLineResize : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tapsLieAtPixelCentres()
    {
        const core::LineResize twice(4, 8, 8);
        const auto tap = [&](int i) {
            const core::LineResize::Tap at = twice.tap(i);
            return std::vector<float>{float(at.first), float(at.second), at.firstWeight,
                                      at.secondWeight};
        };
        QCOMPARE(tap(0), (std::vector<float>{0, 1, 1, 0})); // before the first centre
        QCOMPARE(tap(1), (std::vector<float>{0, 1, 0.75f, 0.25f}));
        QCOMPARE(tap(2), (std::vector<float>{0, 1, 0.25f, 0.75f}));
        QCOMPARE(tap(7), (std::vector<float>{3, 3, 0.75f, 0.25f})); // behind the last one
    }

    void everyResultIsWhatItsTapSays()
    {
        std::mt19937 random(31);
        for (int round = 0; round < 4000; ++round) {
            const int inputs = 1 + int(random() % (round % 2 ? 20u : 300u));
            const int outputs = 1 + int(random() % (round % 3 ? 400u : 30u));
            const int wanted = 1 + int(random() % unsigned(outputs));
            const core::LineResize line(inputs, outputs, wanted);
            const std::vector<float> in = noise(random, inputs);
            const int begin = int(random() % unsigned(wanted));
            const int end = begin + 1 + int(random() % unsigned(wanted - begin));
            constexpr float untouched = -1e30f;
            std::vector<float> expected(std::size_t(wanted), untouched), out = expected;
            for (int i = begin; i < end; ++i) {
                const core::LineResize::Tap tap = line.tap(i);
                expected[std::size_t(i)] = in[std::size_t(tap.first)] * tap.firstWeight +
                                           in[std::size_t(tap.second)] * tap.secondWeight;
            }
            line.apply(in.data(), begin, end, out.data());
            QVERIFY2(std::memcmp(out.data(), expected.data(), out.size() * sizeof(float)) == 0,
                     qPrintable(QStringLiteral("%1 to %2, %3 .. %4")
                                    .arg(inputs)
                                    .arg(outputs)
                                    .arg(begin)
                                    .arg(end)));
        }
    }
};

QTEST_APPLESS_MAIN(TestLineResize)
#include "tst_line_resize.moc"
