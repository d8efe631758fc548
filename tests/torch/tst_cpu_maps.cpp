// SPDX-License-Identifier: Apache-2.0
#include "core/cpu/kernels.h"
#include "kernel_inputs.h"

#include <QtTest>

#include <algorithm>

using core::cpu::Kernels;
using namespace kernel_inputs;

/// The kernels of convolutional nets, of every instruction set this processor has, beside plain
/// loops in double. Channel counts are a few, a register's and with a rest.
class TestCpuMaps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTileIsSixteenProducts_data();
    void aTileIsSixteenProducts();
    void enlarges_data();
    void enlarges();
    void rowsBecomeUnits();

private:
    std::vector<const Kernels *> m_kernels = core::cpu::allKernels();
};

void TestCpuMaps::aTileIsSixteenProducts_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("dilation");
    QTest::addColumn<std::vector<std::ptrdiff_t>>("columns");
    QTest::addColumn<int>("missingRow"); // of the four; -1: none
    using Columns = std::vector<std::ptrdiff_t>;
    QTest::newRow("one pixel") << 1 << 1 << Columns{0} << 0;
    QTest::newRow("a row") << 8 << 1 << Columns{0, 2, 4, 6} << -1;
    QTest::newRow("an odd row, the picture's last") << 7 << 1 << Columns{0, 2, 4, 6} << 3;
    QTest::newRow("every other pixel") << 9 << 2 << Columns{0, 4, 8, 1, 5} << -1;
}

/// One channel in and out of each: products of single numbers, weights transformed as the
/// convolution does it, beside the nine weights' sums.
void TestCpuMaps::aTileIsSixteenProducts()
{
    QFETCH(int, width);
    QFETCH(int, dilation);
    QFETCH(std::vector<std::ptrdiff_t>, columns);
    QFETCH(int, missingRow);
    constexpr double g[4][3] = {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}};
    const Index count = Index(columns.size());
    const core::cpu::WinogradTiles tiles{columns.data(), count, dilation, width};
    for (const Index channels : {3, 16, 43}) {
        const auto map = randomFloats(4 * width * channels, 1);
        const auto weights = randomFloats(9 * channels, 2);
        const auto bias = randomFloats(channels, 3);
        const auto added = randomFloats(2 * width * channels, 4);
        const Index step = count * channels + 5;
        for (const Kernels *kernels : m_kernels) {
            std::vector<float> products(std::size_t(16 * step));
            core::cpu::WinogradInput input{.tiles = tiles,
                                           .rows = {},
                                           .channels = channels,
                                           .factors = products.data(),
                                           .step = step};
            for (Index y = 0; y < 4; ++y)
                input.rows[y] = y == missingRow ? nullptr : map.data() + y * width * channels;
            kernels->winogradInput(input);
            for (Index i = 0; i < 16 * count * channels; ++i) {
                const Index product = i / (count * channels), c = i % channels;
                double weight = 0;
                for (Index k = 0; k < 9; ++k)
                    weight += g[product / 4][k / 3] * g[product % 4][k % 3] *
                              at(weights, k * channels + c);
                products[std::size_t(product * step + i % (count * channels))] *= float(weight);
            }
            for (const bool adds : {false, true}) {
                for (const bool isRectified : {false, true}) {
                    std::vector<float> result(added.size(), 77.0f);
                    core::cpu::WinogradOutput output{.tiles = tiles,
                                                     .sums = products.data(),
                                                     .step = step,
                                                     .channels = channels,
                                                     .bias = bias.data(),
                                                     .added = {},
                                                     .isRectified = isRectified,
                                                     .rows = {},
                                                     .pixelStep = channels};
                    for (Index y = 0; y < 2; ++y) {
                        output.rows[y] = result.data() + y * width * channels;
                        output.added[y] = adds ? added.data() + y * width * channels : nullptr;
                    }
                    if (missingRow == 3)
                        output.rows[1] = nullptr; // beyond the picture as well
                    kernels->winogradOutput(output);
                    for (Index i = 0; i < 2 * width * channels; ++i) {
                        const Index y = i / channels / width, x = i / channels % width;
                        const Index c = i % channels;
                        const bool isWritten =
                            output.rows[y] &&
                            std::any_of(columns.begin(), columns.end(), [&](Index first) {
                                return x == first || x == first + dilation;
                            });
                        if (!isWritten) {
                            QCOMPARE(at(result, i), 77.0f);
                            continue;
                        }
                        double sum = at(bias, c) + (adds ? at(added, i) : 0.0);
                        for (Index k = 0; k < 9; ++k) {
                            const Index row = y + k / 3;
                            const Index column = x + (k % 3 - 1) * dilation;
                            if (row != missingRow && column >= 0 && column < width)
                                sum += double(at(weights, k * channels + c)) *
                                       at(map, (row * width + column) * channels + c);
                        }
                        CLOSE(at(result, i), isRectified ? std::max(sum, 0.0) : sum, 3e-5);
                    }
                }
            }
        }
    }
}

void TestCpuMaps::enlarges_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("channels");
    QTest::newRow("one pixel") << 1 << 5;
    QTest::newRow("a row of registers") << 7 << 32;
    QTest::newRow("registers and a rest") << 4 << 37;
}

void TestCpuMaps::enlarges()
{
    QFETCH(int, width);
    QFETCH(int, channels);
    const auto near = randomFloats(width * channels, 7);
    const auto far = randomFloats(width * channels, 8);
    const auto before = randomFloats(2 * width * channels, 9);
    for (const Kernels *kernels : m_kernels) {
        for (const bool isRectified : {false, true}) {
            auto sums = before;
            kernels->addEnlarged({.near = near.data(),
                                  .far = far.data(),
                                  .width = width,
                                  .channels = channels,
                                  .isRectified = isRectified,
                                  .sums = sums.data()});
            for (Index x = 0; x < 2 * width; ++x) {
                const Index here = x / 2;
                const Index beside =
                    std::clamp<Index>(x % 2 == 0 ? here - 1 : here + 1, 0, width - 1);
                for (Index c = 0; c < channels; ++c) {
                    const auto between = [&](Index place) {
                        return 0.75 * at(near, place * channels + c) +
                               0.25 * at(far, place * channels + c);
                    };
                    const double sum = at(before, x * channels + c) + 0.75 * between(here) +
                                       0.25 * between(beside);
                    CLOSE(at(sums, x * channels + c), isRectified ? std::max(sum, 0.0) : sum, 1e-5);
                }
            }
        }
    }
}

void TestCpuMaps::rowsBecomeUnits()
{
    for (const Index channels : {3, 16, 45}) {
        constexpr Index rows = 3;
        auto input = randomFloats(rows * channels, 10);
        std::fill_n(input.begin(), channels, 1e-4f); // nearly nothing: stays so
        for (const Kernels *kernels : m_kernels) {
            auto x = input;
            kernels->unitRows(x.data(), rows, channels);
            for (Index row = 0; row < rows; ++row) {
                double squares = 1e-4;
                for (Index c = 0; c < channels; ++c)
                    squares += std::pow(double(at(input, row * channels + c)), 2);
                for (Index c = 0; c < channels; ++c)
                    CLOSE(at(x, row * channels + c),
                          at(input, row * channels + c) / std::sqrt(squares), 1e-6);
            }
        }
    }
}

QTEST_APPLESS_MAIN(TestCpuMaps)
#include "tst_cpu_maps.moc"
