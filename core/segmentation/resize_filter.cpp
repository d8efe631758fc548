// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/resize_filter.h"

#include <algorithm>
#include <cmath>

namespace core
{

ResizeFilter triangleFilter(int inputs, int outputs)
{
    const double scale = static_cast<double>(inputs) / outputs;
    const double support =
        std::max(scale, 1.0); // the triangle widens when shrinking, never narrows
    ResizeFilter result;
    result.perOutput = static_cast<int>(std::ceil(support)) * 2 + 1;
    result.weights.resize(static_cast<std::size_t>(outputs) *
                          static_cast<std::size_t>(result.perOutput));
    std::vector<double> weights(static_cast<std::size_t>(result.perOutput));
    for (int i = 0; i < outputs; ++i) {
        const double centre = (i + 0.5) * scale;
        const int first = std::max(static_cast<int>(centre - support + 0.5), 0);
        const int count = std::min(static_cast<int>(centre + support + 0.5), inputs) - first;
        double sum = 0;
        for (int k = 0; k < count; ++k) {
            const double distance = std::abs((k + first - centre + 0.5) * (1.0 / support));
            weights[static_cast<std::size_t>(k)] = distance < 1.0 ? 1.0 - distance : 0.0;
            sum += weights[static_cast<std::size_t>(k)];
        }
        std::int32_t *out =
            result.weights.data() + static_cast<std::ptrdiff_t>(i) * result.perOutput;
        for (int k = 0; k < count; ++k) {
            const double weight = sum != 0 ? weights[static_cast<std::size_t>(k)] / sum
                                           : weights[static_cast<std::size_t>(k)];
            out[k] = static_cast<std::int32_t>(0.5 + weight * (1 << ResizeFilter::precisionBits));
        }
        result.first.push_back(first);
        result.count.push_back(count);
    }
    return result;
}

} // namespace core
