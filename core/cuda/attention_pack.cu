// SPDX-License-Identifier: Apache-2.0
#include "core/cuda/attention_pack.h"

#include "core/cuda/launch_check.h"

namespace core::cuda
{

namespace
{

constexpr int threads = 256;
constexpr int perChunk = 8; ///< elements that one load or store moves: 16 bytes

struct alignas(16) Chunk {
    std::uint16_t elements[perChunk];
};

/// A thread writes one chunk of queries, keys and values.
__global__ void packKernel(AttentionLayout layout, AttentionSource<std::uint16_t> source,
                           std::uint16_t *queries, std::uint16_t *keys, std::uint16_t *values)
{
    const int chunks = layout.paddedDim / perChunk;
    const int perWindow = layout.windowTokens() * layout.heads * chunks;
    const int i = static_cast<int>(blockIdx.x) * threads + static_cast<int>(threadIdx.x);
    if (i >= perWindow)
        return;
    const int element = i % chunks * perChunk;
    const int head = i / chunks % layout.heads;
    const int place = i / chunks / layout.heads;
    const int token = layout.tokenAt(static_cast<int>(blockIdx.y), place);
    std::uint16_t *const outs[] = {queries, keys, values};
    for (int p = 0; p < 3; ++p) {
        const auto part = static_cast<AttentionPart>(p);
        Chunk chunk;
        if (element < layout.headDim) {
            chunk = *reinterpret_cast<const Chunk *>(
                headElements(layout, source, part, token, head) + element);
        } else {
            for (int k = 0; k < perChunk; ++k)
                chunk.elements[k] =
                    positionElement(layout, source, part, token, place, head, element + k);
        }
        reinterpret_cast<Chunk *>(
            outs[p])[static_cast<std::ptrdiff_t>(blockIdx.y) * perWindow + i] = chunk;
    }
}

__global__ void unpackKernel(AttentionLayout layout, const std::uint16_t *packed,
                             std::uint16_t *tokens)
{
    const int chunks = layout.headDim / perChunk;
    const int i = static_cast<int>(blockIdx.x) * threads + static_cast<int>(threadIdx.x);
    if (i >= layout.windowTokens() * layout.heads * chunks)
        return;
    const int chunk = i % chunks;
    const int head = i / chunks % layout.heads;
    const int place = i / chunks / layout.heads;
    const int window = static_cast<int>(blockIdx.y);
    const int token = layout.tokenAt(window, place);
    if (token < 0)
        return;
    const std::ptrdiff_t from =
        ((static_cast<std::ptrdiff_t>(window) * layout.windowTokens() + place) * layout.heads +
         head) *
            layout.paddedDim +
        chunk * perChunk;
    const std::ptrdiff_t to = static_cast<std::ptrdiff_t>(token) * layout.channels() +
                              head * layout.headDim + chunk * perChunk;
    *reinterpret_cast<Chunk *>(tokens + to) = *reinterpret_cast<const Chunk *>(packed + from);
}

dim3 blocksFor(const AttentionLayout &layout, int dim)
{
    const int perWindow = layout.windowTokens() * layout.heads * (dim / perChunk);
    return {static_cast<unsigned>((perWindow + threads - 1) / threads),
            static_cast<unsigned>(layout.windows()), 1};
}

} // namespace

void packAttention(const AttentionLayout &layout, const AttentionSource<std::uint16_t> &source,
                   std::uint16_t *queries, std::uint16_t *keys, std::uint16_t *values,
                   cudaStream_t stream)
{
    packKernel<<<blocksFor(layout, layout.paddedDim), threads, 0, stream>>>(layout, source, queries,
                                                                            keys, values);
    checkLaunch("packing attention");
}

void unpackAttention(const AttentionLayout &layout, const std::uint16_t *packed,
                     std::uint16_t *tokens, cudaStream_t stream)
{
    unpackKernel<<<blocksFor(layout, layout.headDim), threads, 0, stream>>>(layout, packed, tokens);
    checkLaunch("unpacking attention");
}

} // namespace core::cuda
