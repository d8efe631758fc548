// SPDX-License-Identifier: Apache-2.0
#include "core/torch/checkpoint/shape_text.h"

namespace core
{

std::string shapeText(std::span<const std::int64_t> shape)
{
    std::string text = "[";
    for (std::size_t i = 0; i < shape.size(); ++i)
        text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
    return text + "]";
}

} // namespace core
