// SPDX-License-Identifier: Apache-2.0
#include "core/cpu/kernels.h"
#include "core/cpu/packed_matrix.h"
#include "kernel_inputs.h"

#include <QtTest>

#include <functional>

using core::cpu::Attention;
using core::cpu::Kernels;
using namespace kernel_inputs;

/// Attention of every instruction set this processor has, beside plain loops in double.
class TestCpuAttention : public QObject
{
    Q_OBJECT

private:
    struct Tokens {
        Tokens(Index queryCount, Index gridSide, Index channelCount, unsigned seed)
            : queries(queryCount), side(gridSide), channels(channelCount), keys(side * side),
              q(randomFloats(queries * channels, seed)), k(randomFloats(keys * channels, seed + 1)),
              v(randomFloats(keys * channels, seed + 2))
        {
        }
        Index queries, side, channels, keys;
        std::vector<float> q, k, v;
    };
    /// What is added to a query's score for a key.
    using Added = std::function<double(Index query, Index key)>;

    /// `question`: how the kernel is told of what is added.
    static void compare(const Tokens &t, const Attention &question, const Added &added)
    {
        for (const Kernels *kernels : core::cpu::allKernels()) {
            const Index panel = kernels->panel;
            core::cpu::AlignedFloats keyPanels(core::cpu::packedSize(t.keys, t.channels, panel));
            core::cpu::AlignedFloats valuePanels(core::cpu::packedSize(t.channels, t.keys, panel));
            core::cpu::packRows(t.k.data(), t.channels, t.keys, t.channels, panel, keyPanels.get());
            core::cpu::packColumns(t.v.data(), t.channels, t.channels, t.keys, panel,
                                   valuePanels.get());
            core::cpu::AlignedFloats scratch(
                core::cpu::attentionScratch(t.queries, t.keys, t.side, panel));
            std::vector<float> out(t.q.size());
            Attention asked = question;
            asked.queries = t.q.data();
            asked.queryStride = t.channels;
            asked.queryCount = t.queries;
            asked.channels = t.channels;
            asked.keyPanels = keyPanels.get();
            asked.valuePanels = valuePanels.get();
            asked.keyCount = t.keys;
            asked.side = t.side;
            asked.scratch = scratch.get();
            asked.out = out.data();
            asked.outStride = t.channels;
            kernels->attend(asked);
            for (Index query = 0; query < t.queries; ++query) {
                const std::vector<double> answer = plainly(t, query, added);
                for (Index i = 0; i < t.channels; ++i)
                    CLOSE(at(out, query * t.channels + i), answer[std::size_t(i)], 2e-5);
            }
        }
    }
    static std::vector<double> plainly(const Tokens &t, Index query, const Added &added)
    {
        double sum = 0;
        std::vector<double> answer(static_cast<std::size_t>(t.channels));
        for (Index key = 0; key < t.keys; ++key) {
            double score = added(query, key);
            for (Index i = 0; i < t.channels; ++i)
                score += double(at(t.q, query * t.channels + i)) * at(t.k, key * t.channels + i);
            sum += std::exp(score);
            for (Index i = 0; i < t.channels; ++i)
                answer[std::size_t(i)] += std::exp(score) * at(t.v, key * t.channels + i);
        }
        for (double &value : answer)
            value /= sum;
        return answer;
    }

private Q_SLOTS:
    void rowsAndColumns_data()
    {
        QTest::addColumn<int>("side");
        QTest::addColumn<int>("queries");
        QTest::addColumn<int>("channels");
        QTest::addColumn<bool>("hasPositions");
        QTest::newRow("one key") << 1 << 1 << 4 << true;
        QTest::newRow("a window") << 14 << 40 << 64 << true;
        QTest::newRow("an odd grid in several chunks") << 33 << 7 << 12 << true;
        QTest::newRow("no positions") << 32 << 9 << 80 << false;
    }

    void rowsAndColumns()
    {
        QFETCH(int, side);
        QFETCH(int, queries);
        QFETCH(int, channels);
        QFETCH(bool, hasPositions);
        const Tokens tokens(queries, side, channels, 7);
        const auto rowParts = randomFloats(queries * side, 10, 3);
        const auto columnParts = randomFloats(queries * side, 11, 3);
        std::vector<const float *> rowsOf, columnsOf;
        for (Index query = 0; query < queries; ++query) {
            rowsOf.push_back(rowParts.data() + query * side);
            columnsOf.push_back(columnParts.data() + query * side);
        }
        Attention question{};
        question.rowParts = hasPositions ? rowsOf.data() : nullptr;
        question.columnParts = hasPositions ? columnsOf.data() : nullptr;
        compare(tokens, question, [&](Index query, Index key) {
            return hasPositions ? double(at(rowParts, query * side + key / side) +
                                         at(columnParts, query * side + key % side))
                                : 0.0;
        });
    }

    void places_data()
    {
        QTest::addColumn<int>("side");
        for (const int side : {1, 2, 3, 5, 7, 8, 14, 33})
            QTest::addRow("%d x %d keys", side, side) << side;
    }

    /// What a query adds for each key is read from a table that has more columns than the grid.
    void places()
    {
        QFETCH(int, side);
        constexpr Index queries = 5;
        const Index stride = side + 4;
        const Tokens tokens(queries, side, 20, 20);
        const auto table = randomFloats(queries * stride * side + 16, 23, 3);
        std::vector<const float *> places;
        for (Index query = 0; query < queries; ++query)
            places.push_back(table.data() + query * stride * side);
        Attention question{};
        question.placeParts = places.data();
        question.placeStride = stride;
        compare(tokens, question, [&](Index query, Index key) {
            return double(at(table, (query * side + key / side) * stride + key % side));
        });
    }
};

QTEST_APPLESS_MAIN(TestCpuAttention)
#include "tst_cpu_attention.moc"
