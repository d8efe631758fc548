// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/image.h"

#include <string>

namespace core
{

/// 32 hexadecimal digits that tell one picture's pixels and size from another's, on any machine:
/// the key under which embeddings are kept and moved pictures are found again. Not cryptographic.
std::string imageDigest(ImageView image);

} // namespace core
