// SPDX-License-Identifier: Apache-2.0
#include "core/torch/convolution/division.h"

#include "core/cpu/aligned_array.h"
#include "core/torch/one_thread.h"

#include <algorithm>
#include <optional>

namespace core
{

namespace
{

std::int64_t roundedUp(std::int64_t value, std::int64_t step)
{
    return (value + step - 1) / step * step;
}

/// Part `number` of `parts` that differ by one at most.
Division::Range part(std::int64_t whole, std::int64_t parts, std::int64_t number)
{
    return {whole * number / parts, whole * (number + 1) / parts};
}

} // namespace

Division::Division(std::int64_t rows, std::int64_t rowLength, std::int64_t placesAtOnce,
                   std::int64_t panels)
    : m_rows(rows), m_panels(panels)
{
    const std::int64_t threads = sharingThreads();
    // As many for each thread: of a few pieces, one more would be work for one of them alone.
    const std::int64_t wanted =
        roundedUp((rows * rowLength + placesAtOnce - 1) / placesAtOnce, threads);
    const bool areRowsEnough = panels < threads || rows * rowLength * 2 > placesAtOnce * threads;
    m_blocks = areRowsEnough ? std::min(rows, wanted) : 1;
    m_groups = std::clamp<std::int64_t>((threads + m_blocks - 1) / m_blocks, 1, panels);
}

Division::Range Division::rows(std::size_t piece) const
{
    return part(m_rows, m_blocks, static_cast<std::int64_t>(piece) / m_groups);
}

Division::Range Division::panels(std::size_t piece) const
{
    return part(m_panels, m_groups, static_cast<std::int64_t>(piece) % m_groups);
}

float *threadFloats(std::int64_t count)
{
    struct Kept {
        std::int64_t count;
        cpu::AlignedFloats floats;
    };
    static thread_local std::optional<Kept> kept;
    if (!kept || kept->count < count) {
        kept.reset();
        kept.emplace(Kept{count, cpu::AlignedFloats(count)});
    }
    return kept->floats.get();
}

} // namespace core
