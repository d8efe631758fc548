// SPDX-License-Identifier: Apache-2.0
#include "core/training/canvas.h"

#include <opencv2/imgproc.hpp>

namespace core
{

Canvas::Canvas(cv::Size size) : pixels(size, CV_32FC3, cv::Scalar::all(128))
{
    for (cv::Mat &level : levels) {
        level = cv::Mat::zeros(size, CV_16U);
    }
}

void Canvas::paint(const Region &region, const cv::Mat &fill, RegionIds ids, float softness,
                   float opacity)
{
    if (region.isEmpty()) {
        return;
    }
    cv::Mat alpha;
    region.mask.convertTo(alpha, CV_32F, opacity / 255.0);
    // A region cut off by the picture's border is not soft there.
    cv::GaussianBlur(alpha, alpha, {}, softness, softness, cv::BORDER_REPLICATE);
    cv::Mat target = pixels(region.box);
    for (int y = 0; y < region.box.height; ++y) {
        const auto *a = alpha.ptr<float>(y);
        const auto *f = fill.ptr<cv::Vec3f>(y);
        auto *t = target.ptr<cv::Vec3f>(y);
        for (int x = 0; x < region.box.width; ++x) {
            t[x] += (f[x] - t[x]) * a[x];
        }
    }
    const std::array<std::uint16_t, 3> values{ids.part, ids.object, ids.group};
    for (std::size_t i = 0; i < levels.size(); ++i) {
        levels[i](region.box).setTo(values[i], region.mask);
    }
}

} // namespace core
