// SPDX-License-Identifier: Apache-2.0
#include "core/mask/span_walk.h"

#include "core/mask/avx2.h"

#include <algorithm>

namespace core
{
namespace
{

/// A step in the search among the `left` numbers from `begin` on for the first one for which
/// `isBelow` is no longer true. The answers are as good as chance, so no branch depends on them.
template <typename IsBelow>
void halve(std::size_t &begin, std::size_t &left, const IsBelow &isBelow)
{
    const std::size_t half = (left + 1) / 2;
    const std::size_t all = std::size_t{0} - (isBelow(begin + half - 1) ? 1 : 0);
    begin += half & all;
    left -= half;
}

/// The first number below `end` for which `isBelow` is no longer true, or `end`.
template <typename IsBelow>
std::size_t search(std::size_t end, const IsBelow &isBelow)
{
    std::size_t begin = 0;
    for (std::size_t left = end; left > 0;)
        halve(begin, left, isBelow);
    return begin;
}

/// Finds where the parts of a way begin, whose steps are known. Of two spans that end together the
/// one of `a` is left behind first.
void findParts(SpanWalk &way, std::span<const PixelSpan> a, std::span<const PixelSpan> b)
{
    // The searches for the number of steps in `a` go on by turns: none waits for another.
    std::array<std::size_t, SpanWalk::parts> left = {};
    for (std::size_t part = 1; part < SpanWalk::parts; ++part) {
        const std::size_t count = part * way.steps;
        way.beginA[part] = count > b.size() ? count - b.size() : 0;
        left[part] = std::min(count, a.size()) - way.beginA[part];
    }
    for (bool isLeft = true; isLeft;) {
        isLeft = false;
        for (std::size_t part = 1; part < SpanWalk::parts; ++part) {
            if (left[part] == 0)
                continue;
            isLeft = true;
            halve(way.beginA[part], left[part],
                  [&](std::size_t i) { return a[i].end <= b[part * way.steps - i - 1].end; });
        }
    }
    for (std::size_t part = 1; part < SpanWalk::parts; ++part)
        way.beginB[part] = part * way.steps - way.beginA[part];
}

/// Two lists on the way.
struct Lists {
    const PixelSpan *a;
    const PixelSpan *b;
};

/// A step from the `a`-th and the `b`-th on. Returns what may lie in both spans: where the end is
/// not behind the begin, nothing does.
PixelSpan plainStep(Lists lists, std::size_t &a, std::size_t &b)
{
    const PixelSpan spanA = lists.a[a], spanB = lists.b[b];
    // Which of them ends first is as good as chance: no branch depends on it. One list goes on,
    // never both, so that the number of steps tells how far they came.
    a += spanB.end < spanA.end ? 0 : 1;
    b += spanB.end < spanA.end ? 1 : 0;
    return {std::max(spanA.begin, spanB.begin), std::min(spanA.end, spanB.end)};
}

/// All steps of two parts at a time, for which the registers suffice. Calls visit(number of the
/// step, what may lie in both).
template <typename Visit>
void plainWalk(Lists lists, const SpanWalk &way, const Visit &visit)
{
    std::size_t a = 0, b = 0;
    for (std::size_t part = 0; part < SpanWalk::parts; part += 2) {
        std::size_t otherA = way.beginA[part], otherB = way.beginB[part];
        a = way.beginA[part + 1], b = way.beginB[part + 1];
        for (std::size_t i = part * way.steps; i < (part + 1) * way.steps; ++i) {
            visit(i, plainStep(lists, otherA, otherB));
            visit(i + way.steps, plainStep(lists, a, b));
        }
    }
    for (std::size_t i = SpanWalk::parts * way.steps; i < way.allSteps(); ++i)
        visit(i, plainStep(lists, a, b));
}

/// Leaves out the empty ones, of a begin, its end, the next begin and so on; in their own memory.
std::uint32_t *plainDense(std::span<const std::uint32_t> places, std::uint32_t *dense)
{
    for (std::size_t i = 0; i < places.size(); i += 2) {
        const std::uint32_t begin = places[i], end = places[i + 1];
        dense[0] = begin; // written whether it counts or not
        dense[1] = end;
        dense += end > begin ? 2 : 0;
    }
    return dense;
}

std::uint32_t plainCount(Lists lists, const SpanWalk &way)
{
    std::uint32_t pixels = 0;
    plainWalk(lists, way, [&](std::size_t, PixelSpan both) {
        pixels += both.end > both.begin ? both.end - both.begin : 0;
    });
    return pixels;
}

#ifdef MASKWRIGHT_AVX2
/// As plainStep(), in the lower half. All that does not lead to the next step is left to wide
/// registers, so that the others suffice for four parts.
MASKWRIGHT_AVX2 inline __m128i wideStep(Lists lists, std::size_t &a, std::size_t &b)
{
    const PixelSpan *const spanA = lists.a + a, *const spanB = lists.b + b;
    const __m128i placesA = _mm_loadl_epi64(reinterpret_cast<const __m128i *>(spanA));
    const __m128i placesB = _mm_loadl_epi64(reinterpret_cast<const __m128i *>(spanB));
    const std::uint32_t endA = spanA->end, endB = spanB->end;
    a += endB < endA ? 0 : 1;
    b += endB < endA ? 1 : 0;
    return _mm_blend_epi32(_mm_max_epu32(placesA, placesB), _mm_min_epu32(placesA, placesB), 2);
}

MASKWRIGHT_AVX2 inline void store(std::uint32_t *places, __m128i span)
{
    _mm_storel_epi64(reinterpret_cast<__m128i *>(places), span);
}

/// What may lie in both, for every step.
MASKWRIGHT_AVX2 void wideOverlaps(Lists lists, const SpanWalk &way, std::uint32_t *places)
{
    static_assert(SpanWalk::parts == 4);
    auto [a0, a1, a2, a3] = way.beginA;
    auto [b0, b1, b2, b3] = way.beginB;
    const std::size_t part = 2 * way.steps;
    for (std::uint32_t *const end = places + part; places != end; places += 2) {
        store(places, wideStep(lists, a0, b0));
        store(places + part, wideStep(lists, a1, b1));
        store(places + 2 * part, wideStep(lists, a2, b2));
        store(places + 3 * part, wideStep(lists, a3, b3));
    }
    places += 3 * part;
    for (std::size_t i = 0; i < way.more; ++i, places += 2)
        store(places, wideStep(lists, a3, b3));
}

/// In which order four spans' begins and ends are to be taken so that those which count come
/// first: for every choice of them.
constexpr auto orders = [] {
    std::array<std::array<std::uint32_t, 8>, 16> table = {};
    for (unsigned choice = 0; choice < table.size(); ++choice) {
        std::size_t next = 0;
        for (std::uint32_t span = 0; span < 4; ++span) {
            if ((choice >> span & 1) != 0) {
                table[choice][next++] = 2 * span;
                table[choice][next++] = 2 * span + 1;
            }
        }
    }
    return table;
}();

/// As plainDense(), four spans at a time.
MASKWRIGHT_AVX2 std::uint32_t *wideDense(std::span<const std::uint32_t> places,
                                         std::uint32_t *dense)
{
    constexpr std::size_t lanes = 8;
    std::size_t i = 0;
    for (; i + lanes <= places.size(); i += lanes) {
        const __m256i spans = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(&places[i]));
        // A span that ends behind its begin is a larger number than with its halves exchanged.
        const __m256i exchanged = _mm256_shuffle_epi32(spans, 0xb1);
        const auto choice = static_cast<unsigned>(
            _mm256_movemask_pd(_mm256_castsi256_pd(_mm256_cmpgt_epi64(spans, exchanged))));
        const __m256i order =
            _mm256_loadu_si256(reinterpret_cast<const __m256i *>(orders[choice].data()));
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(dense),
                            _mm256_permutevar8x32_epi32(spans, order));
        dense += 2 * _mm_popcnt_u32(choice);
    }
    return plainDense(places.subspan(i), dense);
}

