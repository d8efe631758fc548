// SPDX-License-Identifier: Apache-2.0
#include "core/cache/embedding_key.h"

namespace core
{

std::string EmbeddingKey::text() const
{
    std::string line = "pixels " + pixels + " weights " + weights + " precision " + precision;
    if (crop) {
        line += " crop";
        for (const int number : {crop->x, crop->y, crop->width, crop->height})
            line += ' ' + std::to_string(number);
    }
    return line;
}

EmbeddingKey embeddingKey(const std::string &pixels, const std::optional<PixelRect> &crop,
                          const SegmenterInfo &model)
{
    return {pixels, crop, model.weightsDigest, model.precision};
}

} // namespace core
