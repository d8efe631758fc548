// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/cpu_image_encoder.h"
#include "core/torch/convolution/gathered.h"
#include "core/torch/convolution/map_steps.h"
#include "core/torch/convolution/winograd.h"

#include <QtTest>

using namespace core;

namespace
{

/// Of sums of some hundred products of numbers of about one.
constexpr double tolerance = 2e-4;
/// Of what forty layers made, as a share of the largest number: float32 sums in another order.
constexpr double encoderTolerance = 1e-4;

torch::Tensor randomMap(std::int64_t channels, std::int64_t height, std::int64_t width)
{
    return torch::randn({1, channels, height, width}).contiguous(at::MemoryFormat::ChannelsLast);
}

double largestDifference(const torch::Tensor &a, const torch::Tensor &b)
{
    return (a - b).abs().max().item<double>();
}

} // namespace

/// What core/torch/convolution makes beside LibTorch's answers; nothing on a processor without
/// kernels.
class TestConvolutions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        torch::manual_seed(3);
        if (!cpu::kernels())
            QSKIP("LibTorch computes on this processor.");
    }

    void winograd_data()
    {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("in");
        QTest::addColumn<int>("out");
        QTest::addColumn<int>("dilation");
        QTest::newRow("one pixel") << 1 << 1 << 3 << 2 << 1;
        QTest::newRow("smaller than the kernel") << 2 << 1 << 16 << 40 << 1;
        QTest::newRow("odd") << 13 << 17 << 20 << 48 << 1;
        QTest::newRow("whole tiles") << 24 << 36 << 96 << 96 << 1;
        QTest::newRow("few pixels, many channels") << 6 << 9 << 64 << 256 << 1;
        QTest::newRow("one row") << 1 << 40 << 32 << 16 << 1;
        QTest::newRow("dilated") << 12 << 18 << 48 << 64 << 2;
        QTest::newRow("dilated, odd") << 7 << 9 << 17 << 33 << 2;
        QTest::newRow("dilated more than the map is long") << 2 << 3 << 5 << 7 << 4;
    }
    void winograd()
    {
        QFETCH(int, height);
        QFETCH(int, width);
        QFETCH(int, in);
        QFETCH(int, out);
        QFETCH(int, dilation);
        const auto input = randomMap(in, height, width), added = randomMap(out, height, width);
        const auto weight = torch::randn({out, in, 3, 3}), bias = torch::randn({out});
        const WinogradConvolution convolution(weight, bias, dilation);
        const auto sum = at::conv2d(input, weight, bias, 1, dilation, dilation);
        const MapView from = MapView::of(input);

        const auto plain = emptyMap(height, width, out);
        shareOutSteps({convolution.step(from, MapView::of(plain), {})});
        QVERIFY(largestDifference(plain, sum) < tolerance);

        // In place of what is added, as residual blocks do it.
        const auto residual = added.clone();
        const MapView to = MapView::of(residual);
        shareOutSteps({convolution.step(from, to, {.isRectified = true, .added = to.floats})});
        QVERIFY(largestDifference(residual, torch::relu(sum + added)) < tolerance);
    }

    void gathered_data()
    {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("in");
        QTest::addColumn<int>("out");
        QTest::addColumn<int>("stride");
        QTest::newRow("one pixel") << 1 << 1 << 3 << 2 << 1;
        QTest::newRow("smaller than the kernel") << 2 << 1 << 16 << 40 << 2;
        QTest::newRow("colours") << 64 << 96 << 3 << 32 << 2;
        QTest::newRow("odd") << 13 << 17 << 20 << 48 << 2;
        QTest::newRow("every pixel") << 13 << 18 << 4 << 16 << 1;
        QTest::newRow("every third one") << 11 << 10 << 4 << 16 << 3;
    }
    void gathered()
    {
        QFETCH(int, height);
        QFETCH(int, width);
        QFETCH(int, in);
        QFETCH(int, out);
        QFETCH(int, stride);
        const auto input = randomMap(in, height, width);
        const auto weight = torch::randn({out, in, 3, 3}), bias = torch::randn({out});
        const GatheredConvolution convolution(weight, bias, stride);
        const auto sum = at::conv2d(input, weight, bias, stride, 1);
        for (const auto finish : {cpu::Finish::Nothing, cpu::Finish::Relu}) {
            const auto result = emptyMap(sum.size(2), sum.size(3), out);
            shareOutSteps({convolution.step(MapView::of(input), MapView::of(result), finish)});
            QVERIFY(largestDifference(result, finish == cpu::Finish::Relu ? torch::relu(sum)
                                                                          : sum) < tolerance);
        }
    }

    void aLayerOfPixelsAndWhatIsEnlarged()
    {
        const auto fine = randomMap(24, 10, 14), coarse = randomMap(40, 5, 7);
        const auto weight = torch::randn({40, 24, 1, 1}), bias = torch::randn({40});
        const PixelLayer layer(weight, bias);
        const auto result = emptyMap(10, 14, 40);
        const MapView from = MapView::of(fine), to = MapView::of(result);
        shareOutSteps({stepByRows(to, [&](std::int64_t begin, std::int64_t end) {
            layer.apply(from.row(begin), (end - begin) * from.width, to.row(begin));
            addEnlarged(MapView::of(coarse), begin, end, true, to);
        })});
        QVERIFY(largestDifference(result, torch::relu(at::conv2d(fine, weight, bias) +
                                                      compact::enlargeTwice(coarse))) < tolerance);
    }

    void theCompactEncoder_data()
    {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::newRow("one cell of the coarsest map") << 32 << 32;
        QTest::newRow("one row of cells") << 32 << 160;
        QTest::newRow("odd numbers of cells") << 96 << 224;
        QTest::newRow("as usual") << 192 << 288;
    }
    void theCompactEncoder()
    {
        QFETCH(int, height);
        QFETCH(int, width);
        const torch::NoGradGuard noGrad;
        compact::CompactModel model;
        for (int i = 0; i < 2; ++i) // so that the norms are not the trivial ones
            model->imageEncoder(torch::randn({2, 3, 64, 64}));
        for (const auto &norm : model->named_parameters())
            if (norm.key().ends_with("norm.weight")) // residual branches speak
                norm.value().uniform_(0.3, 1);
        model->eval();
        model->foldNorms();
        compact::CpuImageEncoder encoder(model);
        encoder(torch::randn({1, 3, 64, 96})); // another size before
        const auto pixels = randomMap(3, height, width);
        const auto expected = model->encode(pixels);
        const auto features = encoder(pixels);
        for (const auto map :
             {&compact::ImageFeatures::embedding, &compact::ImageFeatures::stride8,
              &compact::ImageFeatures::stride4, &compact::ImageFeatures::head8,
              &compact::ImageFeatures::head4, &compact::ImageFeatures::head2,
              &compact::ImageFeatures::similarity8, &compact::ImageFeatures::similarity4,
              &compact::ImageFeatures::similarity2}) {
            QCOMPARE((features.*map).sizes(), (expected.*map).sizes());
            QVERIFY(largestDifference(features.*map, expected.*map) <
                    encoderTolerance * (expected.*map).abs().max().item<double>());
        }
        QVERIFY(!features.stride2.defined());
    }

    void stepsWaitForEachOther()
    {
        constexpr std::size_t steps = 300, pieces = 6;
        std::vector<std::size_t> sums(pieces, 1);
        std::vector<Step> work;
        for (std::size_t i = 0; i < steps; ++i)
            work.push_back({pieces, [&sums, i](std::size_t piece) {
                                // Reads what a neighbour wrote in the step before.
                                if (i % 2 == piece % 2)
                                    sums[piece] = sums[(piece + 1) % pieces] + i;
                            }});
        auto expected = sums;
        for (std::size_t i = 0; i < steps; ++i)
            for (std::size_t piece = i % 2; piece < pieces; piece += 2)
                expected[piece] = expected[(piece + 1) % pieces] + i;
        shareOutSteps(work);
        QCOMPARE(sums, expected);
    }

    void aStepThatFailsEndsAll()
    {
        const auto fail = [](std::size_t piece) {
            if (piece == 1)
                throw std::runtime_error("no");
        };
        const auto nothing = [](std::size_t) {};
        QVERIFY_THROWS_EXCEPTION(std::runtime_error,
                                 shareOutSteps({{4, fail}, {3, nothing}, {1, nothing}}));
    }
};

QTEST_GUILESS_MAIN(TestConvolutions)
#include "tst_convolutions.moc"
