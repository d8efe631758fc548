// SPDX-License-Identifier: Apache-2.0
#include "core/cuda/global_attention.h"

#include "core/cuda/attention_tile.cuh"
#include "core/cuda/launch_check.h"

namespace core::cuda
{

namespace
{

constexpr int side = globalAttentionSide;
constexpr int tokens = side * side;
constexpr int warps = 4;
constexpr int threads = warps * 32;
constexpr int tilesPerWarp = 2; ///< of 16 queries: what is read of keys and values serves both
constexpr int queriesPerWarp = tilesPerWarp * 16;
constexpr int queriesPerBlock = warps * queriesPerWarp;
constexpr int keyTiles = side / 8; ///< of a row of the grid, 8 keys each
constexpr int tilesAtOnce = 4;     ///< the scores of a whole row would not fit the registers

/// Rows in shared memory are 16 bytes longer, so that eight of them begin in different banks.
template <int headDim>
constexpr int stride = headDim + 8;

/// A row of the grid's keys and values, twice: one is read while the next one comes.
template <typename T, int headDim>
struct Shared {
    T keys[2][side][stride<headDim>];
    T values[2][side][stride<headDim>];
};

/// Two threads copy a key, 16 bytes each by turns, so that all addresses are one and a constant:
/// there are no registers for more.
template <typename T, int headDim>
__device__ void copyRow(Shared<T, headDim> &shared, int buffer, const T *qkv, int row, int heads,
                        int head)
{
    static_assert(threads == 2 * side && headDim % 16 == 0);
    const int channels = heads * headDim;
    const int key = static_cast<int>(threadIdx.x / 2);
    const int first = static_cast<int>(threadIdx.x % 2) * 8;
    const T *keys = qkv + static_cast<std::ptrdiff_t>(row * side + key) * 3 * channels + channels +
                    head * headDim + first;
    const T *values = keys + channels;
#pragma unroll
    for (int element = 0; element < headDim; element += 16) {
        copyAhead(&shared.keys[buffer][key][first + element], keys + element);
        copyAhead(&shared.values[buffer][key][first + element], values + element);
    }
}

template <typename T, int headDim>
__global__ __launch_bounds__(threads, 2) void attendKernel(const T *qkv, const T *products, T *out,
                                                           int heads, int positions, float scale)
{
#if __CUDA_ARCH__ >= 800 // older ones neither copy ahead nor know bfloat16; they are never asked
    extern __shared__ __align__(16) unsigned char memory[];
    auto &shared = *reinterpret_cast<Shared<T, headDim> *>(memory);
    const int lane = static_cast<int>(threadIdx.x % 32);
    const int g = lane / 4;
    const int t = lane % 4;
    const int head = static_cast<int>(blockIdx.y);
    const int firstQuery = static_cast<int>(blockIdx.x) * queriesPerBlock +
                           static_cast<int>(threadIdx.x / 32) * queriesPerWarp;
    const int channels = heads * headDim;
    copyRow(shared, 0, qkv, 0, heads, head);

    const T *ofHead = products + static_cast<std::ptrdiff_t>(head) * tokens * positions;
    PieceA queries[tilesPerWarp][headDim / 16];
    std::uint32_t ofColumns[tilesPerWarp][2][keyTiles]; // where sums begin, but for the row's part
    int ofRows[tilesPerWarp][2]; // where the rows' parts begin in the head's products
    Tile<headDim> tiles[tilesPerWarp];
#pragma unroll
    for (int m = 0; m < tilesPerWarp; ++m) {
        tiles[m].clear();
#pragma unroll
        for (int half = 0; half < 2; ++half) {
            const int query = firstQuery + m * 16 + half * 8 + g;
            const T *elements =
                qkv + static_cast<std::ptrdiff_t>(query) * 3 * channels + head * headDim + 2 * t;
            loadQuery<T, headDim>(queries[m], half, elements);
            const int own = query * positions;
            ofRows[m][half] = own + side - 1 - query / side;
            const T *columns = ofHead + own + (2 * side - 1) + side - 1 - query % side + 2 * t;
#pragma unroll
            for (int n = 0; n < keyTiles; ++n)
                ofColumns[m][half][n] = Pairs<T>::pack(Pairs<T>::number(columns[n * 8]),
                                                       Pairs<T>::number(columns[n * 8 + 1]));
        }
    }

    for (int row = 0; row < side; ++row) {
        float ofRow[tilesPerWarp][2];
#pragma unroll
        for (int m = 0; m < tilesPerWarp; ++m)
#pragma unroll
            for (int half = 0; half < 2; ++half)
                ofRow[m][half] = Pairs<T>::number(ofHead[ofRows[m][half] + row]);
        waitForCopies();
        __syncthreads(); // the row is there, and nobody reads the one before any more
        const int buffer = row % 2;
        if (row + 1 < side)
            copyRow(shared, 1 - buffer, qkv, row + 1, heads, head);

#pragma unroll
        for (int part = 0; part < keyTiles; part += tilesAtOnce) {
            PieceC scores[tilesPerWarp][tilesAtOnce];
#pragma unroll
            for (int m = 0; m < tilesPerWarp; ++m)
#pragma unroll
                for (int n = 0; n < tilesAtOnce; ++n)
#pragma unroll
                    for (int half = 0; half < 2; ++half) {
                        const float2 pair = Pairs<T>::unpack(ofColumns[m][half][part + n]);
                        scores[m][n][2 * half] = pair.x + ofRow[m][half];
                        scores[m][n][2 * half + 1] = pair.y + ofRow[m][half];
                    }
            addProducts<stride<headDim>>(scores, queries, shared.keys[buffer][part * 8]);
#pragma unroll
            for (int m = 0; m < tilesPerWarp; ++m)
                weigh(tiles[m], scores[m], scale);
            addValues<stride<headDim>>(tiles, scores, shared.values[buffer][part * 8]);
        }
    }

#pragma unroll
    for (int m = 0; m < tilesPerWarp; ++m)
#pragma unroll
        for (int half = 0; half < 2; ++half) {
            const float share = 1.0f / weightOfRow(tiles[m], half);
            const int query = firstQuery + m * 16 + half * 8 + g;
            writeRow<T>(tiles[m], half, share,
                        out + static_cast<std::ptrdiff_t>(query) * channels + head * headDim +
                            2 * t);
        }
#endif
}

template <typename T, int headDim>
void launch(const GlobalAttention &attention, cudaStream_t stream)
{
    constexpr auto bytes = static_cast<int>(sizeof(Shared<T, headDim>));
    const auto kernel = attendKernel<T, headDim>;
    check(cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, bytes),
          "asking for shared memory");
    kernel<<<dim3(tokens / queriesPerBlock, static_cast<unsigned>(attention.heads)), threads, bytes,
             stream>>>(static_cast<const T *>(attention.qkv),
                       static_cast<const T *>(attention.products), static_cast<T *>(attention.out),
                       attention.heads, attention.positions, powersOf2(attention.scale));
    checkLaunch("attention");
}

template <typename T>
void launch(const GlobalAttention &attention, cudaStream_t stream)
{
    if (attention.headDim == 64)
        launch<T, 64>(attention, stream);
    else
        launch<T, 80>(attention, stream);
}

} // namespace

bool canAttend(int headDim)
{
    int device = 0, major = 0;
    return (headDim == 64 || headDim == 80) && cudaGetDevice(&device) == cudaSuccess &&
           cudaDeviceGetAttribute(&major, cudaDevAttrComputeCapabilityMajor, device) ==
               cudaSuccess &&
           major >= 8;
}

void attendGlobally(const GlobalAttention &attention, Element element, cudaStream_t stream)
{
    if (element == Element::BFloat16)
        launch<__nv_bfloat16>(attention, stream);
    else
        launch<__half>(attention, stream);
}

} // namespace core::cuda
