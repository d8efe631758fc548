// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/cpu_mask_scores.h"

#include "core/cpu/kernels.h"

#include <algorithm>
#include <cmath>

namespace core::compact
{

MaskStatistics statisticsOf(const std::vector<float> &logits, std::int64_t height,
                            std::int64_t width)
{
    const std::int64_t rows = (height + 1) / 2, columns = (width + 1) / 2;
    std::vector<float> line(static_cast<std::size_t>(columns)), exponentials(line.size());
    std::int64_t area = 0, aboveOne = 0, aboveMinusOne = 0, topAndBottom = 0, sides = 0;
    double sum = 0, inside = 0, certainty = 0, strength = 0;
    for (std::int64_t row = 0; row < rows; ++row) {
        const float *from = logits.data() + 2 * row * width;
        for (std::size_t i = 0; i < line.size(); ++i) {
            line[i] = from[2 * i];
            exponentials[i] = -line[i];
        }
        cpu::kernels()->exponentials(exponentials.data(), columns, 0);
        std::int64_t above = 0;
        float rowSum = 0, rowInside = 0, rowCertainty = 0, rowStrength = 0;
        for (std::size_t i = 0; i < line.size(); ++i) {
            const float logit = line[i], p = 1 / (1 + exponentials[i]);
            above += logit > 0;
            aboveOne += logit > 1;
            aboveMinusOne += logit > -1;
            rowSum += p;
            rowCertainty += std::abs(2 * p - 1);
            rowInside += logit > 0 ? p : 0;
            rowStrength += logit > 0 ? logit : 0;
        }
        area += above;
        sum += rowSum;
        inside += rowInside;
        certainty += rowCertainty;
        strength += rowStrength;
        topAndBottom += (row == 0) * above + (row == rows - 1) * above;
        sides += (line.front() > 0) + (line.back() > 0);
    }
    const auto cells = static_cast<double>(rows * columns), on = static_cast<double>(area);
    const double values[] = {std::log(on / cells + 1e-4) / 9 + 1,
                             inside / (on + sum - inside + 1e-3),
                             static_cast<double>(aboveOne) /
                                 (static_cast<double>(aboveMinusOne) + 1e-3),
                             certainty / cells,
                             std::clamp(strength / (on + 1e-3) / 8, 0.0, 2.0),
                             (static_cast<double>(topAndBottom) / static_cast<double>(columns) +
                              static_cast<double>(sides) / static_cast<double>(rows)) /
                                 4};
    static_assert(std::size(values) == maskStatisticsCount);
    MaskStatistics statistics{};
    std::ranges::transform(values, statistics.begin(),
                           [](double value) { return static_cast<float>(value); });
    return statistics;
}

float agreement(const std::vector<float> &a, const std::vector<float> &b)
{
    int both = 0, either = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        both += static_cast<int>(a[i] > 0) & static_cast<int>(b[i] > 0);
        either += static_cast<int>(a[i] > 0) | static_cast<int>(b[i] > 0);
    }
    return static_cast<float>(both) / static_cast<float>(std::max(either, 1));
}

CpuIouHead::CpuIouHead(const NamedLayers &decoder)
    : m_layers{decoder.pixelLayer("iou_head.layers.0"), decoder.pixelLayer("iou_head.layers.1"),
               decoder.pixelLayer("iou_head.layers.2")}
{
}

float CpuIouHead::predictedIou(const float *iouToken, const float *maskToken,
                               const MaskStatistics &statistics) const
{
    const std::int64_t channels = (m_layers[0].inChannels() - maskStatisticsCount) / 2;
    std::vector<float> input(iouToken, iouToken + channels);
    input.insert(input.end(), maskToken, maskToken + channels);
    input.insert(input.end(), statistics.begin(), statistics.end());
    std::vector<float> first(static_cast<std::size_t>(m_layers[0].outChannels()));
    std::vector<float> second(static_cast<std::size_t>(m_layers[1].outChannels()));
    float iou = 0;
    m_layers[0].apply(input.data(), 1, first.data(), cpu::Finish::Relu);
    m_layers[1].apply(first.data(), 1, second.data(), cpu::Finish::Relu);
    m_layers[2].apply(second.data(), 1, &iou);
    return iou;
}

} // namespace core::compact
