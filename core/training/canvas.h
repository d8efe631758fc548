// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include <array>
#include <cstdint>

namespace core
{

/// A region of the canvas: a 0/255 mask (CV_8U) over `box`, which lies within the canvas.
struct Region {
    cv::Rect box;
    cv::Mat mask;
    bool isEmpty() const { return mask.empty(); }
    int area() const { return mask.empty() ? 0 : cv::countNonZero(mask); }
};

/// Ids a painted region gets in the three label maps.
struct RegionIds {
    std::uint16_t part = 0;
    std::uint16_t object = 0;
    std::uint16_t group = 0;
};

/// A scene while it is painted: pixels and label maps change together, so that they cannot come
/// apart.
class Canvas
{
public:
    explicit Canvas(cv::Size size);

    cv::Size size() const { return pixels.size(); }
    cv::Rect bounds() const { return {{0, 0}, pixels.size()}; }
    /// An id no map has used yet.
    std::uint16_t freshId() { return m_nextId++; }

    /// Lays `fill` (CV_32FC3, the size of the region's box) over the region and writes its ids.
    /// `softness`: sigma of the border in pixels; `opacity` in (0, 1].
    void paint(const Region &region, const cv::Mat &fill, RegionIds ids, float softness = 0.7F,
               float opacity = 1.0F);

    cv::Mat pixels;                ///< CV_32FC3, RGB, 0 to 255
    std::array<cv::Mat, 3> levels; ///< CV_16U: part, object, group

private:
    std::uint16_t m_nextId = 1;
};

} // namespace core
