// SPDX-License-Identifier: Apache-2.0
#include "core/cpu/kernels.h"
#include "core/cpu/packed_matrix.h"
#include "kernel_inputs.h"

#include <QtTest>

using core::cpu::Kernels;
using namespace kernel_inputs;

/// Every kernel of every instruction set this processor has but attention and products, beside
/// plain loops in double.
class TestCpuKernels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choosesByName();
    void depthwise_data();
    void depthwise();
    void gathers_data();
    void gathers();
    void elementwise();
    void softmaxOfGroups();
    void softmaxOfColumns();
    void greatest();
    void normalizes();
    void scalesRows();

private:
    std::vector<const Kernels *> m_kernels = core::cpu::allKernels();
};

void TestCpuKernels::choosesByName()
{
    QVERIFY(core::cpu::kernelsNamed("none") == nullptr);
    for (const Kernels *kernels : m_kernels)
        QVERIFY(core::cpu::kernelsNamed(kernels->name) == kernels);
    const Kernels *best = m_kernels.empty() ? nullptr : m_kernels.front();
    QVERIFY(core::cpu::kernelsNamed("") == best);
    QVERIFY(core::cpu::kernelsNamed("nonsense") == best);
}

void TestCpuKernels::depthwise_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("firstColumn");
    QTest::addColumn<int>("stride");
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("missingRow"); // of the three; -1: none
    QTest::newRow("one pixel") << 1 << -1 << 1 << 1 << 0;
    QTest::newRow("a whole row") << 23 << -1 << 1 << 23 << -1;
    QTest::newRow("the picture's last row") << 23 << -1 << 1 << 23 << 2;
    QTest::newRow("every second pixel") << 24 << -1 << 2 << 12 << -1;
    QTest::newRow("every second pixel of an odd row") << 23 << -1 << 2 << 12 << 0;
    QTest::newRow("from the middle on") << 20 << 0 << 1 << 18 << -1;
}

void TestCpuKernels::depthwise()
{
    QFETCH(int, width);
    QFETCH(int, firstColumn);
    QFETCH(int, stride);
    QFETCH(int, count);
    QFETCH(int, missingRow);
    for (const Index channels : {3, 16, 43}) {
        const auto input = randomFloats(3 * width * channels, 24);
        const auto weights = randomFloats(9 * channels, 25);
        const auto bias = randomFloats(channels, 26);
        for (const Kernels *kernels : m_kernels) {
            for (const auto finish : {core::cpu::Finish::Nothing, core::cpu::Finish::Gelu}) {
                std::vector<float> out(static_cast<std::size_t>(count * channels));
                core::cpu::Depthwise task{.rows = {input.data(), input.data() + width * channels,
                                                   input.data() + 2 * width * channels},
                                          .width = width,
                                          .firstColumn = firstColumn,
                                          .stride = stride,
                                          .channels = channels,
                                          .weights = weights.data(),
                                          .bias = bias.data(),
                                          .finish = finish,
                                          .out = out.data(),
                                          .count = count};
                if (missingRow >= 0)
                    task.rows[missingRow] = nullptr;
                kernels->depthwise(task);
                for (Index x = 0; x < count; ++x) {
                    for (Index c = 0; c < channels; ++c) {
                        double sum = at(bias, c);
                        for (Index row = 0; row < 3; ++row)
                            for (Index k = 0; k < 3; ++k) {
                                const Index column = firstColumn + x * stride + k;
                                if (row != missingRow && column >= 0 && column < width)
                                    sum += double(at(weights, (row * 3 + k) * channels + c)) *
                                           at(input, (row * width + column) * channels + c);
                            }
                        if (finish == core::cpu::Finish::Gelu)
                            sum = gelu(sum);
                        CLOSE(at(out, x * channels + c), sum, 1e-5);
                    }
                }
            }
        }
    }
}

void TestCpuKernels::gathers_data()
{
    QTest::addColumn<float>("deviation");
    QTest::newRow("alike") << 0.1f;
    QTest::newRow("usual") << 2.0f;
    QTest::newRow("one takes all") << 60.0f;
}

