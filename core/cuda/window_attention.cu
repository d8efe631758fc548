// SPDX-License-Identifier: Apache-2.0
#include "core/cuda/window_attention.h"

#include "core/cuda/attention_tile.cuh"
#include "core/cuda/launch_check.h"

namespace core::cuda
{

namespace
{

constexpr int side = attentionWindowSide;
constexpr int keys = side * side;
constexpr int keysAtOnce = 32;
constexpr int keyTiles = keysAtOnce / 8;
constexpr int keyRows = (keys + keysAtOnce - 1) / keysAtOnce * keysAtOnce; ///< with what fills up
constexpr int warps = (keys + 31) / 32;
constexpr int threads = warps * 32;
constexpr int tilesPerWarp = 2; ///< of 16 queries
constexpr int places = 32;      ///< elements for rows and columns, 2 x side of them in use

/// Rows are 16 bytes longer, so that eight of them begin in different banks.
template <int headDim>
constexpr int keyStride = headDim + places + 8;
template <int headDim>
constexpr int valueStride = headDim + 8;

template <typename T, int headDim>
struct Shared {
    T keys[keyRows][keyStride<headDim>];
    T values[keyRows][valueStride<headDim>];
};

/// The window's keys and values; rows behind the last key are zeros, which nobody may weigh.
template <typename T, int headDim>
__device__ void copyWindow(Shared<T, headDim> &shared, const T *qkv, const T *bias, int grid,
                           int top, int left, int heads, int head)
{
    constexpr int chunks = headDim / 8;
    const int channels = heads * headDim;
    const int thread = static_cast<int>(threadIdx.x);
    for (int i = thread; i < keys * chunks; i += threads) {
        const int key = i / chunks;
        const int element = i % chunks * 8;
        const int y = top + key / side;
        const int x = left + key % side;
        const T *from = y < grid && x < grid
                            ? qkv + static_cast<std::ptrdiff_t>(y * grid + x) * 3 * channels
                            : bias;
        from += channels + head * headDim + element;
        copyAhead(&shared.keys[key][element], from);
        copyAhead(&shared.values[key][element], from + channels);
    }
    for (int i = thread; i < keyRows * places; i += threads) {
        const int key = i / places;
        const int place = i % places;
        const bool isOwn = place == key / side || place == side + key % side;
        shared.keys[key][headDim + place] = Pairs<T>::of(key < keys && isOwn ? 1.0f : 0.0f);
    }
    for (int i = thread; i < (keyRows - keys) * headDim; i += threads) {
        shared.keys[keys + i / headDim][i % headDim] = Pairs<T>::of(0);
        shared.values[keys + i / headDim][i % headDim] = Pairs<T>::of(0);
    }
}

template <typename T, int headDim>
__global__ __launch_bounds__(threads) void attendKernel(const T *qkv, const T *bias,
                                                        const T *products, T *out, int grid,
                                                        int heads, int positions, float scale)
{
#if __CUDA_ARCH__ >= 800 // older ones neither copy ahead nor know bfloat16; they are never asked
    extern __shared__ __align__(16) unsigned char memory[];
    auto &shared = *reinterpret_cast<Shared<T, headDim> *>(memory);
    const int across = (grid + side - 1) / side;
    const int window = static_cast<int>(blockIdx.y);
    const int top = window / across * side;
    const int left = window % across * side;
    const int width = min(side, grid - left);
    const int queries = min(side, grid - top) * width; // those that are no padding
    const int head = static_cast<int>(blockIdx.x);
    const int channels = heads * headDim;
    copyWindow(shared, qkv, bias, grid, top, left, heads, head);
    waitForCopies();
    __syncthreads();

    const int lane = static_cast<int>(threadIdx.x % 32);
    const int g = lane / 4;
    const int t = lane % 4;
    const int firstQuery = static_cast<int>(threadIdx.x / 32) * tilesPerWarp * 16;
    if (firstQuery >= queries)
        return;
    constexpr int steps = (headDim + places) / 16;
    PieceA asked[tilesPerWarp][steps];
    int token[tilesPerWarp][2];
    Tile<headDim> tiles[tilesPerWarp];
#pragma unroll
    for (int m = 0; m < tilesPerWarp; ++m) {
        tiles[m].clear();
#pragma unroll
        for (int half = 0; half < 2; ++half) {
            // What is behind the last query asks what the last one asks.
            const int query = min(firstQuery + m * 16 + half * 8 + g, queries - 1);
            const int row = query / width;
            const int column = query % width;
            token[m][half] = (top + row) * grid + left + column;
            const T *elements = qkv + static_cast<std::ptrdiff_t>(token[m][half]) * 3 * channels +
                                head * headDim + 2 * t;
            loadQuery<T, headDim>(asked[m], half, elements);
            const T *own =
                products +
                (static_cast<std::ptrdiff_t>(head) * grid * grid + token[m][half]) * positions;
            const T *ofRows = own + side - 1 - row;
            const T *ofColumns = own + (2 * side - 1) + side - 1 - column - side;
            const auto product = [&](int place) {
                return place >= 2 * side
                           ? 0.0f
                           : Pairs<T>::number(place < side ? ofRows[place] : ofColumns[place]);
            };
#pragma unroll
            for (int k = 0; k < places / 16; ++k) {
#pragma unroll
                for (int i = 0; i < 2; ++i) {
                    const int place = k * 16 + i * 8 + 2 * t;
                    asked[m][headDim / 16 + k][half + 2 * i] =
                        Pairs<T>::pack(product(place), product(place + 1));
                }
            }
        }
    }

    for (int first = 0; first < keys; first += keysAtOnce) {
        PieceC scores[tilesPerWarp][keyTiles] = {};
        addProducts<keyStride<headDim>>(scores, asked, shared.keys[first]);
        if (first + keysAtOnce > keys) { // no key, no weight
#pragma unroll
            for (int m = 0; m < tilesPerWarp; ++m)
#pragma unroll
                for (int n = 0; n < keyTiles; ++n)
#pragma unroll
                    for (int i = 0; i < 4; ++i)
                        if (first + n * 8 + 2 * t + i % 2 >= keys)
                            scores[m][n][i] = -INFINITY;
        }
#pragma unroll
        for (int m = 0; m < tilesPerWarp; ++m)
            weigh(tiles[m], scores[m], scale);
        addValues<valueStride<headDim>>(tiles, scores, shared.values[first]);
    }

#pragma unroll
    for (int m = 0; m < tilesPerWarp; ++m)
#pragma unroll
        for (int half = 0; half < 2; ++half) {
            const float share = 1.0f / weightOfRow(tiles[m], half);
            if (firstQuery + m * 16 + half * 8 + g < queries)
                writeRow<T>(tiles[m], half, share,
                            out + static_cast<std::ptrdiff_t>(token[m][half]) * channels +
                                head * headDim + 2 * t);
        }
#endif
}

template <typename T, int headDim>
void launch(const WindowAttention &attention, cudaStream_t stream)
{
    constexpr auto bytes = static_cast<int>(sizeof(Shared<T, headDim>));
    const auto kernel = attendKernel<T, headDim>;
    check(cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, bytes),
          "asking for shared memory");
    const int across = (attention.grid + side - 1) / side;
    kernel<<<dim3(static_cast<unsigned>(attention.heads), static_cast<unsigned>(across * across)),
             threads, bytes, stream>>>(
        static_cast<const T *>(attention.qkv), static_cast<const T *>(attention.bias),
        static_cast<const T *>(attention.products), static_cast<T *>(attention.out), attention.grid,
        attention.heads, attention.positions, powersOf2(attention.scale));
    checkLaunch("attention in windows");
}

template <typename T>
void launch(const WindowAttention &attention, cudaStream_t stream)
{
    if (attention.headDim == 64)
        launch<T, 64>(attention, stream);
    else
        launch<T, 80>(attention, stream);
}

} // namespace

void attendInWindows(const WindowAttention &attention, Element element, cudaStream_t stream)
{
    if (element == Element::BFloat16)
        launch<__nv_bfloat16>(attention, stream);
    else
        launch<__half>(attention, stream);
}

} // namespace core::cuda
