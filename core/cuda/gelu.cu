// SPDX-License-Identifier: Apache-2.0
#include "core/cuda/gelu.h"

#include "core/cuda/gelu_value.h"
#include "core/cuda/half_numbers.cuh"
#include "core/cuda/launch_check.h"

namespace core::cuda
{

namespace
{

constexpr unsigned threads = 256;

template <typename T>
__global__ void geluKernel(Chunk<T> *chunks, std::size_t count)
{
    const std::size_t i = static_cast<std::size_t>(blockIdx.x) * threads + threadIdx.x;
    if (i >= count)
        return;
    Chunk<T> chunk = chunks[i];
#pragma unroll
    for (T &element : chunk.elements)
        store(geluValue(number(element)), &element);
    chunks[i] = chunk;
}

template <typename T>
void launch(void *elements, std::size_t count, cudaStream_t stream)
{
    const std::size_t chunks = count / Chunk<T>::length;
    if (chunks == 0)
        return;
    const auto blocks = static_cast<unsigned>((chunks + threads - 1) / threads);
    geluKernel<T><<<blocks, threads, 0, stream>>>(static_cast<Chunk<T> *>(elements), chunks);
    checkLaunch("GELU");
}

} // namespace

void applyGelu(void *elements, std::size_t count, Element element, cudaStream_t stream)
{
    if (element == Element::BFloat16)
        launch<__nv_bfloat16>(elements, count, stream);
    else
        launch<__half>(elements, count, stream);
}

} // namespace core::cuda
