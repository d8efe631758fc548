// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/line_resize.h"

#include "core/mask/avx2.h"

#include <algorithm>
#include <cassert>

namespace core
{
namespace
{

constexpr int lanes = 8; ///< results that are made at once

} // namespace

LineResize::LineResize(int inputs, int outputs, int wanted) : m_inputs(inputs)
{
    assert(inputs > 0 && outputs > 0 && wanted > 0 && wanted <= outputs);
    const float scale = static_cast<float>(inputs) / static_cast<float>(outputs);
    const auto count = static_cast<std::size_t>(wanted);
    m_first.resize(count);
    m_firstWeight.resize(count);
    m_secondWeight.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        const float position = std::max(scale * (static_cast<float>(i) + 0.5f) - 0.5f, 0.0f);
        const int first = std::min(static_cast<int>(position), inputs - 1);
        const float weight = std::clamp(position - static_cast<float>(first), 0.0f, 1.0f);
        m_first[i] = first;
        m_firstWeight[i] = 1.0f - weight;
        m_secondWeight[i] = weight;
    }
    for (std::size_t i = 0; i + lanes <= count; ++i)
        m_isClose = m_isClose && m_first[i + lanes - 1] - m_first[i] < lanes;
}

void LineResize::applyPlain(const float *in, int begin, int end, float *out) const
{
    for (int i = begin; i < end; ++i) {
        const Tap at = tap(i);
        out[i] = in[at.first] * at.firstWeight + in[at.second] * at.secondWeight;
    }
}

#ifdef MASKWRIGHT_AVX2
/// Samples are loaded once for all results of a register and put in their lanes there; a load for
/// each lane is three times slower.
MASKWRIGHT_AVX2 inline void LineResize::makeGroup(const float *in, int output, float *out) const
{
    const std::int32_t *const firsts = m_first.data() + output;
    in += *firsts;
    const __m256i lane = _mm256_sub_epi32(
        _mm256_loadu_si256(reinterpret_cast<const __m256i *>(firsts)), _mm256_set1_epi32(*firsts));
    const __m256 first = _mm256_permutevar8x32_ps(_mm256_loadu_ps(in), lane);
    const __m256 second = _mm256_permutevar8x32_ps(_mm256_loadu_ps(in + 1), lane);
    const __m256 firstWeight = _mm256_loadu_ps(m_firstWeight.data() + output);
    const __m256 secondWeight = _mm256_loadu_ps(m_secondWeight.data() + output);
    _mm256_storeu_ps(out + output, _mm256_add_ps(_mm256_mul_ps(first, firstWeight),
                                                 _mm256_mul_ps(second, secondWeight)));
}

/// Returns where it stopped.
MASKWRIGHT_AVX2 int LineResize::applyWide(const float *in, int begin, int end, float *out) const
{
    // The last sample that is read exists, and no result lies behind the last one.
    const auto fits = [&](int i) {
        return m_first[static_cast<std::size_t>(i)] + lanes < m_inputs;
    };
    int i = begin;
    for (; i + lanes <= end && fits(i); i += lanes)
        makeGroup(in, i, out);
    if (i > begin && i < end && fits(end - lanes)) {
        makeGroup(in, end - lanes, out); // some of them once more
        i = end;
    }
    return i;
}
#endif

void LineResize::apply(const float *in, int begin, int end, float *out) const
{
#ifdef MASKWRIGHT_AVX2
    if (m_isClose && hasAvx2())
        begin = applyWide(in, begin, end, out);
#endif
    applyPlain(in, begin, end, out);
}

} // namespace core
