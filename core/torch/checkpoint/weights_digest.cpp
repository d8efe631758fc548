// SPDX-License-Identifier: Apache-2.0
#include "core/torch/checkpoint/weights_digest.h"

#include "core/file/byte_digest.h"
#include "core/torch/checkpoint/safetensors_types.h"
#include "core/torch/checkpoint/shape_text.h"

namespace core
{

std::string weightsDigest(const StateDict &tensors)
{
    ByteDigest digest;
    for (const auto &[name, tensor] : tensors) {
        const torch::Tensor plain = tensor.contiguous();
        digest.add(name);
        digest.add(std::string(torch::toString(plain.scalar_type())) + shapeText(plain.sizes()));
        digest.add(std::span(static_cast<const std::byte *>(plain.data_ptr()), plain.nbytes()));
    }
    return digest.hex();
}

} // namespace core
