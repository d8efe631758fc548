// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cuda/picture_input.h"

#include <cuda_runtime_api.h>

#include <cstddef>

namespace core::cuda
{

/// GELU in place, see gelu_value.h. Elements of 16 bits, their number a multiple of 8.
void applyGelu(void *elements, std::size_t count, Element element, cudaStream_t stream);

} // namespace core::cuda
