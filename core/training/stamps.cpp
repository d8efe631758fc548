// SPDX-License-Identifier: Apache-2.0
#include "core/training/stamps.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace core
{

Stamp randomStamp(Random &random, const Material &material, cv::Point2f centre, float radius,
                  cv::Rect bounds)
{
    cv::Mat picture = material.stamp(random);
    const float longest = static_cast<float>(std::max(picture.cols, picture.rows));
    const float scale = 2 * radius / longest;
    if (scale < 0.6F) {
        cv::resize(picture, picture, {}, scale, scale, cv::INTER_AREA);
    }
    const float rest = 2 * radius / static_cast<float>(std::max(picture.cols, picture.rows));
    const float angle = random.chance(0.6F) ? random.normal(0, 0.15F) : random.uniform(-0.7F, 0.7F);
    const float flip = random.chance(0.5F) ? -1.0F : 1.0F;
    const float c = rest * std::cos(angle);
    const float s = rest * std::sin(angle);
    const int reach = static_cast<int>(1.45F * radius) + 4;
    const cv::Rect box = cv::Rect(static_cast<int>(centre.x) - reach,
                                  static_cast<int>(centre.y) - reach, 2 * reach, 2 * reach) &
                         bounds;
    if (box.empty()) {
        return {};
    }
    const float px = 0.5F * static_cast<float>(picture.cols);
    const float py = 0.5F * static_cast<float>(picture.rows);
    const float ox = centre.x - static_cast<float>(box.x);
    const float oy = centre.y - static_cast<float>(box.y);
    const cv::Matx23f place(flip * c, -s, ox - flip * c * px + s * py, flip * s, c,
                            oy - flip * s * px - c * py);
    cv::Mat placed;
    cv::warpAffine(picture, placed, place, box.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT);

    Stamp stamp{{box, cv::Mat(box.size(), CV_8U)}, cv::Mat(box.size(), CV_32FC3)};
    const float contrast = random.uniform(0.6F, 1.15F);
    const cv::Vec3f shift(random.normal(0, 12), random.normal(0, 12), random.normal(0, 12));
    for (int y = 0; y < box.height; ++y) {
        const auto *from = placed.ptr<cv::Vec4b>(y);
        auto *mask = stamp.region.mask.ptr<unsigned char>(y);
        auto *fill = stamp.fill.ptr<cv::Vec3f>(y);
        for (int x = 0; x < box.width; ++x) {
            mask[x] = from[x][3] > 127 ? 255 : 0;
            const cv::Vec3f colour(from[x][0], from[x][1], from[x][2]);
            fill[x] = (colour - cv::Vec3f::all(128)) * contrast + cv::Vec3f::all(128) + shift;
        }
    }
    return stamp;
}

} // namespace core
