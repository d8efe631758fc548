// SPDX-License-Identifier: Apache-2.0
#include "core/mask/run_sums.h"

#include "core/mask/avx2.h"
#include "core/mask/look_ahead.h"

#include <cstddef>

namespace core
{
namespace
{

std::uint32_t plainSum(std::span<const std::uint32_t> counts)
{
    std::uint32_t sum = 0;
    for (std::size_t i = 1; i < counts.size(); i += 2)
        sum += counts[i];
    return sum;
}

constexpr std::size_t fewAtOnce = 16; ///< runs that are skipped together

std::size_t plainSkip(std::span<const std::uint32_t> counts, std::uint32_t limit,
                      std::uint32_t &place)
{
    std::size_t i = 0;
    for (; i + fewAtOnce <= counts.size(); i += fewAtOnce) {
        lookAhead(&counts[i]);
        // A group is added up while the one before still is; only their sums wait for each other.
        std::uint32_t sum = 0;
        for (const std::uint32_t count : counts.subspan(i, fewAtOnce))
            sum += count;
        if (place + sum > limit)
            break;
        place += sum;
    }
    return i;
}

bool plainCopy(std::span<const std::uint32_t> counts, std::uint32_t *copy)
{
    std::uint32_t any = 0;
    for (const std::uint32_t count : counts) {
        *copy++ = count;
        any |= highestBitIfZero(count);
    }
    return any >> 31 != 0;
}

std::uint32_t plainSpans(std::span<const std::uint32_t> counts, std::uint32_t place,
                         PixelSpan *spans)
{
    for (std::size_t i = 0; i < counts.size(); i += 2) {
        // The two runs are added first: then a span waits for the one before in one sum alone.
        *spans++ = {place, place + counts[i]};
        place += counts[i] + counts[i + 1];
    }
    return place;
}

bool plainDistances(std::span<const std::uint32_t> places, std::uint32_t *distances)
{
    std::uint32_t any = 0;
    for (std::size_t i = 1; i < places.size(); ++i) {
        const std::uint32_t distance = places[i] - places[i - 1];
        *distances++ = distance;
        any |= highestBitIfZero(distance);
    }
    return any >> 31 != 0;
}

#ifdef MASKWRIGHT_AVX2
/// One load and one addition for eight counts, those of no interest among them: half the work of
/// what compilers make of plainSum(), which sort the counts first and have no more than the four
/// lanes that every 64-bit x86 has. Where the counts lie in a cache, it takes two thirds of the
/// time or less.
MASKWRIGHT_AVX2 std::uint32_t wideSum(std::span<const std::uint32_t> counts)
{
    constexpr std::size_t lanes = 8, registers = 4;
    const auto *block = reinterpret_cast<const __m256i *>(counts.data());
    __m256i a = _mm256_setzero_si256(), b = a, c = a, d = a;
    std::size_t i = 0;
    for (; i + lanes * registers <= counts.size(); i += lanes * registers, block += registers) {
        a = _mm256_add_epi32(a, _mm256_loadu_si256(block));
        b = _mm256_add_epi32(b, _mm256_loadu_si256(block + 1));
        c = _mm256_add_epi32(c, _mm256_loadu_si256(block + 2));
        d = _mm256_add_epi32(d, _mm256_loadu_si256(block + 3));
    }
    alignas(32) std::uint32_t sums[lanes];
    a = _mm256_add_epi32(_mm256_add_epi32(a, b), _mm256_add_epi32(c, d));
    _mm256_store_si256(reinterpret_cast<__m256i *>(sums), a);
    return sums[1] + sums[3] + sums[5] + sums[7] + plainSum(counts.subspan(i));
}

/// Groups of 64 as long as whole ones can be skipped: adding up a register's eight lanes is most of
/// the work, and here it is done once for eight registers.
MASKWRIGHT_AVX2 std::size_t wideSkip(std::span<const std::uint32_t> counts, std::uint32_t limit,
                                     std::uint32_t &place)
{
    constexpr std::size_t lanes = 8, manyAtOnce = 64;
    std::size_t i = 0;
    for (; i + manyAtOnce <= counts.size(); i += manyAtOnce) {
        const auto *block = reinterpret_cast<const __m256i *>(&counts[i]);
        __m256i sums = _mm256_setzero_si256();
        for (std::size_t n = 0; n < manyAtOnce / lanes; ++n)
            sums = _mm256_add_epi32(sums, _mm256_loadu_si256(block + n));
        for (std::size_t n = 0; n < manyAtOnce; n += runsOfLine)
            lookAhead(&counts[i + n]);
        __m128i sum =
            _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
        sum = _mm_add_epi32(sum, _mm_unpackhi_epi64(sum, sum));
        sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 1));
        const auto after = place + static_cast<std::uint32_t>(_mm_cvtsi128_si32(sum));
        if (after > limit)
            break;
        place = after;
    }
    return i + plainSkip(counts.subspan(i), limit, place);
}

