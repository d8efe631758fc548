// SPDX-License-Identifier: Apache-2.0
#include "core/cuda/mask_runs.h"

#include "core/cuda/block_sums.cuh"
#include "core/cuda/column_words.h"
#include "core/cuda/launch_check.h"

namespace core::cuda
{

namespace
{

constexpr int threads = 256;
constexpr int wordsPerThread = 4;
constexpr int wordsPerChunk = threads * wordsPerThread;
/// Neighbouring words of a column that one warp makes, so that the column's taps are found once.
constexpr int wordsPerWarp = 4;

ColumnWords layoutOf(const MaskGeometry &geometry)
{
    return {geometry.width, geometry.height};
}

__host__ __device__ int stretchesPerColumn(const ColumnWords &layout)
{
    return (layout.perColumn() + wordsPerWarp - 1) / wordsPerWarp;
}

/// A warp makes a stretch of a column: each lane one pixel at a time, a ballot joins them to a
/// word.
__global__ void cutKernel(const float *logits, MaskGeometry geometry, Cuts cuts,
                          std::uint32_t *words, MaskCounts *counts)
{
    __shared__ std::uint32_t inner, outer;
    if (threadIdx.x == 0)
        inner = outer = 0;
    __syncthreads();

    const ColumnWords layout{geometry.width, geometry.height};
    const int mask = static_cast<int>(blockIdx.y);
    logits += static_cast<std::size_t>(mask) * geometry.logitsWidth * geometry.logitsHeight;
    words += static_cast<std::size_t>(mask) * layout.count();
    const int lane = static_cast<int>(threadIdx.x % 32);
    const int stretch = static_cast<int>(blockIdx.x * (threads / 32) + threadIdx.x / 32);
    const int x = stretch / stretchesPerColumn(layout);
    if (x < geometry.width) { // for the whole warp or not at all
        const TwoTaps column = columnTaps(geometry, x);
        const int first = stretch % stretchesPerColumn(layout) * wordsPerWarp;
        const int end = min(first + wordsPerWarp, layout.perColumn());
        std::uint32_t warpInner = 0, warpOuter = 0;
        for (int word = first; word < end; ++word) {
            const int y = word * 32 + lane;
            const bool inside = y < geometry.height;
            const float logit =
                inside ? fullSizeLogit(logits, geometry.logitsWidth, column, rowTaps(geometry, y))
                       : 0.0f;
            const std::uint32_t bits = __ballot_sync(~0u, inside && logit > cuts.threshold);
            warpInner += __popc(__ballot_sync(~0u, inside && logit > cuts.inner));
            warpOuter += __popc(__ballot_sync(~0u, inside && logit > cuts.outer));
            if (lane == 0)
                words[x * layout.perColumn() + word] = bits;
        }
        if (lane == 0) {
            atomicAdd(&inner, warpInner);
            atomicAdd(&outer, warpOuter);
        }
    }
    __syncthreads();
    if (threadIdx.x == 0) {
        atomicAdd(&counts[mask].inner, inner);
        atomicAdd(&counts[mask].outer, outer);
    }
}

/// Changes in the words of this thread: `wordsPerThread` neighbours.
__device__ std::uint32_t countChanges(const std::uint32_t *words, const ColumnWords &layout,
                                      int first)
{
    std::uint32_t count = 0;
    for (int i = first; i < min(first + wordsPerThread, layout.count()); ++i)
        count += __popc(changesIn(words, layout, i));
    return count;
}

__device__ int firstWordOfThread()
{
    return static_cast<int>(blockIdx.x) * wordsPerChunk +
           static_cast<int>(threadIdx.x) * wordsPerThread;
}

__global__ void countKernel(const std::uint32_t *words, ColumnWords layout,
                            std::uint32_t *chunkCounts)
{
    words += static_cast<std::size_t>(blockIdx.y) * layout.count();
    std::uint32_t total;
    sumBefore(countChanges(words, layout, firstWordOfThread()), total);
    if (threadIdx.x == 0)
        chunkCounts[blockIdx.y * gridDim.x + blockIdx.x] = total;
}

__global__ void writeKernel(const std::uint32_t *words, ColumnWords layout,
                            const std::uint32_t *chunkCounts, MaskCounts *counts,
                            std::uint32_t *changes, std::uint32_t capacity)
{
    const int mask = static_cast<int>(blockIdx.y);
    words += static_cast<std::size_t>(mask) * layout.count();
    changes += static_cast<std::size_t>(mask) * capacity;
    // What the chunks before this one hold; they are few enough to be added up anew by each block.
    std::uint32_t own = 0, before, inChunk;
    for (unsigned chunk = threadIdx.x; chunk < blockIdx.x; chunk += threads)
        own += chunkCounts[mask * gridDim.x + chunk];
    sumBefore(own, before);
    const int first = firstWordOfThread();
    std::uint32_t place = before + sumBefore(countChanges(words, layout, first), inChunk);
    if (blockIdx.x == gridDim.x - 1 && threadIdx.x == 0)
        counts[mask].changes = before + inChunk;
    for (int i = first; i < min(first + wordsPerThread, layout.count()); ++i) {
        const std::uint32_t pixel = firstPixel(layout, i);
        for (std::uint32_t bits = changesIn(words, layout, i); bits != 0; bits &= bits - 1) {
            if (place < capacity)
                changes[place] = pixel + static_cast<std::uint32_t>(__ffs(bits) - 1);
            ++place;
        }
    }
}

} // namespace

RunSizes runSizes(const MaskGeometry &geometry)
{
    const auto words = static_cast<std::size_t>(layoutOf(geometry).count());
    return {words, (words + wordsPerChunk - 1) / wordsPerChunk};
}

void findRuns(const float *logits, int masks, const MaskGeometry &geometry, const Cuts &cuts,
              const RunBuffers &buffers, cudaStream_t stream)
{
    if (masks == 0)
        return;
    const ColumnWords layout = layoutOf(geometry);
    const auto perMask = static_cast<unsigned>(masks);
    check(cudaMemsetAsync(buffers.counts, 0, sizeof(MaskCounts) * perMask, stream),
          "clearing counts");
    const int stretches = layout.width * stretchesPerColumn(layout);
    const int warps = threads / 32;
    cutKernel<<<dim3(static_cast<unsigned>((stretches + warps - 1) / warps), perMask), threads, 0,
                stream>>>(logits, geometry, cuts, buffers.words, buffers.counts);
    checkLaunch("cutting logits");
    const auto chunks = static_cast<unsigned>(runSizes(geometry).chunks);
    countKernel<<<dim3(chunks, perMask), threads, 0, stream>>>(buffers.words, layout,
                                                               buffers.chunkCounts);
    checkLaunch("counting runs");
    writeChanges(masks, geometry, buffers, stream);
}

void writeChanges(int masks, const MaskGeometry &geometry, const RunBuffers &buffers,
                  cudaStream_t stream)
{
    const auto chunks = static_cast<unsigned>(runSizes(geometry).chunks);
    writeKernel<<<dim3(chunks, static_cast<unsigned>(masks)), threads, 0, stream>>>(
        buffers.words, layoutOf(geometry), buffers.chunkCounts, buffers.counts, buffers.changes,
        buffers.capacity);
    checkLaunch("writing runs");
}

} // namespace core::cuda
