// SPDX-License-Identifier: Apache-2.0
#include "core/training/composite_builder.h"

#include <cmath>
#include <utility>

namespace core
{

cv::Point2f CompositeFrame::at(float x, float y) const
{
    const float c = std::cos(angle);
    const float s = std::sin(angle);
    x *= flip;
    return centre + radius * cv::Point2f(c * x - s * y, s * x + c * y);
}

Outline CompositeFrame::outline(const std::vector<cv::Point2f> &points) const
{
    Outline result;
    for (const cv::Point2f &p : points) {
        result.push_back(at(p.x, p.y));
    }
    return result;
}

Outline CompositeFrame::ellipse(float x, float y, float rx, float ry) const
{
    return ellipseOutline(at(x, y), {radius * rx, radius * ry}, angle);
}

Outline CompositeFrame::box(float x, float y, float halfWidth, float halfHeight, float corner) const
{
    return rectangleOutline(at(x, y), {radius * halfWidth, radius * halfHeight}, angle,
                            radius * corner);
}

CompositeFrame randomFrame(Random &random, cv::Point2f centre, float radius)
{
    return {centre, radius,
            random.chance(0.8F) ? random.normal(0, 0.06F) : random.uniform(-0.8F, 0.8F),
            random.chance(0.5F) ? 1.0F : -1.0F};
}

void CompositeBuilder::add(const Outline &outline, const Fill &fill, bool round)
{
    addRegion(rasterise({outline}, m_bounds), fill, round);
}

void CompositeBuilder::addStroke(const Outline &line, float thickness, const Fill &fill)
{
    addRegion(rasteriseStroke(line, thickness, m_bounds), fill, false);
}

void CompositeBuilder::addRegion(Region region, const Fill &fill, bool round)
{
    if (!region.isEmpty()) {
        pieces.push_back({std::move(region), fill, round});
    }
}

Fill darkFill(Random &random)
{
    const float level = random.uniform(5, 70);
    return plainFill(random, {level + random.normal(0, 6), level, level + random.normal(0, 6)});
}

} // namespace core
