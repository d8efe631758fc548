// SPDX-License-Identifier: Apache-2.0
#include "core/torch/cuda/device_input.h"

#include "core/cuda/picture_input.h"
#include "core/segmentation/resize_filter.h"
#include "core/torch/sam/input_tensor.h"

#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include <cstring>

namespace core::cuda
{

namespace
{

/// The rows without the gaps between them, where the device can fetch them by itself.
torch::Tensor pinnedPixels(ImageView image)
{
    const std::int64_t rowBytes = static_cast<std::int64_t>(image.size.width) * 3;
    torch::Tensor pixels =
        torch::empty({image.size.height, rowBytes}, torch::dtype(torch::kByte).pinned_memory(true));
    auto *rows = pixels.data_ptr<std::uint8_t>();
    at::parallel_for(0, image.size.height, 128, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t y = begin; y < end; ++y)
            std::memcpy(rows + y * rowBytes, image.row(static_cast<int>(y)),
                        static_cast<std::size_t>(rowBytes));
    });
    return pixels;
}

/// A filter's arrays on the device, in one tensor: first samples, counts, weights.
struct DeviceFilter {
    DeviceFilter(int inputs, int outputs, torch::Device device)
    {
        const ResizeFilter filter = triangleFilter(inputs, outputs);
        std::vector<int> all(filter.first);
        all.insert(all.end(), filter.count.begin(), filter.count.end());
        all.insert(all.end(), filter.weights.begin(), filter.weights.end());
        numbers = torch::tensor(all, torch::kInt32).to(device);
        const int *first = numbers.data_ptr<int>();
        view = {first, first + outputs, first + 2 * static_cast<std::ptrdiff_t>(outputs),
                filter.perOutput, ResizeFilter::precisionBits};
    }
    torch::Tensor numbers;
    FilterView view;
};

Element elementOf(torch::ScalarType precision)
{
    if (precision == torch::kFloat16)
        return Element::Float16;
    return precision == torch::kBFloat16 ? Element::BFloat16 : Element::Float32;
}

} // namespace

torch::Tensor deviceInput(ImageView image, Size resized, std::int64_t side, torch::Device device,
                          torch::ScalarType precision)
{
    const c10::cuda::CUDAGuard guard(device);
    const auto bytes = torch::dtype(torch::kByte).device(device);
    const torch::Tensor pixels = pinnedPixels(image).to(device, /*non_blocking=*/true);
    const torch::Tensor narrowed = torch::empty({image.size.height, resized.width, 3}, bytes);
    const DeviceFilter across(image.size.width, resized.width, device);
    const DeviceFilter down(image.size.height, resized.height, device);
    torch::Tensor input = torch::empty({1, 3, side, side}, torch::dtype(precision).device(device));
    PictureInput picture{pixels.data_ptr<std::uint8_t>(),
                         image.size.width,
                         image.size.height,
                         across.view,
                         down.view,
                         resized.width,
                         resized.height,
                         narrowed.data_ptr<std::uint8_t>(),
                         static_cast<int>(side),
                         {},
                         {}};
    std::copy_n(sam::pixelMean.begin(), 3, picture.mean);
    std::copy_n(sam::pixelDeviation.begin(), 3, picture.deviation);
    makeInput(picture, elementOf(precision), input.data_ptr(),
              c10::cuda::getCurrentCUDAStream().stream());
    return input;
}

} // namespace core::cuda
