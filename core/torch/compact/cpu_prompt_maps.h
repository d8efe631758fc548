// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cpu/aligned_array.h"
#include "core/torch/compact/prompt_batch.h"
#include "core/torch/convolution/map_view.h"

#include <cstdint>
#include <vector>

// What prompt_maps.h does, for one prompt by the processor's kernels, which there have to be.
namespace core::compact
{

/// `to` becomes the vector of `map` at a place of a picture of `height` x `width` pixels: bilinear,
/// beyond the border as on it.
void sampleAt(const MapView &map, ModelPoint place, std::int64_t height, std::int64_t width,
              float *to);

/// drawPrompts(), and the region that the prompt knows of.
class CpuPromptDrawing
{
public:
    CpuPromptDrawing(const TokenPrompt &prompt, std::int64_t height4, std::int64_t width4);

    /// Some rows; the first floats of pixels that lie `pixelStep` floats apart.
    void rows(std::int64_t begin, std::int64_t end, float *to, std::int64_t pixelStep) const;

    /// Share of each cell that belongs to what was asked before, the previous mask or else the box,
    /// at strides 8, 4 and 2; null without either.
    const float *region8() const { return dataOf(m_region8); }
    const float *region4() const { return dataOf(m_region4); }
    const float *region2() const { return dataOf(m_region2); }

private:
    /// A product of what it has in its row and in its column.
    struct Shape {
        int channel;
        std::vector<float> rows, columns;
    };
    static const float *dataOf(const std::vector<float> &map)
    {
        return map.empty() ? nullptr : map.data();
    }
    void addPoint(const PromptToken &token);
    void addBox(const TokenPrompt &prompt);
    void usePrevious(const float *logits);
    void shrinkAndEnlargeRegion();

    std::int64_t m_height, m_width;
    std::vector<Shape> m_shapes;
    std::vector<float> m_previous; ///< empty: none
    std::vector<float> m_region8, m_region4, m_region2;
};

/// similarityTo() at one stride.
class CpuSimilarity
{
public:
    /// Unit vectors, in multiples of 16 channels, of a picture of `height` x `width` pixels;
    /// `region`: a number for each of them, or null.
    CpuSimilarity(const MapView &vectors, const TokenPrompt &prompt, const float *region,
                  std::int64_t height, std::int64_t width);

    /// Some rows; the first floats of pixels that lie `pixelStep` floats apart.
    void rows(std::int64_t begin, std::int64_t end, float *to, std::int64_t pixelStep) const;

private:
    MapView m_vectors;
    std::int64_t m_foreground = 0, m_background = 0; ///< points, in this order
    bool m_hasRegion;                                ///< its inside and outside come last
    std::int64_t m_columns;                          ///< of the product; those that are left are 0
    cpu::AlignedFloats m_keys;
};

} // namespace core::compact
