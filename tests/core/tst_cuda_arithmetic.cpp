// SPDX-License-Identifier: Apache-2.0
#include "core/cuda/column_words.h"
#include "core/cuda/filtered_sample.h"
#include "core/cuda/full_size_logits.h"
#include "core/cuda/gelu_value.h"
#include "core/mask/rle_changes.h"
#include "core/segmentation/logit_rows.h"
#include "core/segmentation/resize_filter.h"
#include "core/segmentation/resize_longest_side.h"

#include <QtTest>

#include <bit>
#include <random>

using core::InputGeometry;
using core::Size;

/// What the kernels of core/cuda compute for a pixel, a word or a byte, run here on the CPU against
/// the code they stand for. The kernels themselves run in tests/cuda, where there is a GPU.
class TestCudaArithmetic : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void logitsAreThoseOfTheRows()
    {
        std::mt19937 random(3);
        const auto upTo = [&](int most) { return 1 + int(random() % unsigned(most)); };
        for (int round = 0; round < 200; ++round) {
            const Size logits{upTo(40), upTo(40)};
            InputGeometry geometry;
            geometry.original = {upTo(150), upTo(150)};
            geometry.padded = {upTo(120), upTo(120)};
            geometry.resized = {upTo(geometry.padded.width), upTo(geometry.padded.height)};
            std::normal_distribution<float> noise(0, 5);
            std::vector<float> values;
            for (long long i = 0; i < logits.area(); ++i)
                values.push_back(noise(random));
            const core::cuda::MaskGeometry shape{logits.width,
                                                 logits.height,
                                                 geometry.padded.width,
                                                 geometry.padded.height,
                                                 geometry.resized.width,
                                                 geometry.resized.height,
                                                 geometry.original.width,
                                                 geometry.original.height};
            core::LogitRows rows(values, logits, geometry);
            for (int y = 0; y < geometry.original.height; ++y) {
                const auto row = rows.row(y);
                const core::cuda::TwoTaps down = core::cuda::rowTaps(shape, y);
                for (int x = 0; x < geometry.original.width; ++x)
                    QCOMPARE(core::cuda::fullSizeLogit(values.data(), logits.width,
                                                       core::cuda::columnTaps(shape, x), down),
                             row[std::size_t(x)]);
            }
        }
    }

    void changesAreWhereRunsBegin_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("one pixel") << 1 << 1;
        QTest::newRow("a row") << 77 << 1;
        QTest::newRow("a column") << 1 << 77;
        QTest::newRow("whole words") << 20 << 64;
        QTest::newRow("a word and a bit") << 20 << 33;
        QTest::newRow("less than a word") << 50 << 31;
    }

    void changesAreWhereRunsBegin()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        std::mt19937 random(9);
        for (int round = 0; round < 50; ++round) {
            core::Mask mask({width, height});
            for (std::uint8_t &pixel : mask.pixels) // from all off to all on
                pixel = int(random() % 50) < round + (round == 49 ? 1 : 0);
            const core::cuda::ColumnWords layout{width, height};
            std::vector<std::uint32_t> words(std::size_t(layout.count()), 0);
            for (int x = 0; x < width; ++x)
                for (int y = 0; y < height; ++y)
                    words[std::size_t(x * layout.perColumn() + y / 32)] |=
                        std::uint32_t(mask.at(x, y)) << y % 32;
            std::vector<std::uint32_t> changes;
            for (int i = 0; i < layout.count(); ++i)
                for (std::uint32_t bits = core::cuda::changesIn(words.data(), layout, i); bits != 0;
                     bits &= bits - 1)
                    changes.push_back(core::cuda::firstPixel(layout, i) +
                                      std::uint32_t(std::countr_zero(bits)));
            QVERIFY(core::rleFromChanges(changes, mask.size) == core::encode(mask));
        }
    }

    void geluIsTheFunctionItself()
    {
        for (double x = -9; x < 9; x += 0.0037) {
            const double expected = 0.5 * x * (1 + std::erf(x / std::sqrt(2.0)));
            QVERIFY2(std::abs(double(core::cuda::geluValue(float(x))) - expected) < 1e-6,
                     qPrintable(QString::number(x)));
        }
    }

    void picturesAreResizedToTheLastBit()
    {
        std::mt19937 random(4);
        for (int round = 0; round < 60; ++round) {
            const auto side = [&] { return 1 + int(random() % 90); };
            core::Image image({side(), side()});
            for (std::uint8_t &byte : image.pixels)
                byte = std::uint8_t(random() >> 8);
            // Every fourth time a side stays as it is, for which the kernels have no way around.
            const Size target{round % 4 == 0 ? image.size.width : side(),
                              round % 4 == 1 ? image.size.height : side()};
            const core::ResizeFilter across = core::triangleFilter(image.size.width, target.width);
            const core::ResizeFilter down = core::triangleFilter(image.size.height, target.height);
            const auto view = [](const core::ResizeFilter &filter) {
                return core::cuda::FilterView{filter.first.data(), filter.count.data(),
                                              filter.weights.data(), filter.perOutput,
                                              core::ResizeFilter::precisionBits};
            };
            core::Image narrowed({target.width, image.size.height});
            for (int y = 0; y < image.size.height; ++y)
                for (int i = 0; i < target.width * 3; ++i)
                    narrowed.row(y)[i] =
                        core::cuda::filteredSample(image.row(y) + i % 3, 3, view(across), i / 3);
            core::Image made(target);
            for (int y = 0; y < target.height; ++y)
                for (int i = 0; i < target.width * 3; ++i)
                    made.row(y)[i] = core::cuda::filteredSample(narrowed.pixels.data() + i,
                                                                target.width * 3, view(down), y);
            QVERIFY(made == core::resizeBilinear(image.view(), target));
        }
    }
};

QTEST_APPLESS_MAIN(TestCudaArithmetic)
#include "tst_cuda_arithmetic.moc"