void TestCpuKernels::gathers()
{
    QFETCH(float, deviation);
    constexpr Index blocks = 3, rows = 20, queries = 41, channels = 64;
    const auto values = randomFloats(blocks * rows * channels, 12);
    for (const Kernels *kernels : m_kernels) {
        const Index width = core::cpu::packedSize(queries, 1, kernels->panel);
        const auto scores = randomFloats(blocks * rows * width, 13, deviation);
        std::vector<float> most(static_cast<std::size_t>(width)), sums(most);
        std::vector<float> gathered(queries * channels);
        for (Index block = 0; block < blocks; ++block) {
            std::vector<float> part(scores.begin() + block * rows * width,
                                    scores.begin() + (block + 1) * rows * width);
            kernels->gather({.scores = part.data(),
                             .scoreStride = width,
                             .values = values.data() + block * rows * channels,
                             .rows = rows,
                             .queries = queries,
                             .channels = channels,
                             .isFirst = block == 0,
                             .most = most.data(),
                             .sums = sums.data(),
                             .gathered = gathered.data()});
        }
        for (Index query = 0; query < queries; ++query) {
            double sum = 0;
            std::vector<double> answer(channels);
            for (Index row = 0; row < blocks * rows; ++row) {
                const double weight =
                    std::exp(double(at(scores, row * width + query)) - at(most, query));
                sum += weight;
                for (Index i = 0; i < channels; ++i)
                    answer[std::size_t(i)] += weight * at(values, row * channels + i);
            }
            CLOSE(at(sums, query), sum, 1e-5 * sum);
            for (Index i = 0; i < channels; ++i)
                CLOSE(at(gathered, query * channels + i), answer[std::size_t(i)], 1e-5 * sum);
        }
    }
}

void TestCpuKernels::elementwise()
{
    constexpr Index count = 20011;
    std::vector<float> x;
    for (Index i = 0; i < count; ++i)
        x.push_back(float(i - count / 2) * 1e-2f);
    for (const Kernels *kernels : m_kernels) {
        std::vector<float> y = x;
        kernels->gelu(y.data(), count);
        for (Index i = 0; i < count; ++i)
            CLOSE(at(y, i), gelu(at(x, i)), 1e-6 + 3e-7 * std::abs(at(x, i)));

        y = x;
        const float sum = kernels->exponentials(y.data(), count, 20.0f);
        double expectedSum = 0;
        for (Index i = 0; i < count; ++i) {
            const double expected = std::exp(std::clamp(double(at(x, i) - 20.0f), -87.0, 88.0));
            expectedSum += expected;
            CLOSE(at(y, i), expected, 1e-6 * expected);
        }
        CLOSE(sum, expectedSum, 1e-5 * expectedSum);

        const auto a = randomFloats(37, 14);
        const auto b = randomFloats(37, 15);
        kernels->add(a.data(), b.data(), 37, y.data());
        for (Index i = 0; i < 37; ++i)
            QCOMPARE(at(y, i), at(a, i) + at(b, i));
    }
}

void TestCpuKernels::softmaxOfGroups()
{
    constexpr Index rows = 3, groups = 8, size = 7, stride = 60;
    // Groups far apart: the weights of each are its own.
    auto scores = randomFloats(rows * stride, 16, 2);
    for (Index i = 0; i < rows * stride; ++i)
        scores[std::size_t(i)] += float(i % stride / size) * 40 - 150;
    for (const Kernels *kernels : m_kernels) {
        std::vector<float> x = scores;
        kernels->softmaxOfGroups(x.data(), stride, rows, groups, size);
        for (Index row = 0; row < rows; ++row) {
            for (Index group = 0; group < groups; ++group) {
                const Index first = row * stride + group * size;
                double sum = 0;
                for (Index i = 0; i < size; ++i)
                    sum += std::exp(double(at(scores, first + i)) - at(scores, first));
                for (Index i = 0; i < size; ++i)
                    CLOSE(at(x, first + i),
                          std::exp(double(at(scores, first + i)) - at(scores, first)) / sum, 1e-6);
            }
            for (Index i = groups * size; i < stride; ++i)
                QCOMPARE(at(x, row * stride + i), at(scores, row * stride + i));
        }
    }
}