MASKWRIGHT_AVX2 bool wideCopy(std::span<const std::uint32_t> counts, std::uint32_t *copy)
{
    constexpr std::size_t lanes = 8;
    __m256i empty = _mm256_setzero_si256();
    std::size_t i = 0;
    for (; i + lanes <= counts.size(); i += lanes, copy += lanes) {
        const __m256i runs = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(&counts[i]));
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(copy), runs);
        empty = _mm256_or_si256(empty, _mm256_cmpeq_epi32(runs, _mm256_setzero_si256()));
    }
    const bool any = _mm256_testz_si256(empty, empty) == 0;
    return plainCopy(counts.subspan(i), copy) || any;
}

/// Four spans at once. Sums of one, then of two, then of four neighbours are added, which makes
/// each count the sum of all up to it; what is more than the counts before it is its own.
MASKWRIGHT_AVX2 std::uint32_t wideSpans(std::span<const std::uint32_t> counts, std::uint32_t place,
                                        PixelSpan *spans)
{
    constexpr std::size_t lanes = 8;
    const __m256i last = _mm256_set1_epi32(lanes - 1);
    __m256i places = _mm256_set1_epi32(static_cast<int>(place));
    std::size_t i = 0;
    for (; i + lanes <= counts.size(); i += lanes, spans += lanes / 2) {
        const auto *block = reinterpret_cast<const __m256i *>(counts.data() + i);
        lookAhead(counts.data() + i);
        const __m256i own = _mm256_loadu_si256(block);
        __m256i sums = _mm256_add_epi32(own, _mm256_slli_si256(own, 4));
        sums = _mm256_add_epi32(sums, _mm256_slli_si256(sums, 8));
        const __m256i lower = _mm256_permute2x128_si256(sums, sums, 0x08); // in the upper half
        sums = _mm256_add_epi32(sums, _mm256_shuffle_epi32(lower, 0xff));
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(spans),
                            _mm256_add_epi32(places, _mm256_sub_epi32(sums, own)));
        places = _mm256_add_epi32(places, _mm256_permutevar8x32_epi32(sums, last));
    }
    place = static_cast<std::uint32_t>(_mm256_cvtsi256_si32(places));
    return plainSpans(counts.subspan(i), place, spans);
}

MASKWRIGHT_AVX2 bool wideDistances(std::span<const std::uint32_t> places, std::uint32_t *distances)
{
    constexpr std::size_t lanes = 8;
    __m256i same = _mm256_setzero_si256();
    std::size_t i = 0;
    for (; i + lanes < places.size(); i += lanes, distances += lanes) {
        const auto *block = reinterpret_cast<const __m256i *>(&places[i]);
        const auto *next = reinterpret_cast<const __m256i *>(&places[i + 1]);
        const __m256i distance =
            _mm256_sub_epi32(_mm256_loadu_si256(next), _mm256_loadu_si256(block));
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(distances), distance);
        same = _mm256_or_si256(same, _mm256_cmpeq_epi32(distance, _mm256_setzero_si256()));
    }
    const bool any = _mm256_testz_si256(same, same) == 0;
    return plainDistances(places.subspan(i), distances) || any;
}
#endif

} // namespace

std::uint32_t sumOfEverySecond(std::span<const std::uint32_t> counts)
{
#ifdef MASKWRIGHT_AVX2
    if (counts.size() >= 64 && hasAvx2())
        return wideSum(counts);
#endif
    return plainSum(counts);
}

std::size_t skipRuns(std::span<const std::uint32_t> counts, std::uint32_t limit,
                     std::uint32_t &place)
{
#ifdef MASKWRIGHT_AVX2
    if (counts.size() >= 64 && hasAvx2())
        return wideSkip(counts, limit, place);
#endif
    return plainSkip(counts, limit, place);
}

bool copyRuns(std::span<const std::uint32_t> counts, std::uint32_t *copy)
{
#ifdef MASKWRIGHT_AVX2
    if (counts.size() >= 16 && hasAvx2())
        return wideCopy(counts, copy);
#endif
    return plainCopy(counts, copy);
}

std::uint32_t writeSpans(std::span<const std::uint32_t> counts, std::uint32_t place,
                         PixelSpan *spans)
{
#ifdef MASKWRIGHT_AVX2
    if (counts.size() >= 16 && hasAvx2())
        return wideSpans(counts, place, spans);
#endif
    return plainSpans(counts, place, spans);
}

bool writeDistances(std::span<const std::uint32_t> places, std::uint32_t *distances)
{
#ifdef MASKWRIGHT_AVX2
    if (places.size() > 8 && hasAvx2())
        return wideDistances(places, distances);
#endif
    return plainDistances(places, distances);
}

} // namespace core
