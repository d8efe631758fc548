// SPDX-License-Identifier: Apache-2.0
#include "core/cuda/picture_input.h"

#include "core/cuda/half_numbers.cuh"
#include "core/cuda/launch_check.h"

namespace core::cuda
{

namespace
{

constexpr int threads = 256;

/// A thread makes one byte; neighbours in a row lie side by side in memory.
__global__ void narrowKernel(PictureInput picture)
{
    const int rowBytes = picture.resizedWidth * 3;
    const int i = static_cast<int>(blockIdx.x) * threads + static_cast<int>(threadIdx.x);
    if (i >= rowBytes)
        return;
    for (int y = static_cast<int>(blockIdx.y); y < picture.height;
         y += static_cast<int>(gridDim.y)) {
        const std::uint8_t *row =
            picture.pixels + static_cast<std::ptrdiff_t>(y) * picture.width * 3;
        picture.narrowed[static_cast<std::ptrdiff_t>(y) * rowBytes + i] =
            filteredSample(row + i % 3, 3, picture.across, i / 3);
    }
}

template <typename T>
__global__ void lowerKernel(PictureInput picture, T *out)
{
    const int x = static_cast<int>(blockIdx.x) * threads + static_cast<int>(threadIdx.x);
    const int y = static_cast<int>(blockIdx.y);
    if (x >= picture.side)
        return;
    const int rowBytes = picture.resizedWidth * 3;
    const bool inside = x < picture.resizedWidth && y < picture.resizedHeight;
    for (int channel = 0; channel < 3; ++channel) {
        float value = 0;
        if (inside) {
            const float byte =
                filteredSample(picture.narrowed + x * 3 + channel, rowBytes, picture.down, y);
            value = (byte - picture.mean[channel]) / picture.deviation[channel];
        }
        store(value,
              out + (static_cast<std::ptrdiff_t>(channel) * picture.side + y) * picture.side + x);
    }
}

template <typename T>
void lower(const PictureInput &picture, void *out, cudaStream_t stream)
{
    const auto side = static_cast<unsigned>(picture.side);
    lowerKernel<<<dim3((side + threads - 1) / threads, side), threads, 0, stream>>>(
        picture, static_cast<T *>(out));
}

} // namespace

void makeInput(const PictureInput &picture, Element element, void *out, cudaStream_t stream)
{
    constexpr unsigned mostRows = 65535; // of a grid
    const auto bytes = static_cast<unsigned>(picture.resizedWidth) * 3;
    const auto rows = min(static_cast<unsigned>(picture.height), mostRows);
    narrowKernel<<<dim3((bytes + threads - 1) / threads, rows), threads, 0, stream>>>(picture);
    checkLaunch("resizing a picture");
    switch (element) {
    case Element::Float32:
        lower<float>(picture, out, stream);
        break;
    case Element::Float16:
        lower<__half>(picture, out, stream);
        break;
    case Element::BFloat16:
        lower<__nv_bfloat16>(picture, out, stream);
        break;
    }
    checkLaunch("normalising a picture");
}

} // namespace core::cuda
