// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/image.h"
#include "core/geometry/pixel_rect.h"

#include <memory>
#include <optional>
#include <string>

namespace ui
{

/// What is to be embedded: a picture, or a part of it seen more closely.
struct EmbeddingSource {
    std::shared_ptr<const core::Image> image;
    std::string digest;                  ///< of the whole picture's pixels
    std::optional<core::PixelRect> crop; ///< inside the picture; none: all of it

    core::ImageView view() const { return crop ? image->view().part(*crop) : image->view(); }
};

} // namespace ui
