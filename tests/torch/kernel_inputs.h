// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtTest>

#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

/// What the tests of the processor's kernels share.
namespace kernel_inputs
{

using Index = std::ptrdiff_t;

inline std::vector<float> randomFloats(Index count, unsigned seed, float deviation = 1)
{
    std::mt19937 generator(seed);
    std::normal_distribution<float> normal(0, deviation);
    std::vector<float> values(static_cast<std::size_t>(count));
    for (float &value : values)
        value = normal(generator);
    return values;
}

inline float at(const std::vector<float> &values, Index index)
{
    return values.at(static_cast<std::size_t>(index));
}

inline double gelu(double x)
{
    return x * 0.5 * std::erfc(-x / std::sqrt(2.0));
}

} // namespace kernel_inputs

#define CLOSE(actual, expected, tolerance)                                                         \
    do {                                                                                           \
        const double difference = std::abs(double(actual) - double(expected));                     \
        QVERIFY2(difference <= (tolerance),                                                        \
                 qPrintable(QString("%1 instead of %2").arg(double(actual)).arg(expected)));       \
    } while (false)