void TestCpuKernels::softmaxOfColumns()
{
    constexpr Index columns = 64, groups = 3, size = 7;
    auto scores = randomFloats(columns * groups * size, 18, 2);
    for (Index i = 0; i < columns * groups * size; ++i)
        scores[std::size_t(i)] += float(i / (columns * size)) * 60 - 90; // groups far apart
    for (const Kernels *kernels : m_kernels) {
        std::vector<float> x = scores;
        kernels->softmaxOfColumns(x.data(), columns, groups, size);
        for (Index group = 0; group < groups; ++group) {
            for (Index column = 0; column < columns; ++column) {
                const Index first = group * size * columns + column;
                double sum = 0;
                for (Index i = 0; i < size; ++i)
                    sum += std::exp(double(at(scores, first + i * columns)) - at(scores, first));
                for (Index i = 0; i < size; ++i)
                    CLOSE(at(x, first + i * columns),
                          std::exp(double(at(scores, first + i * columns)) - at(scores, first)) /
                              sum,
                          1e-6);
            }
        }
    }
}

void TestCpuKernels::greatest()
{
    for (const Kernels *kernels : m_kernels)
        for (const Index count : {1, 5, 16, 33, 64, 100})
            for (Index place = 0; place < count; ++place) {
                auto x = randomFloats(count, 19);
                x[std::size_t(place)] = 3;
                QCOMPARE(kernels->greatest(x.data(), count), 3.0f);
            }
}

void TestCpuKernels::normalizes()
{
    for (const Index channels : {3, 16, 67}) {
        constexpr Index rows = 4;
        auto input = randomFloats(rows * channels, 17);
        for (float &value : input)
            value += 5;
        const auto weight = randomFloats(channels, 18);
        const auto bias = randomFloats(channels, 19);
        for (const Kernels *kernels : m_kernels) {
            std::vector<float> x = input;
            kernels->normalize(x.data(), rows, channels, weight.data(), bias.data(), 1e-5f);
            std::vector<float> y = input, sum(input.size()), factors(rows);
            kernels->normalizeAndAdd(y.data(), rows, channels, weight.data(), bias.data(), 1e-5f,
                                     input.data(), sum.data(), factors.data());
            QVERIFY(x == y);
            for (std::size_t i = 0; i < sum.size(); ++i)
                QCOMPARE(sum[i], x[i] + input[i]);
            for (Index row = 0; row < rows; ++row) {
                double mean = 0, square = 0;
                for (Index i = 0; i < channels; ++i)
                    mean += double(at(input, row * channels + i)) / double(channels);
                for (Index i = 0; i < channels; ++i)
                    square += std::pow(at(input, row * channels + i) - mean, 2) / double(channels);
                CLOSE(at(factors, row), 1 / std::sqrt(square + 1e-5), 1e-5);
                for (Index i = 0; i < channels; ++i)
                    CLOSE(at(x, row * channels + i),
                          (at(input, row * channels + i) - mean) / std::sqrt(square + 1e-5) *
                                  at(weight, i) +
                              at(bias, i),
                          1e-5);
            }
        }
    }
}

void TestCpuKernels::scalesRows()
{
    for (const Index channels : {3, 16, 67}) {
        constexpr Index rows = 4;
        const auto input = randomFloats(rows * channels, 20);
        const auto factors = randomFloats(rows, 21);
        const auto bias = randomFloats(channels, 22);
        for (const Kernels *kernels : m_kernels) {
            std::vector<float> x = input;
            kernels->scaleRows(x.data(), rows, channels, factors.data(), bias.data());
            for (Index row = 0; row < rows; ++row)
                for (Index i = 0; i < channels; ++i)
                    CLOSE(at(x, row * channels + i),
                          at(input, row * channels + i) * at(factors, row) + at(bias, i), 1e-6);
        }
    }
}

QTEST_APPLESS_MAIN(TestCpuKernels)
#include "tst_cpu_kernels.moc"
