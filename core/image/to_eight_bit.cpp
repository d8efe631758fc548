// SPDX-License-Identifier: Apache-2.0
#include "core/image/to_eight_bit.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace core
{
namespace
{

double fullScale(double largest)
{
    for (const int bits : {10, 12, 14}) {
        if (largest < std::exp2(bits))
            return std::exp2(bits) - 1;
    }
    return 65535;
}

/// The 0.1st and the 99.9th percentile of the finite samples.
std::pair<float, float> window(const cv::Mat &samples)
{
    std::vector<float> values;
    values.reserve(samples.total());
    for (int y = 0; y < samples.rows; ++y) {
        const float *row = samples.ptr<float>(y);
        std::copy_if(row, row + samples.cols, std::back_inserter(values),
                     [](float value) { return std::isfinite(value); });
    }
    if (values.empty())
        return {0, 0};
    const auto at = [&values](double share) {
        const auto nth =
            values.begin() + std::ptrdiff_t(std::lround(share * double(values.size() - 1)));
        std::nth_element(values.begin(), nth, values.end());
        return *nth;
    };
    return {at(0.001), at(0.999)};
}

cv::Mat spread(const cv::Mat &samples)
{
    cv::Mat floats;
    samples.reshape(1).convertTo(floats, CV_32F);
    const auto [low, high] = window(floats);
    cv::Mat bytes(floats.size(), CV_8U);
    for (int y = 0; y < floats.rows; ++y) {
        const float *from = floats.ptr<float>(y);
        uchar *to = bytes.ptr(y);
        for (int x = 0; x < floats.cols; ++x) {
            if (!std::isfinite(from[x]))
                to[x] = 0;
            else if (low == high)
                to[x] = from[x] == low ? 128 : from[x] < low ? 0 : 255;
            else
                to[x] = cv::saturate_cast<uchar>((from[x] - low) * 255.0f / (high - low));
        }
    }
    return bytes.reshape(samples.channels());
}

} // namespace

cv::Mat toEightBit(const cv::Mat &samples)
{
    if (samples.depth() == CV_8U)
        return samples;
    if (samples.depth() != CV_16U || samples.channels() == 1)
        return spread(samples);
    double largest = 0;
    cv::minMaxLoc(samples.reshape(1), nullptr, &largest);
    cv::Mat bytes;
    samples.convertTo(bytes, CV_8U, 255.0 / fullScale(largest));
    return bytes;
}

} // namespace core
