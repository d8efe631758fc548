// SPDX-License-Identifier: Apache-2.0
#include "core/torch/checkpoint/tensor_view.h"

#include <cstring>

namespace core
{

std::optional<std::int64_t> elementCount(std::span<const std::int64_t> shape)
{
    constexpr std::int64_t most = std::int64_t(1) << 48;
    if (shape.size() > 16)
        return std::nullopt;
    std::int64_t count = 1;
    for (const std::int64_t side : shape) {
        if (side < 0 || side > most)
            return std::nullopt;
        if (side != 0 && count > most / side)
            return std::nullopt;
        count *= side;
    }
    return count;
}

torch::Tensor tensorOver(std::span<const std::byte> bytes, torch::ScalarType type,
                         const std::vector<std::int64_t> &shape,
                         const std::shared_ptr<const void> &owner)
{
    const auto address = reinterpret_cast<std::uintptr_t>(bytes.data());
    if (!bytes.empty() && address % torch::elementSize(type) == 0)
        return torch::from_blob(
            const_cast<std::byte *>(bytes.data()), shape, [owner](void *) {},
            torch::TensorOptions(type));
    torch::Tensor copy = torch::empty(shape, type);
    if (!bytes.empty())
        std::memcpy(copy.data_ptr(), bytes.data(), bytes.size());
    return copy;
}

} // namespace core
