// SPDX-License-Identifier: Apache-2.0
#include "core/training/camera.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace core
{

cv::Mat photograph(Random &random, const NoiseFields &noise, const cv::Mat &pixels)
{
    cv::Mat light = pixels.clone();
    if (random.chance(0.3F)) {
        const float sigma = random.uniform(0.4F, 1.3F);
        cv::GaussianBlur(light, light, {}, sigma, sigma, cv::BORDER_REPLICATE);
    }
    const float contrast = random.chance(0.6F) ? random.uniform(0.6F, 1.2F) : 1.0F;
    const float exposure = random.chance(0.6F) ? random.logUniform(0.5F, 1.4F) : 1.0F;
    cv::Vec3f gain(exposure, exposure, exposure);
    if (random.chance(0.5F)) {
        for (int c = 0; c < 3; ++c) {
            gain[c] *= random.uniform(0.85F, 1.15F);
        }
    }
    const bool grey = random.chance(0.1F);
    const float unevenness = random.chance(0.3F) ? random.uniform(0.05F, 0.25F) : 0;
    const float grain = random.chance(0.6F) ? random.uniform(1, 9) : 0;
    const cv::Mat shade = noise.sample(random, light.size(), 0.95F);
    const cv::Mat sensor = noise.sample(random, light.size(), 0);
    const cv::Mat colourSensor = noise.sample(random, light.size(), 0.1F);
    for (int y = 0; y < light.rows; ++y) {
        auto *row = light.ptr<cv::Vec3f>(y);
        const auto *s = shade.ptr<float>(y);
        const auto *n = sensor.ptr<float>(y);
        const auto *m = colourSensor.ptr<float>(y);
        for (int x = 0; x < light.cols; ++x) {
            cv::Vec3f p = (row[x] - cv::Vec3f::all(128)) * contrast + cv::Vec3f::all(128);
            p = p.mul(gain) * (1 + unevenness * s[x]);
            if (grey) {
                p = cv::Vec3f::all(0.299F * p[0] + 0.587F * p[1] + 0.114F * p[2]);
            }
            row[x] = p + cv::Vec3f(n[x] + 0.5F * m[x], n[x], n[x] - 0.5F * m[x]) * grain;
        }
    }
    cv::Mat result;
    light.convertTo(result, CV_8U);
    if (random.chance(0.6F)) {
        std::vector<unsigned char> bytes;
        cv::imencode(".jpg", result, bytes, {cv::IMWRITE_JPEG_QUALITY, random.between(40, 95)});
        result = cv::imdecode(bytes, cv::IMREAD_COLOR);
    }
    return result;
}

} // namespace core
