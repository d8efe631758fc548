// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/json_fields.h"

#include "core/mask/rle.h"

namespace exporters
{

/// The mask in an annotation's "segmentation", in any of COCO's three forms, of the size of its
/// image. Throws core::Error(BadDataset) through `fields`, the annotation's.
core::Rle readCocoSegmentation(const nlohmann::json &segmentation, core::Size imageSize,
                               const JsonFields &fields);

} // namespace exporters
