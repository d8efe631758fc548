// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cuda/tensor_core.cuh"

#include <cmath>

namespace core::cuda
{

/// The weighted sums of values that 16 queries have so far, with their greatest scores and the
/// weights' sums. A lane has its share of rows g and g + 8, as PieceC says.
template <int headDim>
struct Tile {
    PieceC sums[headDim / 8];
    float greatest[2];
    float weight[2];

    __device__ void clear()
    {
#pragma unroll
        for (int n = 0; n < headDim / 8; ++n)
#pragma unroll
            for (int i = 0; i < 4; ++i)
                sums[n][i] = 0;
        greatest[0] = greatest[1] = -INFINITY;
        weight[0] = weight[1] = 0;
    }
};

/// exp(x scale) = 2^(x powersOf2(scale))
inline float powersOf2(float scale)
{
    return scale * 1.4426950408889634f;
}

/// Scores of some more keys become weights; what was summed so far fades where a greater score
/// came. Rare after the first keys, so the warp asks first.
template <int headDim, int keyTiles>
__device__ inline void weigh(Tile<headDim> &tile, PieceC (&scores)[keyTiles], float scale)
{
    float greatest[2]; // of row g, then of row g + 8
#pragma unroll
    for (int half = 0; half < 2; ++half) {
        greatest[half] = tile.greatest[half];
#pragma unroll
        for (int n = 0; n < keyTiles; ++n)
            greatest[half] =
                fmaxf(greatest[half], fmaxf(scores[n][2 * half], scores[n][2 * half + 1]));
        greatest[half] = fmaxf(greatest[half], __shfl_xor_sync(~0u, greatest[half], 1));
        greatest[half] = fmaxf(greatest[half], __shfl_xor_sync(~0u, greatest[half], 2));
    }
    if (__any_sync(~0u, greatest[0] > tile.greatest[0] || greatest[1] > tile.greatest[1])) {
#pragma unroll
        for (int half = 0; half < 2; ++half) {
            const float fade = powerOf2((tile.greatest[half] - greatest[half]) * scale);
            tile.greatest[half] = greatest[half];
            tile.weight[half] *= fade;
#pragma unroll
            for (int n = 0; n < headDim / 8; ++n) {
                tile.sums[n][2 * half] *= fade;
                tile.sums[n][2 * half + 1] *= fade;
            }
        }
    }
#pragma unroll
    for (int half = 0; half < 2; ++half) {
        const float shift = greatest[half] * scale;
#pragma unroll
        for (int n = 0; n < keyTiles; ++n) {
#pragma unroll
            for (int i = 2 * half; i < 2 * half + 2; ++i) {
                scores[n][i] = powerOf2(scores[n][i] * scale - shift);
                tile.weight[half] += scores[n][i];
            }
        }
    }
}

/// The weights of 16 keys, as the left factor of a product with their values.
template <typename T>
__device__ inline void sharesOf(PieceA &shares, const PieceC &first, const PieceC &second)
{
    shares[0] = Pairs<T>::pack(first[0], first[1]);
    shares[1] = Pairs<T>::pack(first[2], first[3]);
    shares[2] = Pairs<T>::pack(second[0], second[1]);
    shares[3] = Pairs<T>::pack(second[2], second[3]);
}

/// This lane's part of one query of a tile, row g or (half = 1) g + 8; `elements` is its first one.
template <typename T, int headDim, int steps>
__device__ inline void loadQuery(PieceA (&pieces)[steps], int half, const T *elements)
{
#pragma unroll
    for (int k = 0; k < headDim / 16; ++k) {
        pieces[k][half] = *reinterpret_cast<const std::uint32_t *>(elements + k * 16);
        pieces[k][half + 2] = *reinterpret_cast<const std::uint32_t *>(elements + k * 16 + 8);
    }
}

/// Adds the products of some tiles of queries with keyTiles x 8 keys, which lie in shared memory,
/// `stride` elements apart.
template <int stride, typename T, int tiles, int keyTiles, int steps>
__device__ inline void addProducts(PieceC (&scores)[tiles][keyTiles],
                                   const PieceA (&queries)[tiles][steps], const T *keys)
{
    const int lane = static_cast<int>(threadIdx.x % 32);
    const T *row = keys + (lane / 16 * 8 + lane % 8) * stride + lane / 8 % 2 * 8;
#pragma unroll
    for (int k = 0; k < steps; ++k) {
#pragma unroll
        for (int n = 0; n < keyTiles; n += 2) {
            // Two tiles of keys, the two halves of 16 elements of each.
            std::uint32_t pieces[4];
            loadFour(pieces, row + n * 8 * stride + k * 16);
#pragma unroll
            for (int m = 0; m < tiles; ++m) {
                multiply<T>(scores[m][n], queries[m][k], {pieces[0], pieces[1]});
                multiply<T>(scores[m][n + 1], queries[m][k], {pieces[2], pieces[3]});
            }
        }
    }
}

/// Adds the same keys' values, each as often as its weight says.
template <int stride, typename T, int headDim, int tiles, int keyTiles>
__device__ inline void addValues(Tile<headDim> (&sums)[tiles],
                                 const PieceC (&weights)[tiles][keyTiles], const T *values)
{
    const int lane = static_cast<int>(threadIdx.x % 32);
    const T *row = values + (lane / 8 % 2 * 8 + lane % 8) * stride + lane / 16 * 8;
#pragma unroll
    for (int k = 0; k < keyTiles / 2; ++k) {
        PieceA shares[tiles];
#pragma unroll
        for (int m = 0; m < tiles; ++m)
            sharesOf<T>(shares[m], weights[m][2 * k], weights[m][2 * k + 1]);
#pragma unroll
        for (int n = 0; n < headDim / 8; n += 2) {
            std::uint32_t pieces[4];
            loadFourTurned(pieces, row + k * 16 * stride + n * 8);
#pragma unroll
            for (int m = 0; m < tiles; ++m) {
                multiply<T>(sums[m].sums[n], shares[m], {pieces[0], pieces[1]});
                multiply<T>(sums[m].sums[n + 1], shares[m], {pieces[2], pieces[3]});
            }
        }
    }
}

template <int headDim>
__device__ inline float weightOfRow(const Tile<headDim> &tile, int half)
{
    float weight = tile.weight[half];
    weight += __shfl_xor_sync(~0u, weight, 1);
    weight += __shfl_xor_sync(~0u, weight, 2);
    return weight;
}

/// This lane's part of a row, times `share`; `to` is its first element.
template <typename T, int headDim>
__device__ inline void writeRow(const Tile<headDim> &tile, int half, float share, T *to)
{
#pragma unroll
    for (int n = 0; n < headDim / 8; ++n)
        *reinterpret_cast<std::uint32_t *>(to + n * 8) =
            Pairs<T>::pack(tile.sums[n][2 * half] * share, tile.sums[n][2 * half + 1] * share);
}

} // namespace core::cuda
