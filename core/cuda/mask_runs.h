// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cuda/full_size_logits.h"

#include <cuda_runtime_api.h>

#include <cstddef>
#include <cstdint>

namespace core::cuda
{

/// From low-res logits to COCO run lengths without anything of the picture's size leaving the
/// device. Use, with device memory of the sizes that RunSizes tells:
///
///     findRuns(logits, masks, geometry, cuts, buffers, stream);
///     // copy buffers.counts; where counts.changes > buffers.capacity, get a larger
///     buffers.changes
///     // and call writeChanges()
///
/// The runs begin where `changes` says, counted column by column; the first one is of zeros.

/// A pixel belongs to the mask when its logit is above `threshold`.
struct Cuts {
    float threshold;
    float outer; ///< threshold - offset: the wider of the two masks the stability score compares
    float inner; ///< threshold + offset
};

struct MaskCounts {
    std::uint32_t changes; ///< pixels that differ from the one before, which is where runs begin
    std::uint32_t inner;   ///< pixels above the inner cut
    std::uint32_t outer;   ///< pixels above the outer cut
};

/// Elements of the buffers, for each mask.
struct RunSizes {
    std::size_t words;
    std::size_t chunks;
};
RunSizes runSizes(const MaskGeometry &geometry);

/// Device memory; each array holds its part for every mask, one after the other.
struct RunBuffers {
    std::uint32_t *words;       ///< masks x RunSizes::words
    std::uint32_t *chunkCounts; ///< masks x RunSizes::chunks
    MaskCounts *counts;         ///< masks
    std::uint32_t *changes;     ///< masks x capacity
    std::uint32_t capacity;     ///< for each mask
};

/// logits: masks x logitsHeight x logitsWidth floats on the device. At most 65,535 masks.
void findRuns(const float *logits, int masks, const MaskGeometry &geometry, const Cuts &cuts,
              const RunBuffers &buffers, cudaStream_t stream);

/// The last step of findRuns() again, into a larger `changes`.
void writeChanges(int masks, const MaskGeometry &geometry, const RunBuffers &buffers,
                  cudaStream_t stream);

} // namespace core::cuda
