// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace core
{

/// A line of samples made longer or shorter bilinearly, pixel centres at half
/// (align_corners=false), in float32 as LibTorch does it.
class LineResize
{
public:
    /// Where a result lies between two samples.
    struct Tap {
        int first;
        int second;
        float firstWeight;
        float secondWeight;
    };

    /// The first `wanted` of the `outputs` results that `inputs` samples give.
    LineResize(int inputs, int outputs, int wanted);

    Tap tap(int output) const
    {
        const auto i = static_cast<std::size_t>(output);
        return {m_first[i], second(m_first[i]), m_firstWeight[i], m_secondWeight[i]};
    }

    /// Results from `begin` on, `end` not included, to their places in `out`; `in` are all samples.
    void apply(const float *in, int begin, int end, float *out) const;

private:
    int second(int first) const { return first + 1 < m_inputs ? first + 1 : first; }
    void applyPlain(const float *in, int begin, int end, float *out) const;
    void makeGroup(const float *in, int output, float *out) const;
    int applyWide(const float *in, int begin, int end, float *out) const; // for AVX2 alone

    int m_inputs;
    bool m_isClose = true; ///< any eight results side by side begin within eight samples
    std::vector<std::int32_t> m_first;
    std::vector<float> m_firstWeight;
    std::vector<float> m_secondWeight;
};

} // namespace core
