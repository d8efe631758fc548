// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/outline_parts.h"

namespace core
{

/// One ring that walks all of them, each as it was, going over to the next and back along the same
/// straight line between two corners. Every ring is joined to one of those before it, where they
/// come nearest.
Ring joinRings(const std::vector<Ring> &rings);

} // namespace core
