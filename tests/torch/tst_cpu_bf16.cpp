// SPDX-License-Identifier: Apache-2.0
#include "core/cpu/elements.h"
#include "core/cpu/packed_matrix.h"
#include "kernel_inputs.h"

#include <QtTest>

#include <bit>
#include <cstring>
#include <limits>

using core::cpu::AlignedArray;
using core::cpu::Bf16Pair;
using core::cpu::Kernels;
using namespace kernel_inputs;

namespace
{

/// To eight bits, the nearest, ties to the even one.
std::uint16_t rounded(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    return static_cast<std::uint16_t>((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

double roundedValue(float value)
{
    return std::bit_cast<float>(std::uint32_t(rounded(value)) << 16);
}

Bf16Pair pairOf(float first, float second)
{
    return rounded(first) | std::uint32_t(rounded(second)) << 16;
}

Index pairsOf(Index numbers)
{
    return core::cpu::elementsOf<Bf16Pair>(numbers);
}

/// Rows of pairs of [rows, numbers].
std::vector<Bf16Pair> pairRows(const std::vector<float> &values, Index rows, Index numbers)
{
    std::vector<Bf16Pair> pairs;
    for (Index row = 0; row < rows; ++row)
        for (Index i = 0; i < numbers; i += 2)
            pairs.push_back(pairOf(at(values, row * numbers + i),
                                   i + 1 < numbers ? at(values, row * numbers + i + 1) : 0));
    return pairs;
}

/// The same down the columns: [pairs of rows, numbers].
std::vector<Bf16Pair> pairColumns(const std::vector<float> &values, Index rows, Index numbers)
{
    std::vector<Bf16Pair> pairs;
    for (Index row = 0; row < rows; row += 2)
        for (Index i = 0; i < numbers; ++i)
            pairs.push_back(pairOf(at(values, row * numbers + i),
                                   row + 1 < rows ? at(values, (row + 1) * numbers + i) : 0));
    return pairs;
}

} // namespace

/// The kernels of bfloat16 beside plain loops in double over numbers rounded by plain arithmetic.
class TestCpuBf16 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void belongsToTheBestKernelsOnly();
    void rounds();
    void roundsRowsOfAnyLength();
    void roundsColumns();
    void products_data();
    void products();
    void attention_data();
    void attention();

private:
    const Kernels *m_kernels = nullptr;
};

void TestCpuBf16::initTestCase()
{
    m_kernels = core::cpu::kernelsNamed("AVX512-BF16");
    if (!m_kernels || !m_kernels->bf16)
        QSKIP("This processor has no AVX512-BF16.");
}

void TestCpuBf16::belongsToTheBestKernelsOnly()
{
    for (const Kernels *kernels : core::cpu::allKernels())
        QCOMPARE(kernels->bf16 != nullptr, std::strcmp(kernels->name, "AVX512-BF16") == 0);
}

void TestCpuBf16::rounds()
{
    const float infinity = std::numeric_limits<float>::infinity();
    const float step = std::exp2(-7.0f); // between bfloat16 numbers from 1 on
    const std::vector<float> values{0.0f,
                                    1.0f,
                                    -1.0f,
                                    1 + step / 2,      // a tie, down to the even 1
                                    1 + step * 3 / 2,  // a tie, up to the even 1 + 2 steps
                                    -1 - step * 3 / 2, // the same below zero
                                    std::nextafter(1 + step / 2, 2.0f),
                                    std::nextafter(1 + step * 3 / 2, 1.0f),
                                    2 - step / 4, // over to the next power of two
                                    3.0e38f,
                                    1.5e-38f,
                                    infinity,
                                    -infinity,
                                    std::numeric_limits<float>::max()}; // becomes infinite
    std::vector<Bf16Pair> pairs(values.size() / 2);
    m_kernels->bf16->roundRow(values.data(), Index(values.size()), pairs.data());
    for (std::size_t i = 0; i < values.size(); ++i)
        QCOMPARE(pairs[i / 2] >> (i % 2 * 16) & 0xffff, std::uint32_t(rounded(values[i])));
    QCOMPARE(pairs[1] >> 16, 0x3f80u); // 1
    QCOMPARE(pairs[2] & 0xffff, 0x3f82u);
    QCOMPARE(pairs[6] >> 16, 0x7f80u);

    const float nan = std::numeric_limits<float>::quiet_NaN();
    m_kernels->bf16->roundRow(&nan, 1, pairs.data());
    QVERIFY(std::isnan(std::bit_cast<float>(pairs[0] << 16)));
}

void TestCpuBf16::roundsRowsOfAnyLength()
{
    for (const Index count : {1, 2, 15, 16, 17, 31, 32, 33, 64, 75, 768}) {
        const auto row = randomFloats(count, 1, 100);
        const Bf16Pair untouched = 0x12345678;
        std::vector<Bf16Pair> pairs(std::size_t(pairsOf(count)) + 1, untouched);
        m_kernels->bf16->roundRow(row.data(), count, pairs.data());
        auto expected = pairRows(row, 1, count);
        expected.push_back(untouched);
        QVERIFY2(pairs == expected, qPrintable(QString::number(count)));
    }
}

void TestCpuBf16::roundsColumns()
{
    for (const Index count : {1, 15, 16, 31, 32, 40}) {
        const auto rows = randomFloats(3 * count, 2, 100);
        const Bf16Pair untouched = 0x12345678;
        std::vector<Bf16Pair> pairs(std::size_t(2 * count) + 1, untouched);
        m_kernels->bf16->roundColumns(rows.data(), rows.data() + count, count, pairs.data());
        m_kernels->bf16->roundColumns(rows.data() + 2 * count, nullptr, count,
                                      pairs.data() + count);
        auto expected = pairColumns(rows, 3, count);
        expected.push_back(untouched);
        QVERIFY2(pairs == expected, qPrintable(QString::number(count)));
    }
}

void TestCpuBf16::products_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("depth");
    QTest::addColumn<int>("columns");
    QTest::newRow("one number") << 1 << 1 << 1;
    QTest::newRow("fewer columns than a panel") << 5 << 7 << 3;
    QTest::newRow("whole tiles") << 48 << 64 << 64;
    QTest::newRow("whole tiles and rests") << 31 << 41 << 75;
    QTest::newRow("deeper than is summed at once") << 13 << 1101 << 33;
}

void TestCpuBf16::products()
{
    QFETCH(int, rows);
    QFETCH(int, depth);
    QFETCH(int, columns);
    const auto a = randomFloats(rows * depth, 3);
    const auto b = randomFloats(columns * depth, 4);
    const auto bias = randomFloats(columns, 5);
    const auto before = randomFloats(rows * (columns + 2), 6);
    const auto pairsOfA = pairRows(a, rows, depth);
    const core::cpu::PackedPairs packed(pairRows(b, columns, depth).data(), columns, pairsOf(depth),
                                        m_kernels->panel);
    for (const bool hasBias : {false, true}) {
        for (const bool adds : {false, true}) {
            for (const auto finish : {core::cpu::Finish::Nothing, core::cpu::Finish::Gelu}) {
                std::vector<float> c = before;
                m_kernels->bf16->multiply({.a = pairsOfA.data(),
                                           .aStride = pairsOf(depth),
                                           .panels = packed.panels.get(),
                                           .panelStride = packed.panelStride,
                                           .rows = rows,
                                           .depth = packed.depth,
                                           .columns = columns,
                                           .bias = hasBias ? bias.data() : nullptr,
                                           .adds = adds,
                                           .finish = finish,
                                           .c = c.data(),
                                           .cStride = columns + 2});
                for (Index row = 0; row < rows; ++row) {
                    for (Index column = 0; column < columns + 2; ++column) {
                        const Index place = row * (columns + 2) + column;
                        if (column >= columns) {
                            QCOMPARE(at(c, place), at(before, place)); // none of ours
                            continue;
                        }
                        double sum =
                            (adds ? at(before, place) : 0.0) + (hasBias ? at(bias, column) : 0.0);
                        for (Index k = 0; k < depth; ++k)
                            sum += roundedValue(at(a, row * depth + k)) *
                                   roundedValue(at(b, column * depth + k));
                        if (finish == core::cpu::Finish::Gelu)
                            sum = gelu(sum);
                        CLOSE(at(c, place), sum, 2e-6 * (depth + 10));
                    }
                }
            }
        }
    }
}

void TestCpuBf16::attention_data()
{
    QTest::addColumn<int>("side");
    QTest::addColumn<int>("queries");
    QTest::addColumn<int>("channels");
    QTest::addColumn<bool>("hasPositions");
    QTest::newRow("one key") << 1 << 1 << 4 << true;
    QTest::newRow("a window") << 14 << 40 << 64 << true;
    QTest::newRow("an odd grid in several chunks, odd channels") << 33 << 7 << 13 << true;
    QTest::newRow("no positions") << 32 << 9 << 80 << false;
}

void TestCpuBf16::attention()
{
    QFETCH(int, side);
    QFETCH(int, queries);
    QFETCH(int, channels);
    QFETCH(bool, hasPositions);
    const Index keys = Index(side) * side;
    const Index panel = m_kernels->panel;
    const auto q = randomFloats(queries * channels, 7);
    const auto k = randomFloats(keys * channels, 8);
    const auto v = randomFloats(keys * channels, 9);
    const auto rowParts = randomFloats(queries * side, 10, 3);
    const auto columnParts = randomFloats(queries * side, 11, 3);
    std::vector<const float *> rowsOf, columnsOf;
    for (Index query = 0; query < queries; ++query) {
        rowsOf.push_back(rowParts.data() + query * side);
        columnsOf.push_back(columnParts.data() + query * side);
    }
    const Index depth = pairsOf(channels);
    AlignedArray<Bf16Pair> keyPanels(core::cpu::packedSize(keys, depth, panel));
    AlignedArray<Bf16Pair> valuePanels(core::cpu::packedSize(channels, pairsOf(keys), panel));
    core::cpu::packRows(pairRows(k, keys, channels).data(), depth, keys, depth, panel,
                        keyPanels.get());
    core::cpu::packColumns(pairColumns(v, keys, channels).data(), channels, channels, pairsOf(keys),
                           panel, valuePanels.get());
    core::cpu::AlignedFloats scratch(core::cpu::attentionScratch(queries, keys, side, panel));
    const auto pairsOfQueries = pairRows(q, queries, channels);
    std::vector<float> out(q.size());
    m_kernels->bf16->attend({.queries = pairsOfQueries.data(),
                             .queryStride = depth,
                             .queryCount = queries,
                             .channels = channels,
                             .keyPanels = keyPanels.get(),
                             .valuePanels = valuePanels.get(),
                             .keyCount = keys,
                             .side = side,
                             .rowParts = hasPositions ? rowsOf.data() : nullptr,
                             .columnParts = hasPositions ? columnsOf.data() : nullptr,
                             .scratch = scratch.get(),
                             .out = out.data(),
                             .outStride = channels});
    for (Index query = 0; query < queries; ++query) {
        double sum = 0;
        std::vector<double> answer(std::size_t(channels), 0.0), sizes(answer);
        for (Index key = 0; key < keys; ++key) {
            double score = hasPositions ? at(rowParts, query * side + key / side) +
                                              at(columnParts, query * side + key % side)
                                        : 0.0;
            for (Index i = 0; i < channels; ++i)
                score += roundedValue(at(q, query * channels + i)) *
                         roundedValue(at(k, key * channels + i));
            sum += std::exp(score);
            for (Index i = 0; i < channels; ++i) {
                const double part = std::exp(score) * roundedValue(at(v, key * channels + i));
                answer[std::size_t(i)] += part;
                sizes[std::size_t(i)] += std::abs(part);
            }
        }
        // A weight is rounded by 2^-9 of itself at most.
        for (Index i = 0; i < channels; ++i)
            CLOSE(at(out, query * channels + i), answer[std::size_t(i)] / sum,
                  2e-5 + sizes[std::size_t(i)] / sum / 512);
    }
}

QTEST_APPLESS_MAIN(TestCpuBf16)
#include "tst_cpu_bf16.moc"
