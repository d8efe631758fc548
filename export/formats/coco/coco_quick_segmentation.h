// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <optional>
#include <string_view>

namespace exporters
{

/// What readCocoSegmentation() makes of the text of a "segmentation", without a JSON value in
/// between: most of a file is numbers and run lengths. Nothing for all that is not entirely
/// ordinary; the other way then reads it, or says what is wrong with it.
std::optional<core::Rle> quickSegmentation(std::string_view text, core::Size imageSize);

} // namespace exporters
