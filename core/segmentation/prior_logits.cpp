// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/prior_logits.h"

#include <cassert>
#include <cmath>

namespace core
{

ImagePoint toImage(double x, double y, const InputGeometry &geometry, Size logitsSize)
{
    const double modelX = x * geometry.padded.width / logitsSize.width;
    const double modelY = y * geometry.padded.height / logitsSize.height;
    return {modelX * geometry.original.width / geometry.resized.width - 0.5,
            modelY * geometry.original.height / geometry.resized.height - 0.5};
}

LowResLogits priorLogits(const Mask &mask, const InputGeometry &geometry, Size logitsSize)
{
    assert(mask.size == geometry.original);
    constexpr int places = 4;
    const auto isOn = [&mask](ImagePoint p) {
        const auto x = int(std::floor(p.x + 0.5));
        const auto y = int(std::floor(p.y + 0.5));
        return x < mask.size.width && y < mask.size.height && mask.at(x, y);
    };

    LowResLogits logits{logitsSize, {}};
    logits.values.reserve(std::size_t(logitsSize.area()));
    for (int row = 0; row < logitsSize.height; ++row) {
        for (int column = 0; column < logitsSize.width; ++column) {
            int covered = 0;
            for (int i = 0; i < places * places; ++i) {
                covered += isOn(toImage(column + (i % places + 0.5) / places,
                                        row + (i / places + 0.5) / places, geometry, logitsSize));
            }
            const float share = float(covered) / (places * places);
            logits.values.push_back((2 * share - 1) * priorLogit);
        }
    }
    return logits;
}

} // namespace core
