// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/pixel_rect.h"
#include "core/segmentation/segmenter.h"

#include <optional>
#include <string>

namespace core
{

/// What an embedding depends on, and nothing else: equal keys may share one.
struct EmbeddingKey {
    std::string pixels;            ///< imageDigest() of the whole picture
    std::optional<PixelRect> crop; ///< the part that was embedded; none: all of it
    std::string weights;           ///< SegmenterInfo::weightsDigest
    std::string precision;         ///< SegmenterInfo::precision
    bool operator==(const EmbeddingKey &) const = default;

    /// One line that differs for different keys.
    std::string text() const;
};

EmbeddingKey embeddingKey(const std::string &pixels, const std::optional<PixelRect> &crop,
                          const SegmenterInfo &model);

} // namespace core
