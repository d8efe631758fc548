// SPDX-License-Identifier: Apache-2.0
#include "core/training/prepare_material.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace core
{

namespace
{

constexpr int photoSide = 1024;
constexpr int stampSide = 320;

cv::Mat shrunk(const cv::Mat &image, int longest)
{
    const double scale = static_cast<double>(longest) / std::max(image.cols, image.rows);
    if (scale >= 1) {
        return image;
    }
    cv::Mat result;
    cv::resize(image, result, {}, scale, scale, cv::INTER_AREA);
    return result;
}

double contrastOf(const cv::Mat &colour, const cv::Mat &mask)
{
    cv::Mat grey;
    cv::Scalar mean, deviation;
    cv::cvtColor(colour, grey, cv::COLOR_BGR2GRAY);
    cv::meanStdDev(grey, mean, deviation, mask);
    return deviation[0];
}

/// Most of it is one connected piece that leaves some of its box free.
bool isOnePiece(const cv::Mat &mask)
{
    const double covered = cv::countNonZero(mask);
    const double share = covered / static_cast<double>(mask.total());
    if (share < 0.15 || share > 0.97) {
        return false;
    }
    cv::Mat labels, stats, centres;
    const int count = cv::connectedComponentsWithStats(mask, labels, stats, centres, 4);
    int largest = 0;
    for (int i = 1; i < count; ++i) {
        largest = std::max(largest, stats.at<int>(i, cv::CC_STAT_AREA));
    }
    return largest > 0.85 * covered;
}

/// A good part of it survives losing its rim: letters and outlines do not.
bool isSolid(const cv::Mat &mask)
{
    cv::Mat eroded;
    const int rim = std::max(mask.cols, mask.rows) / 40;
    cv::erode(mask, eroded,
              cv::getStructuringElement(cv::MORPH_ELLIPSE, {2 * rim + 1, 2 * rim + 1}), {-1, -1}, 1,
              cv::BORDER_CONSTANT, cv::Scalar(0));
    return cv::countNonZero(eroded) > 0.35 * cv::countNonZero(mask);
}

/// `isThing`: photographed or rendered, so that thin limbs and few colours are its own.
bool prepareAlpha(const std::filesystem::path &from, const std::filesystem::path &to, bool isThing)
{
    cv::Mat stamp = cv::imread(from.string(), cv::IMREAD_UNCHANGED);
    if (stamp.empty() || stamp.type() != CV_8UC4) {
        return false;
    }
    cv::Mat alpha;
    cv::extractChannel(stamp, alpha, 3);
    const cv::Rect box = cv::boundingRect(alpha > 127);
    if (std::min(box.width, box.height) < (isThing ? 36 : 60)) {
        return false;
    }
    stamp = shrunk(stamp(box), stampSide);
    cv::extractChannel(stamp, alpha, 3);
    const cv::Mat mask = alpha > 127;
    cv::Mat colour;
    cv::cvtColor(stamp, colour, cv::COLOR_BGRA2BGR);
    return isOnePiece(mask) && (isThing || isSolid(mask)) &&
           contrastOf(colour, mask) > (isThing ? 12 : 22) && cv::imwrite(to.string(), stamp);
}

} // namespace

bool preparePhoto(const std::filesystem::path &from, const std::filesystem::path &to)
{
    cv::Mat photo = cv::imread(from.string(), cv::IMREAD_UNCHANGED);
    if (photo.empty() || photo.depth() != CV_8U || photo.channels() < 3 ||
        std::min(photo.cols, photo.rows) < 200) {
        return false;
    }
    if (photo.channels() == 4) {
        cv::Mat alpha;
        cv::extractChannel(photo, alpha, 3);
        if (cv::countNonZero(alpha < 250) > 0) {
            return false;
        }
        cv::cvtColor(photo, photo, cv::COLOR_BGRA2BGR);
    }
    photo = shrunk(photo, photoSide);
    return contrastOf(photo, {}) > 18 &&
           cv::imwrite(to.string(), photo, {cv::IMWRITE_JPEG_QUALITY, 93});
}

bool prepareStamp(const std::filesystem::path &from, const std::filesystem::path &to)
{
    return prepareAlpha(from, to, false);
}

bool prepareCutout(const std::filesystem::path &from, const std::filesystem::path &to)
{
    return prepareAlpha(from, to, true);
}

bool prepareMask(const std::filesystem::path &from, const std::filesystem::path &to)
{
    const cv::Mat photo = cv::imread(from.string(), cv::IMREAD_COLOR);
    if (photo.empty()) {
        return false;
    }
    const cv::Mat small = shrunk(photo, 400);
    const int rim = std::max(4, std::min(small.cols, small.rows) / 25);
    cv::Mat labels, background, foreground;
    cv::setRNGSeed(1);
    cv::grabCut(small, labels, {rim, rim, small.cols - 2 * rim, small.rows - 2 * rim}, background,
                foreground, 6, cv::GC_INIT_WITH_RECT);
    cv::Mat mask = (labels & 1) * 255;
    const cv::Mat disc = cv::getStructuringElement(cv::MORPH_ELLIPSE, {3, 3});
    cv::morphologyEx(mask, mask, cv::MORPH_OPEN, disc);
    cv::morphologyEx(mask, mask, cv::MORPH_CLOSE, disc);
    cv::Mat pieces, stats, centres;
    const int count = cv::connectedComponentsWithStats(mask, pieces, stats, centres, 4);
    if (count < 2) {
        return false;
    }
    int largest = 1;
    for (int i = 2; i < count; ++i) {
        if (stats.at<int>(i, cv::CC_STAT_AREA) > stats.at<int>(largest, cv::CC_STAT_AREA)) {
            largest = i;
        }
    }
    mask = pieces == largest;
    cv::resize(mask, mask, photo.size(), 0, 0, cv::INTER_LINEAR);
    return cv::imwrite(to.string(), mask > 127);
}

} // namespace core
