// SPDX-License-Identifier: Apache-2.0
#include "core/training/photo_scene.h"

#include "core/training/region_hierarchy.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace core
{

namespace
{

cv::Mat randomCrop(Random &random, const cv::Mat &photo, cv::Size size)
{
    const float largest =
        std::min(static_cast<float>(photo.cols) / static_cast<float>(size.width),
                 static_cast<float>(photo.rows) / static_cast<float>(size.height));
    const float scale = std::min(largest, std::max(0.6F, largest * random.uniform(0.35F, 1.0F)));
    const cv::Size crop(std::max(1, static_cast<int>(scale * static_cast<float>(size.width))),
                        std::max(1, static_cast<int>(scale * static_cast<float>(size.height))));
    const cv::Rect where(random.index(photo.cols - crop.width + 1),
                         random.index(photo.rows - crop.height + 1), crop.width, crop.height);
    cv::Mat result;
    cv::resize(photo(where), result, size, 0, 0, scale > 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    if (random.chance(0.5F)) {
        cv::flip(result, result, 1);
    }
    return result;
}

} // namespace

void paintPhoto(Random &random, const Material &material, Canvas &canvas)
{
    const cv::Mat picture = randomCrop(random, material.photo(random), canvas.size());
    cv::Mat lab;
    cv::cvtColor(picture, lab, cv::COLOR_RGB2Lab);
    const float sigma = random.uniform(0.5F, 1.2F);
    cv::GaussianBlur(lab, lab, {}, sigma, sigma, cv::BORDER_REPLICATE);
    const Partition fine = segmentByGraph(lab, random.logUniform(60, 200), random.between(40, 120));
    const std::vector<int> counts{random.between(20, 60), random.between(8, 18),
                                  random.between(3, 7)};
    const std::vector<Partition> levels =
        mergeRegions(lab, fine, counts, random.uniform(0.2F, 0.5F));
    for (std::size_t i = 0; i < canvas.levels.size(); ++i) {
        std::vector<std::uint16_t> ids;
        for (int n = 0; n < levels[i].count; ++n) {
            ids.push_back(canvas.freshId());
        }
        for (int y = 0; y < picture.rows; ++y) {
            const auto *label = levels[i].labels.ptr<int>(y);
            auto *id = canvas.levels[i].ptr<std::uint16_t>(y);
            for (int x = 0; x < picture.cols; ++x) {
                id[x] = ids[static_cast<std::size_t>(label[x])];
            }
        }
    }
    picture.convertTo(canvas.pixels, CV_32F);
}

} // namespace core
