// SPDX-License-Identifier: Apache-2.0
#include "core/cuda/residual_norm.h"

#include "core/cuda/half_numbers.cuh"
#include "core/cuda/launch_check.h"

#include <cstddef>

namespace core::cuda
{

namespace
{

constexpr int rowsPerBlock = 4; ///< a warp each
__device__ float sumOfWarp(float value)
{
    for (int step = 16; step > 0; step /= 2)
        value += __shfl_xor_sync(~0u, value, step);
    return value;
}

/// A warp keeps its row in registers: `chunks` x 8 elements a lane.
template <typename T, int chunks>
__global__ void addAndNormKernel(ResidualNorm residual)
{
    constexpr int perChunk = Chunk<T>::length;
    constexpr int channels = chunks * 32 * perChunk;
    const int row = static_cast<int>(blockIdx.x * rowsPerBlock + threadIdx.x / 32);
    if (row >= residual.rows)
        return;
    const int lane = static_cast<int>(threadIdx.x % 32);
    const auto offset = static_cast<std::ptrdiff_t>(row) * (channels / perChunk);
    const auto *x = static_cast<const Chunk<T> *>(residual.x) + offset;
    const auto *y = static_cast<const Chunk<T> *>(residual.y) + offset;
    auto *sums = static_cast<Chunk<T> *>(residual.sums) + offset;
    auto *normed = static_cast<Chunk<T> *>(residual.normed) + offset;
    float values[chunks][perChunk];
    float total = 0;
#pragma unroll
    for (int c = 0; c < chunks; ++c) {
        const Chunk<T> a = x[c * 32 + lane];
        const Chunk<T> b = y[c * 32 + lane];
        Chunk<T> sum;
#pragma unroll
        for (int i = 0; i < perChunk; ++i) {
            store(number(a.elements[i]) + number(b.elements[i]), &sum.elements[i]);
            values[c][i] = number(sum.elements[i]);
            total += values[c][i];
        }
        sums[c * 32 + lane] = sum;
    }
    const float mean = sumOfWarp(total) / channels;
    float squares = 0;
#pragma unroll
    for (int c = 0; c < chunks; ++c)
#pragma unroll
        for (int i = 0; i < perChunk; ++i)
            squares += (values[c][i] - mean) * (values[c][i] - mean);
    const float factor = rsqrtf(sumOfWarp(squares) / channels + residual.epsilon);
#pragma unroll
    for (int c = 0; c < chunks; ++c) {
        const Chunk<T> weight = static_cast<const Chunk<T> *>(residual.weight)[c * 32 + lane];
        const Chunk<T> bias = static_cast<const Chunk<T> *>(residual.bias)[c * 32 + lane];
        Chunk<T> result;
#pragma unroll
        for (int i = 0; i < perChunk; ++i)
            store((values[c][i] - mean) * factor * number(weight.elements[i]) +
                      number(bias.elements[i]),
                  &result.elements[i]);
        normed[c * 32 + lane] = result;
    }
}

template <typename T>
void launch(const ResidualNorm &residual, cudaStream_t stream)
{
    const auto blocks = static_cast<unsigned>((residual.rows + rowsPerBlock - 1) / rowsPerBlock);
    constexpr int threads = rowsPerBlock * 32;
    if (residual.channels == 768)
        addAndNormKernel<T, 3><<<blocks, threads, 0, stream>>>(residual);
    else if (residual.channels == 1024)
        addAndNormKernel<T, 4><<<blocks, threads, 0, stream>>>(residual);
    else
        addAndNormKernel<T, 5><<<blocks, threads, 0, stream>>>(residual);
    checkLaunch("a residual sum and its norm");
}

} // namespace

bool canAddAndNorm(int channels)
{
    return channels == 768 || channels == 1024 || channels == 1280;
}

void addAndNorm(const ResidualNorm &residual, Element element, cudaStream_t stream)
{
    if (element == Element::BFloat16)
        launch<__nv_bfloat16>(residual, stream);
    else
        launch<__half>(residual, stream);
}

} // namespace core::cuda
