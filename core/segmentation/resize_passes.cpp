// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/resize_passes.h"

#include "core/mask/avx2.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <cstring>

namespace core
{
namespace
{

constexpr std::int32_t roundingHalf = 1 << (ResizeFilter::precisionBits - 1);

std::uint8_t toByte(std::int32_t sum)
{
    return static_cast<std::uint8_t>(std::clamp(sum >> ResizeFilter::precisionBits, 0, 255));
}

/// So many bytes at once that a row of them is a loop for every compiler's vectors.
void weightPlain(std::span<const std::uint8_t *const> rows, const std::int32_t *weights,
                 std::size_t begin, std::span<std::uint8_t> out)
{
    constexpr std::size_t most = 64;
    for (std::size_t first = begin; first < out.size(); first += most) {
        const std::size_t bytes = std::min(out.size() - first, most);
        std::array<std::int32_t, most> sums;
        sums.fill(roundingHalf);
        for (std::size_t k = 0; k < rows.size(); ++k)
            for (std::size_t i = 0; i < bytes; ++i)
                sums[i] += rows[k][first + i] * weights[k];
        for (std::size_t i = 0; i < bytes; ++i)
            out[first + i] = toByte(sums[i]);
    }
}

#ifdef MASKWRIGHT_AVX2
constexpr int group = 4;    ///< samples that are multiplied at once
constexpr int lowBits = 11; ///< of 22, so that both halves of a weight are signed 16-bit numbers
constexpr int loaded = 16;  ///< bytes that are read for a group; four samples have twelve

/// Sums of which each is a byte, packed in the lower four bytes.
MASKWRIGHT_AVX2 inline __m128i toBytes(__m128i sums)
{
    sums = _mm_srai_epi32(_mm_add_epi32(sums, _mm_set1_epi32(roundingHalf)),
                          ResizeFilter::precisionBits);
    sums = _mm_packus_epi32(sums, sums);
    return _mm_packus_epi16(sums, sums);
}

/// Returns how many bytes were made: 32 at a time, whose sums find room in the registers.
MASKWRIGHT_AVX2 std::size_t weightWide(std::span<const std::uint8_t *const> rows,
                                       const std::int32_t *weights, std::span<std::uint8_t> out)
{
    constexpr std::size_t bytes = 32, lanes = 8;
    std::size_t i = 0;
    for (; i + bytes <= out.size(); i += bytes) {
        __m256i sums[bytes / lanes] = {};
        for (std::size_t k = 0; k < rows.size(); ++k) {
            const __m256i weight = _mm256_set1_epi32(weights[k]);
            for (std::size_t part = 0; part < bytes / lanes; ++part) {
                const __m256i samples = _mm256_cvtepu8_epi32(
                    _mm_loadl_epi64(reinterpret_cast<const __m128i *>(rows[k] + i + part * lanes)));
                sums[part] = _mm256_add_epi32(sums[part], _mm256_mullo_epi32(samples, weight));
            }
        }
        for (std::size_t part = 0; part < bytes / lanes; ++part) {
            const __m128i low = toBytes(_mm256_castsi256_si128(sums[part]));
            const __m128i high = toBytes(_mm256_extracti128_si256(sums[part], 1));
            _mm_storel_epi64(reinterpret_cast<__m128i *>(out.data() + i + part * lanes),
                             _mm_unpacklo_epi32(low, high));
        }
    }
    return i;
}
#endif

} // namespace

RowResize::RowResize(int inputs, int outputs) : m_filter(triangleFilter(inputs, outputs))
{
    assert(inputs > 0 && outputs > 0);
    prepareWide(inputs);
}

void RowResize::applyPlain(const std::uint8_t *in, int begin, std::uint8_t *out) const
{
    const int outputs = static_cast<int>(m_filter.first.size());
    std::uint8_t *pixel = out + static_cast<std::ptrdiff_t>(begin) * 3;
    for (int x = begin; x < outputs; ++x, pixel += 3) {
        const std::int32_t *weights = m_filter.of(x);
        const std::uint8_t *sample =
            in + static_cast<std::ptrdiff_t>(m_filter.first[static_cast<std::size_t>(x)]) * 3;
        const int count = m_filter.count[static_cast<std::size_t>(x)];
        std::int32_t red = roundingHalf;
        std::int32_t green = roundingHalf;
        std::int32_t blue = roundingHalf;
        for (int k = 0; k < count; ++k, sample += 3) {
            red += sample[0] * weights[k];
            green += sample[1] * weights[k];
            blue += sample[2] * weights[k];
        }
        pixel[0] = toByte(red);
        pixel[1] = toByte(green);
        pixel[2] = toByte(blue);
    }
}

#ifdef MASKWRIGHT_AVX2
void RowResize::prepareWide(int inputs)
{
    if (!hasAvx2())
        return;
    const int outputs = static_cast<int>(m_filter.first.size());
    // As many for every output, although some have a sample less: then no branch depends on them.
    m_splitPerOutput = (std::ranges::max(m_filter.count) + group - 1) / group;
    m_split.resize(static_cast<std::size_t>(outputs) * static_cast<std::size_t>(m_splitPerOutput));
    SplitWeights *next = m_split.data();
    bool fits = true;
    for (int x = 0; x < outputs; ++x, next += m_splitPerOutput) {
        const int count = m_filter.count[static_cast<std::size_t>(x)];
        for (int k = 0; k < count; ++k) {
            const std::int32_t weight = m_filter.of(x)[k];
            SplitWeights &four = next[k / group];
            four[static_cast<std::size_t>(k % group)] =
                static_cast<std::int16_t>(weight & ((1 << lowBits) - 1));
            four[static_cast<std::size_t>(k % group + group)] =
                static_cast<std::int16_t>(weight >> lowBits);
        }
        // Nothing is read behind the row, and a fourth byte is written behind each pixel.
        const std::ptrdiff_t last =
            m_filter.first[static_cast<std::size_t>(x)] + group * (m_splitPerOutput - 1);
        fits = fits && 3 * last + loaded <= std::ptrdiff_t{3} * inputs && x + 1 < outputs;
        m_wide = fits ? x + 1 : m_wide;
    }
}

/// Two samples of each colour lie side by side as 16-bit numbers and are multiplied and added in
/// one step, two more in the other half of the register.
MASKWRIGHT_AVX2 void RowResize::applyWide(const std::uint8_t *in, std::uint8_t *out) const
{
    const __m256i spread =
        _mm256_setr_epi8(0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1, 6, -1, 9, -1, 7,
                         -1, 10, -1, 8, -1, 11, -1, -1, -1, -1, -1);
    const __m256i lowPairs = _mm256_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1);
    const __m256i highPairs = _mm256_setr_epi32(2, 2, 2, 2, 3, 3, 3, 3);
    const SplitWeights *weights = m_split.data();
    for (int x = 0; x < m_wide; ++x, weights += m_splitPerOutput, out += 3) {
        const std::uint8_t *sample =
            in + static_cast<std::ptrdiff_t>(m_filter.first[static_cast<std::size_t>(x)]) * 3;
        __m256i low = _mm256_setzero_si256(), high = low;
        for (int g = 0; g < m_splitPerOutput; ++g, sample += 3 * group) {
            const __m256i samples =
                _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(
                                        _mm_loadu_si128(reinterpret_cast<const __m128i *>(sample))),
                                    spread);
            const __m256i four = _mm256_castsi128_si256(
                _mm_loadu_si128(reinterpret_cast<const __m128i *>(weights[g].data())));
            low = _mm256_add_epi32(
                low, _mm256_madd_epi16(samples, _mm256_permutevar8x32_epi32(four, lowPairs)));
            high = _mm256_add_epi32(
                high, _mm256_madd_epi16(samples, _mm256_permutevar8x32_epi32(four, highPairs)));
        }
        const __m256i both = _mm256_add_epi32(low, _mm256_slli_epi32(high, lowBits));
        const __m128i pixel =
            toBytes(_mm_add_epi32(_mm256_castsi256_si128(both), _mm256_extracti128_si256(both, 1)));
        const int bytes = _mm_cvtsi128_si32(pixel);
        std::memcpy(out, &bytes, sizeof bytes);
    }
}
#else
void RowResize::prepareWide(int) {}
void RowResize::applyWide(const std::uint8_t *, std::uint8_t *) const {}
#endif

void RowResize::apply(const std::uint8_t *in, std::uint8_t *out) const
{
    if (m_wide > 0)
        applyWide(in, out);
    applyPlain(in, m_wide, out);
}

void weightRows(std::span<const std::uint8_t *const> rows, const std::int32_t *weights,
                std::span<std::uint8_t> out)
{
    std::size_t begin = 0;
#ifdef MASKWRIGHT_AVX2
    if (hasAvx2())
        begin = weightWide(rows, weights, out);
#endif
    weightPlain(rows, weights, begin, out);
}

} // namespace core
