// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/mask_postprocessing.h"

#include "core/segmentation/logit_cuts.h"
#include "core/segmentation/logit_loops.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace core
{

namespace
{

/// Fills the mask where the logits lie above one of the cuts.
class MaskSink : public LogitCutSink
{
public:
    /// `cut` is the one with that number among those asked for. The mask begins at this pixel and
    /// holds all that lies above the cut.
    MaskSink(Mask &mask, std::span<const float> cuts, std::size_t cut, int left = 0, int top = 0)
        : m_mask(mask), m_level(static_cast<int>(cut)), m_threshold(cuts[cut]), m_left(left),
          m_top(top)
    {
    }

    void area(const PixelRect &pixels, int level) override
    {
        if (level <= m_level)
            return; // a new mask is empty
        for (int y = pixels.y; y < pixels.y + pixels.height; ++y)
            std::memset(m_mask.row(y - m_top) + (pixels.x - m_left), 1,
                        static_cast<std::size_t>(pixels.width));
    }

    void row(int y, int x, std::span<const float> logits) override
    {
        markAbove(logits, m_threshold, m_mask.row(y - m_top) + (x - m_left));
    }

private:
    Mask &m_mask;
    int m_level;
    float m_threshold;
    int m_left, m_top;
};

/// Counts the pixels of the first and of the last cut; the latter lie within the former, so their
/// ratio is their IoU. Passes everything on.
class StabilitySink : public LogitCutSink
{
public:
    explicit StabilitySink(std::span<const float> cuts, LogitCutSink *next = nullptr)
        : m_cuts(cuts), m_next(next)
    {
    }

    void area(const PixelRect &pixels, int level) override
    {
        const std::int64_t count = std::int64_t(pixels.width) * pixels.height;
        m_outer += level > 0 ? count : 0;
        m_inner += level == static_cast<int>(m_cuts.size()) ? count : 0;
        if (m_next)
            m_next->area(pixels, level);
    }

    void row(int y, int x, std::span<const float> logits) override
    {
        m_outer += countAbove(logits, m_cuts.front());
        m_inner += countAbove(logits, m_cuts.back());
        if (m_next)
            m_next->row(y, x, logits);
    }

    std::int64_t outer() const { return m_outer; } ///< pixels above the first cut
    float score() const
    {
        return m_outer == 0 ? 0.0f : static_cast<float>(m_inner) / static_cast<float>(m_outer);
    }

private:
    std::span<const float> m_cuts;
    LogitCutSink *m_next;
    std::int64_t m_inner = 0;
    std::int64_t m_outer = 0;
};

} // namespace

PostprocessedMask postprocessMask(std::span<const float> values, Size logitsSize,
                                  const InputGeometry &geometry, float stabilityOffset)
{
    const std::array cuts{maskThreshold - stabilityOffset, maskThreshold,
                          maskThreshold + stabilityOffset};
    PostprocessedMask result{Mask(geometry.original), 0.0f};
    MaskSink mask(result.mask, cuts, 1);
    StabilitySink stability(cuts, &mask);
    cutLogits(values, logitsSize, geometry, cuts, stability);
    result.stabilityScore = stability.score();
    return result;
}

Mask maskFromLogits(const LowResLogits &logits, const InputGeometry &geometry, float threshold)
{
    const std::array cuts{threshold};
    Mask mask(geometry.original);
    MaskSink sink(mask, cuts, 0);
    cutLogits(logits.values, logits.size, geometry, cuts, sink);
    return mask;
}

MaskBlock maskBlockFromLogits(const LowResLogits &logits, const InputGeometry &geometry,
                              float threshold)
{
    const std::array cuts{threshold};
    const PixelRect place = reachAbove(logits.values, logits.size, geometry, threshold);
    MaskBlock block{place, Mask({place.width, place.height})};
    if (place.isEmpty())
        return block;
    MaskSink sink(block.mask, cuts, 0, place.x, place.y);
    cutLogits(logits.values, logits.size, geometry, cuts, sink);
    return block;
}

std::int64_t areaFromLogits(const LowResLogits &logits, const InputGeometry &geometry,
                            float threshold)
{
    const std::array cuts{threshold};
    StabilitySink sink(cuts);
    cutLogits(logits.values, logits.size, geometry, cuts, sink);
    return sink.outer();
}

float stabilityScore(const LowResLogits &logits, const InputGeometry &geometry, float offset)
{
    const std::array cuts{maskThreshold - offset, maskThreshold + offset};
    StabilitySink sink(cuts);
    cutLogits(logits.values, logits.size, geometry, cuts, sink);
    return sink.score();
}

} // namespace core