/// The pixels of a span, 0 where its end is not behind its begin, in the lowest number.
MASKWRIGHT_AVX2 inline __m128i pixelsOf(__m128i span)
{
    return _mm_max_epi32(_mm_sub_epi32(_mm_srli_epi64(span, 32), span), _mm_setzero_si128());
}

MASKWRIGHT_AVX2 std::uint32_t wideCount(Lists lists, const SpanWalk &way)
{
    auto [a0, a1, a2, a3] = way.beginA;
    auto [b0, b1, b2, b3] = way.beginB;
    __m128i even = _mm_setzero_si128(), odd = even;
    for (std::size_t i = 0; i < way.steps; ++i) {
        even = _mm_add_epi32(even, pixelsOf(wideStep(lists, a0, b0)));
        odd = _mm_add_epi32(odd, pixelsOf(wideStep(lists, a1, b1)));
        even = _mm_add_epi32(even, pixelsOf(wideStep(lists, a2, b2)));
        odd = _mm_add_epi32(odd, pixelsOf(wideStep(lists, a3, b3)));
    }
    for (std::size_t i = 0; i < way.more; ++i)
        even = _mm_add_epi32(even, pixelsOf(wideStep(lists, a3, b3)));
    return static_cast<std::uint32_t>(_mm_cvtsi128_si32(_mm_add_epi32(even, odd)));
}
#endif

} // namespace

SpanWalk::SpanWalk(std::span<const PixelSpan> listA, std::span<const PixelSpan> listB)
{
    if (listA.empty() || listB.empty())
        return;
    // The list that ends first is gone through, of the other what ends before.
    const std::uint32_t lastA = listA.back().end, lastB = listB.back().end;
    endA = listA.size();
    endB = listB.size();
    if (lastB < lastA)
        endA = search(endA, [&](std::size_t i) { return listA[i].end <= lastB; });
    else
        endB = search(endB, [&](std::size_t i) { return listB[i].end < lastA; });
    constexpr std::size_t few = 64;
    if (allSteps() < few) {
        more = allSteps();
        return;
    }
    steps = allSteps() / parts;
    more = allSteps() % parts;
    findParts(*this, listA, listB);
}

std::uint32_t *writeOverlaps(std::span<const PixelSpan> listA, std::span<const PixelSpan> listB,
                             const SpanWalk &way, std::uint32_t *places)
{
    const Lists lists{listA.data(), listB.data()};
    const std::span all(places, 2 * way.allSteps());
#ifdef MASKWRIGHT_AVX2
    if (hasAvx2()) {
        wideOverlaps(lists, way, places);
        return wideDense(all, places);
    }
#endif
    plainWalk(lists, way, [&](std::size_t i, PixelSpan both) {
        places[2 * i] = both.begin;
        places[2 * i + 1] = both.end;
    });
    return plainDense(all, places);
}

std::uint32_t countOverlap(std::span<const PixelSpan> listA, std::span<const PixelSpan> listB,
                           const SpanWalk &way)
{
    const Lists lists{listA.data(), listB.data()};
#ifdef MASKWRIGHT_AVX2
    if (hasAvx2())
        return wideCount(lists, way);
#endif
    return plainCount(lists, way);
}

} // namespace core
