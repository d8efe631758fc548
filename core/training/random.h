// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

namespace core
{

/// A small random generator (PCG-XSH-RR 64/32) with distributions of its own: those of the standard
/// library give other numbers from one vendor to the next, and a scene has to be the same
/// everywhere.
class Random
{
public:
    /// Streams with different (seed, stream) have nothing to do with each other.
    explicit Random(std::uint64_t seed, std::uint64_t stream = 0)
        : m_state(mix(seed)), m_increment(mix(stream ^ 0x9e3779b97f4a7c15ULL) | 1)
    {
        next();
    }

    std::uint32_t next()
    {
        const std::uint64_t old = m_state;
        m_state = old * 6364136223846793005ULL + m_increment;
        const auto shifted = static_cast<std::uint32_t>(((old >> 18) ^ old) >> 27);
        const auto turn = static_cast<std::uint32_t>(old >> 59);
        return (shifted >> turn) | (shifted << ((32 - turn) & 31));
    }

    /// In [0, 1).
    float uniform() { return static_cast<float>(next() >> 8) * (1.0F / 16777216.0F); }
    float uniform(float low, float high) { return low + (high - low) * uniform(); }
    /// One of 0 ... count - 1; count above 0.
    int index(int count)
    {
        const auto wide = static_cast<std::uint64_t>(next()) * static_cast<std::uint32_t>(count);
        return static_cast<int>(wide >> 32);
    }
    /// Both ends are possible.
    int between(int low, int high) { return low + index(high - low + 1); }
    bool chance(float probability) { return uniform() < probability; }
    /// Evenly distributed on a logarithmic scale.
    float logUniform(float low, float high)
    {
        return low * std::exp(uniform() * std::log(high / low));
    }
    /// Mean 0, standard deviation 1 (Box-Muller).
    float normal()
    {
        const float radius = std::sqrt(-2.0F * std::log(1.0F - uniform()));
        return radius * std::cos(2.0F * std::numbers::pi_v<float> * uniform());
    }
    float normal(float mean, float deviation) { return mean + deviation * normal(); }
    float angle() { return uniform(0.0F, 2.0F * std::numbers::pi_v<float>); }

    /// The finaliser of SplitMix64: spreads neighbouring numbers over the whole range.
    static std::uint64_t mix(std::uint64_t value)
    {
        value += 0x9e3779b97f4a7c15ULL;
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
        value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
        return value ^ (value >> 31);
    }

private:
    std::uint64_t m_state;
    std::uint64_t m_increment;
};

} // namespace core
