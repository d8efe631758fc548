// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/mask.h"
#include "core/mask/rle.h"

#include <functional>
#include <string>

namespace exporters
{

/// A mask as LabelMe holds it: the base64 text of a PNG, 8-bit grey, 0 and 255.
std::string toPngText(const core::Mask &patch);

/// The pixels above 0 of a PNG in base64, whatever its kind. `fits` is asked about its size before
/// anything is decoded: what a text claims is never allocated unchecked.
/// Throws core::Error(BadDataset) for what does not fit, is no PNG, or is damaged.
core::Rle fromPngText(const std::string &text, const std::function<bool(core::Size)> &fits);

} // namespace exporters
