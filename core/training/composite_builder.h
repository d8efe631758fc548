// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/training/composites.h"

#include <vector>

namespace core
{

/// Turns a point given in units of the radius into canvas pixels: every composite is drawn in its
/// own frame.
struct CompositeFrame {
    cv::Point2f centre;
    float radius;
    float angle; ///< radians
    float flip;  ///< 1, or -1 for mirrored

    cv::Point2f at(float x, float y) const;
    Outline outline(const std::vector<cv::Point2f> &points) const;
    Outline ellipse(float x, float y, float rx, float ry) const;
    Outline box(float x, float y, float halfWidth, float halfHeight, float corner = 0) const;
};

/// Mostly upright.
CompositeFrame randomFrame(Random &random, cv::Point2f centre, float radius);

/// Collects the pieces that touch the canvas.
class CompositeBuilder
{
public:
    explicit CompositeBuilder(cv::Rect bounds) : m_bounds(bounds) {}
    void add(const Outline &outline, const Fill &fill, bool round = false);
    void addStroke(const Outline &line, float thickness, const Fill &fill);
    void addRegion(Region region, const Fill &fill, bool round);
    Composite pieces;

private:
    cv::Rect m_bounds;
};

/// Nearly black: tyres, shoes, hair, glass.
Fill darkFill(Random &random);

} // namespace core
