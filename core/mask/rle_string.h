// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <string>
#include <string_view>

namespace core
{

/// The compressed form of COCO files: every count from the fourth on is the difference to the count
/// two before; five bits a character, lowest first, in ASCII 48 to 111. May hold a backslash: let
/// the JSON library quote it.
std::string toString(const Rle &rle);

/// Throws Error(BadDataset) for characters outside the alphabet, a string that breaks off, and
/// counts that are negative or do not add up to `size`. Allocates in proportion to the string,
/// never to `size`.
Rle rleFromString(std::string_view string, Size size);

} // namespace core
