// SPDX-License-Identifier: Apache-2.0
#include "core/training/noise_field.h"

#include <algorithm>

namespace core
{

namespace
{

constexpr int fieldSide = 512; // a power of two: positions wrap with a bit mask
constexpr int fieldCount = 24;

/// White noise, filtered in the frequency domain.
cv::Mat makeField(Random &random, float exponent)
{
    cv::Mat spectrum(fieldSide, fieldSide, CV_32FC2);
    for (int y = 0; y < fieldSide; ++y) {
        auto *row = spectrum.ptr<cv::Vec2f>(y);
        const auto fy = static_cast<float>(y <= fieldSide / 2 ? y : fieldSide - y);
        for (int x = 0; x < fieldSide; ++x) {
            const auto fx = static_cast<float>(x <= fieldSide / 2 ? x : fieldSide - x);
            const float frequency = std::max(1.0F, std::sqrt(fx * fx + fy * fy));
            const float amplitude = std::pow(frequency, -0.5F * exponent);
            const float phase = random.angle();
            row[x] = {amplitude * std::cos(phase), amplitude * std::sin(phase)};
        }
    }
    spectrum.at<cv::Vec2f>(0, 0) = {0, 0};
    cv::Mat field;
    cv::Mat planes[2];
    cv::idft(spectrum, field);
    cv::split(field, planes);
    cv::Scalar mean, deviation;
    cv::meanStdDev(planes[0], mean, deviation);
    return (planes[0] - mean[0]) / deviation[0];
}

} // namespace

NoiseFields::NoiseFields(std::uint64_t seed)
{
    Random random(seed, 0x6e6f697365);
    for (int i = 0; i < fieldCount; ++i) {
        m_fields.push_back(
            makeField(random, 0.5F + 3.5F * static_cast<float>(i) / (fieldCount - 1)));
    }
}

cv::Mat NoiseFields::sample(Random &random, cv::Size size) const
{
    return sample(random, size, random.uniform());
}

cv::Mat NoiseFields::sample(Random &random, cv::Size size, float smoothness) const
{
    const int choice = std::clamp(static_cast<int>(smoothness * fieldCount), 0, fieldCount - 1);
    const cv::Mat &field = m_fields[static_cast<std::size_t>(choice)];
    const float step = std::exp2(random.uniform(-1.2F, 0.5F));
    const float left = random.uniform(0, fieldSide);
    const float top = random.uniform(0, fieldSide);
    constexpr int wrap = fieldSide - 1;
    cv::Mat result(size, CV_32F);
    for (int y = 0; y < size.height; ++y) {
        const float v = top + step * static_cast<float>(y);
        const int v0 = static_cast<int>(v);
        const float fv = v - static_cast<float>(v0);
        const auto *upper = field.ptr<float>(v0 & wrap);
        const auto *lower = field.ptr<float>((v0 + 1) & wrap);
        auto *out = result.ptr<float>(y);
        for (int x = 0; x < size.width; ++x) {
            const float u = left + step * static_cast<float>(x);
            const int u0 = static_cast<int>(u);
            const float fu = u - static_cast<float>(u0);
            const int a = u0 & wrap;
            const int b = (u0 + 1) & wrap;
            const float above = upper[a] + fu * (upper[b] - upper[a]);
            const float below = lower[a] + fu * (lower[b] - lower[a]);
            out[x] = above + fv * (below - above);
        }
    }
    return result;
}

} // namespace core
