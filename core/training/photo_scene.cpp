// SPDX-License-Identifier: Apache-2.0
#include "core/training/photo_scene.h"

#include "core/training/region_hierarchy.h"
#include "core/training/scene_source.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <map>
#include <mutex>

namespace core
{

namespace
{

/// The same crop of pixels and objects, in the canvas's size, now and then mirrored.
Photo randomCrop(Random &random, const Photo &photo, cv::Size size)
{
    const float largest =
        std::min(static_cast<float>(photo.pixels.cols) / static_cast<float>(size.width),
                 static_cast<float>(photo.pixels.rows) / static_cast<float>(size.height));
    const float scale = std::min(largest, std::max(0.6F, largest * random.uniform(0.35F, 1.0F)));
    const cv::Size crop(std::max(1, static_cast<int>(scale * static_cast<float>(size.width))),
                        std::max(1, static_cast<int>(scale * static_cast<float>(size.height))));
    const cv::Rect where(random.index(photo.pixels.cols - crop.width + 1),
                         random.index(photo.pixels.rows - crop.height + 1), crop.width,
                         crop.height);
    const bool mirrored = random.chance(0.5F);
    Photo result;
    cv::resize(photo.pixels(where), result.pixels, size, 0, 0,
               scale > 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    if (!photo.objects.empty()) {
        cv::resize(photo.objects(where), result.objects, size, 0, 0, cv::INTER_NEAREST_EXACT);
    }
    for (cv::Mat *map : {&result.pixels, &result.objects}) {
        if (mirrored && !map->empty()) {
            cv::flip(*map, *map, 1);
        }
    }
    return result;
}

/// Parts of an object end where it ends.
void labelObjects(const cv::Mat &objects, Canvas &canvas)
{
    std::map<int, std::uint16_t> wholeIds;                // by the object's number
    std::map<std::pair<int, int>, std::uint16_t> partIds; // and by what the part was before
    const auto idFor = [&canvas](auto &ids, const auto &key) {
        const auto [known, isNew] = ids.try_emplace(key, std::uint16_t(0));
        if (isNew) {
            known->second = canvas.freshId();
        }
        return known->second;
    };
    for (int y = 0; y < objects.rows; ++y) {
        const auto *number = objects.ptr<unsigned char>(y);
        auto *part = canvas.levels[0].ptr<std::uint16_t>(y);
        for (int x = 0; x < objects.cols; ++x) {
            if (number[x] == 0) {
                continue;
            }
            if (part[x] != noRegion) {
                part[x] = idFor(partIds, std::pair{int(number[x]), int(part[x])});
            }
            const auto whole = idFor(wholeIds, int(number[x]));
            canvas.levels[1].at<std::uint16_t>(y, x) = whole;
            canvas.levels[2].at<std::uint16_t>(y, x) = whole;
        }
    }
}

/// As cv::cvtColor, but with the conversion's tables made by one thread: two that ask for the first
/// conversion at once would both make them, and the tables of the slower one would be lost.
cv::Mat inLab(const cv::Mat &picture)
{
    static std::once_flag tables;
    std::call_once(tables, [] {
        cv::Mat lab;
        cv::cvtColor(cv::Mat::zeros(1, 1, CV_8UC3), lab, cv::COLOR_RGB2Lab);
    });
    cv::Mat lab;
    cv::cvtColor(picture, lab, cv::COLOR_RGB2Lab);
    return lab;
}

} // namespace

void paintPhoto(Random &random, const Material &material, Canvas &canvas)
{
    const Photo photo = randomCrop(random, material.photo(random), canvas.size());
    const cv::Mat &picture = photo.pixels;
    cv::Mat lab = inLab(picture);
    const float sigma = random.uniform(0.5F, 1.2F);
    cv::GaussianBlur(lab, lab, {}, sigma, sigma, cv::BORDER_REPLICATE);
    const Partition fine = segmentByGraph(lab, random.logUniform(60, 200), random.between(40, 120));
    const std::vector<int> counts{random.between(20, 60), random.between(8, 18),
                                  random.between(3, 7)};
    const std::vector<Partition> levels =
        mergeRegions(lab, fine, counts, random.uniform(0.2F, 0.5F));
    for (std::size_t i = 0; i < canvas.levels.size(); ++i) {
        std::vector<std::uint16_t> ids;
        for (const bool distinct : distinctRegions(lab, levels[i])) {
            ids.push_back(distinct ? canvas.freshId() : noRegion);
        }
        for (int y = 0; y < picture.rows; ++y) {
            const auto *label = levels[i].labels.ptr<int>(y);
            auto *id = canvas.levels[i].ptr<std::uint16_t>(y);
            for (int x = 0; x < picture.cols; ++x) {
                id[x] = ids[static_cast<std::size_t>(label[x])];
            }
        }
    }
    if (!photo.objects.empty()) {
        labelObjects(photo.objects, canvas);
    }
    picture.convertTo(canvas.pixels, CV_32F);
}

} // namespace core
