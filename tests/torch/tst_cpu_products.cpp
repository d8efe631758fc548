// SPDX-License-Identifier: Apache-2.0
#include "core/cpu/kernels.h"
#include "core/cpu/packed_matrix.h"
#include "kernel_inputs.h"

#include <QtTest>

using core::cpu::Kernels;
using namespace kernel_inputs;

/// Products by every instruction set this processor has, beside plain loops in double.
class TestCpuProducts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void products_data();
    void products();
    void productsOnAnAddend_data() { products_data(); }
    void productsOnAnAddend();
    void productsOfMatricesAsTheyLie();

private:
    std::vector<const Kernels *> m_kernels = core::cpu::allKernels();
};

void TestCpuProducts::products_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("depth");
    QTest::addColumn<int>("columns");
    QTest::newRow("one number") << 1 << 1 << 1;
    QTest::newRow("fewer columns than a panel") << 5 << 7 << 3;
    QTest::newRow("whole tiles") << 48 << 64 << 64;
    QTest::newRow("a register of columns behind a panel") << 15 << 300 << 48;
    QTest::newRow("half a register behind one") << 15 << 20 << 40;
    QTest::newRow("whole tiles and rests") << 31 << 40 << 75;
    QTest::newRow("deeper than is summed at once") << 13 << 600 << 33;
}

void TestCpuProducts::products()
{
    QFETCH(int, rows);
    QFETCH(int, depth);
    QFETCH(int, columns);
    const auto a = randomFloats(rows * (depth + 3), 1);
    const auto b = randomFloats(columns * depth, 2);
    const auto bias = randomFloats(columns, 3);
    const auto before = randomFloats(rows * (columns + 2), 4);
    for (const Kernels *kernels : m_kernels) {
        const core::cpu::PackedMatrix packed(b.data(), columns, depth, kernels->panel);
        for (const bool hasBias : {false, true}) {
            for (const bool adds : {false, true}) {
                for (const auto finish : {core::cpu::Finish::Nothing, core::cpu::Finish::Gelu,
                                          core::cpu::Finish::Relu}) {
                    std::vector<float> c = before;
                    kernels->multiply({.a = a.data(),
                                       .aStride = depth + 3,
                                       .panels = packed.panels.get(),
                                       .panelStride = packed.panelStride,
                                       .rows = rows,
                                       .depth = depth,
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
                            double sum = (adds ? at(before, place) : 0.0) +
                                         (hasBias ? at(bias, column) : 0.0);
                            for (Index k = 0; k < depth; ++k)
                                sum += double(at(a, row * (depth + 3) + k)) *
                                       at(b, column * depth + k);
                            if (finish == core::cpu::Finish::Gelu)
                                sum = gelu(sum);
                            if (finish == core::cpu::Finish::Relu)
                                sum = std::max(sum, 0.0);
                            CLOSE(at(c, place), sum, 2e-6 * (depth + 10));
                        }
                    }
                }
            }
        }
    }
}

/// The same sums, bit for bit, as where the addend lies in C already.
void TestCpuProducts::productsOnAnAddend()
{
    QFETCH(int, rows);
    QFETCH(int, depth);
    QFETCH(int, columns);
    const auto a = randomFloats(rows * depth, 1);
    const auto b = randomFloats(columns * depth, 2);
    const auto addend = randomFloats(rows * (columns + 3), 3);
    for (const Kernels *kernels : m_kernels) {
        const core::cpu::PackedMatrix packed(b.data(), columns, depth, kernels->panel);
        std::vector<float> expected = addend;
        core::cpu::Product product{.a = a.data(),
                                   .aStride = depth,
                                   .panels = packed.panels.get(),
                                   .panelStride = packed.panelStride,
                                   .rows = rows,
                                   .depth = depth,
                                   .columns = columns,
                                   .adds = true,
                                   .c = expected.data(),
                                   .cStride = columns + 3};
        kernels->multiply(product);

        std::vector<float> c(std::size_t(rows * columns), 7);
        product.adds = false;
        product.addend = addend.data();
        product.addendStride = columns + 3;
        product.c = c.data();
        product.cStride = columns;
        kernels->multiply(product);
        for (Index row = 0; row < rows; ++row)
            for (Index i = 0; i < columns; ++i)
                QCOMPARE(at(c, row * columns + i), at(expected, row * (columns + 3) + i));
    }
}

/// A by columns, B by rows of whole panels.
void TestCpuProducts::productsOfMatricesAsTheyLie()
{
    constexpr Index rows = 21, depth = 50, columns = 96;
    const auto a = randomFloats(depth * rows, 5);
    const auto b = randomFloats(depth * columns, 6);
    for (const Kernels *kernels : m_kernels) {
        std::vector<float> c(rows * columns);
        kernels->multiply({.a = a.data(),
                           .aStride = 1,
                           .aStep = rows,
                           .panels = b.data(),
                           .panelStride = kernels->panel,
                           .panelStep = columns,
                           .rows = rows,
                           .depth = depth,
                           .columns = columns,
                           .c = c.data(),
                           .cStride = columns});
        for (Index row = 0; row < rows; ++row) {
            for (Index column = 0; column < columns; ++column) {
                double sum = 0;
                for (Index k = 0; k < depth; ++k)
                    sum += double(at(a, k * rows + row)) * at(b, k * columns + column);
                CLOSE(at(c, row * columns + column), sum, 1e-4);
            }
        }
    }
}

QTEST_APPLESS_MAIN(TestCpuProducts)
#include "tst_cpu_products.moc"
