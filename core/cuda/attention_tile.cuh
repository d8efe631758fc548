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

/// When what was summed so far is multiplied for the sake of a greater score.
enum class Fading {
    WhenNeeded, ///< when one came to any of the warp's rows: rare after the first keys
    Always      ///< without asking, to compare with
};

/// Scores of some more keys become weights; what was summed so far fades where a greater score
/// came.
template <Fading fading, int headDim, int keyTiles>
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
    if (fading == Fading::Always ||
        __any_sync(~0u, greatest[0] > tile.greatest[0] || greatest[1] > tile.greatest[1])) {
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
