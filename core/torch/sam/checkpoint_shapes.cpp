// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/checkpoint_shapes.h"

#include "core/error.h"
#include "core/torch/checkpoint/shape_text.h"

#include <algorithm>

namespace core::sam
{

std::vector<std::int64_t> CheckpointShapes::of(const std::string &name, std::size_t axes) const
{
    const auto found = m_tensors.find(name);
    if (found == m_tensors.end())
        throw Error(ErrorKind::BadCheckpoint, m_checkpointName + " lacks the tensor \"" + name +
                                                  "\"; it is not a whole SAM checkpoint.");
    const auto shape = found->second.sizes().vec();
    if (shape.size() != axes || std::ranges::any_of(shape, [](auto side) { return side <= 0; }))
        fail(name, "has the shape " + shapeText(shape) + " where " + std::to_string(axes) +
                       " axes are expected");
    return shape;
}

std::int64_t CheckpointShapes::count(const std::string &prefix, const std::string &suffix) const
{
    std::int64_t k = 0;
    while (has(prefix + std::to_string(k) + suffix))
        ++k;
    return k;
}

void CheckpointShapes::fail(const std::string &name, const std::string &what) const
{
    throw Error(ErrorKind::BadCheckpoint, "In " + m_checkpointName + " the tensor \"" + name +
                                              "\" " + what + "; this SAM cannot be built.");
}

} // namespace core::sam
