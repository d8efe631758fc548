// SPDX-License-Identifier: Apache-2.0
#include "core/training/scene_preview.h"

#include "core/error.h"
#include "core/training/random.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace core
{

namespace
{

cv::Mat colourised(const LabelMap &map)
{
    cv::Mat result(map.size.height, map.size.width, CV_8UC3);
    for (int y = 0; y < result.rows; ++y) {
        auto *row = result.ptr<cv::Vec3b>(y);
        for (int x = 0; x < result.cols; ++x) {
            const std::size_t i =
                static_cast<std::size_t>(y) * static_cast<std::size_t>(result.cols) +
                static_cast<std::size_t>(x);
            const std::uint64_t bits = Random::mix(map.ids[i]);
            row[x] =
                cv::Vec3b(static_cast<unsigned char>(bits), static_cast<unsigned char>(bits >> 8),
                          static_cast<unsigned char>(bits >> 16));
        }
    }
    return result;
}

cv::Mat strip(const TrainingScene &scene)
{
    cv::Mat picture(scene.image.size.height, scene.image.size.width, CV_8UC3);
    for (int y = 0; y < picture.rows; ++y) {
        std::copy_n(scene.image.row(y), picture.cols * 3, picture.ptr(y));
    }
    cv::cvtColor(picture, picture, cv::COLOR_RGB2BGR);
    std::vector<cv::Mat> parts{picture};
    for (const LabelMap &level : scene.levels) {
        parts.push_back(colourised(level));
    }
    cv::Mat result;
    cv::hconcat(parts, result);
    return result;
}

} // namespace

void writePreview(const std::vector<TrainingScene> &scenes, int columns,
                  const std::filesystem::path &path)
{
    std::vector<cv::Mat> rows;
    for (std::size_t i = 0; i < scenes.size(); i += static_cast<std::size_t>(columns)) {
        std::vector<cv::Mat> row;
        for (std::size_t k = i; k < i + static_cast<std::size_t>(columns); ++k) {
            row.push_back(k < scenes.size()
                              ? strip(scenes[k])
                              : cv::Mat(row.front().size(), CV_8UC3, cv::Scalar::all(0)));
        }
        rows.emplace_back();
        cv::hconcat(row, rows.back());
    }
    cv::Mat sheet;
    cv::vconcat(rows, sheet);
    if (!cv::imwrite(path.string(), sheet)) {
        throw Error(ErrorKind::FileUnwritable,
                    "Cannot write the preview " + path.string() + "; choose a writable folder.");
    }
}

} // namespace core
