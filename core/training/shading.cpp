// SPDX-License-Identifier: Apache-2.0
#include "core/training/shading.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace core
{

void shadeRound(Random &random, cv::Mat &fill, const cv::Mat &mask)
{
    // The air around the mask counts as outside, a picture border does not.
    cv::Mat depth;
    cv::distanceTransform(mask, depth, cv::DIST_L2, 3);
    double deepest = 0;
    cv::minMaxLoc(depth, nullptr, &deepest);
    if (deepest < 2) {
        return;
    }
    cv::Mat height;
    cv::sqrt(depth * (1.0 / deepest), height);
    cv::GaussianBlur(height, height, {}, std::clamp(0.12 * deepest, 0.7, 6.0));
    const float strength = random.uniform(0.1F, 0.6F);
    const float angle = random.angle();
    const float slope = random.uniform(0, 0.6F) * static_cast<float>(deepest) * 0.5F;
    const float lx = slope * std::cos(angle);
    const float ly = slope * std::sin(angle);
    const float gloss = random.chance(0.2F) ? random.uniform(40, 140) : 0;
    for (int y = 0; y < fill.rows; ++y) {
        const auto *above = height.ptr<float>(std::max(y - 1, 0));
        const auto *here = height.ptr<float>(y);
        const auto *below = height.ptr<float>(std::min(y + 1, fill.rows - 1));
        auto *row = fill.ptr<cv::Vec3f>(y);
        for (int x = 0; x < fill.cols; ++x) {
            const float dx = here[std::min(x + 1, fill.cols - 1)] - here[std::max(x - 1, 0)];
            const float dy = below[x] - above[x];
            const float facing = std::clamp(lx * dx + ly * dy, -1.0F, 1.0F);
            const float factor = 1 + strength * (here[x] - 0.7F + facing);
            const float highlight = gloss * std::max(0.0F, facing - 0.3F) * here[x];
            row[x] = row[x] * factor + cv::Vec3f::all(highlight);
        }
    }
}

void dropShadow(Random &random, Canvas &canvas, const Region &region)
{
    if (region.isEmpty()) {
        return;
    }
    const cv::Point offset(random.between(-9, 9), random.between(-4, 10));
    const float sigma = random.uniform(1.5F, 7);
    const float strength = random.uniform(0.2F, 0.6F);
    const int reach = 20;
    const cv::Rect box = cv::Rect(region.box.x - reach, region.box.y - reach,
                                  region.box.width + 2 * reach, region.box.height + 2 * reach) &
                         canvas.bounds();
    cv::Mat shadow = cv::Mat::zeros(box.size(), CV_8U);
    const cv::Rect moved = (region.box + offset) & box;
    if (moved.empty()) {
        return;
    }
    region.mask(moved - offset - region.box.tl()).copyTo(shadow(moved - box.tl()));
    cv::GaussianBlur(shadow, shadow, {}, sigma, sigma, cv::BORDER_REPLICATE);
    cv::Mat target = canvas.pixels(box);
    for (int y = 0; y < box.height; ++y) {
        const auto *s = shadow.ptr<unsigned char>(y);
        auto *t = target.ptr<cv::Vec3f>(y);
        for (int x = 0; x < box.width; ++x) {
            t[x] *= 1 - strength * static_cast<float>(s[x]) / 255;
        }
    }
}

} // namespace core
