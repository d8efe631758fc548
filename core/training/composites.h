// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/training/fill.h"
#include "core/training/shapes.h"

#include <vector>

namespace core
{

/// One part of an object.
struct Piece {
    Region region;
    Fill fill;
    bool round = false; ///< shaded as a swelling
};

/// The pieces of one object, painted in this order: rigid things with parts of their own colours,
/// as people build them. `radius`: half of the object's longer side in pixels.
using Composite = std::vector<Piece>;

/// One of the kinds below, at random.
Composite randomComposite(Random &random, const FillSource &source, cv::Point2f centre,
                          float radius, cv::Rect bounds);

/// A rounded body with cabin, windows, wheels and lamps, seen from the side.
Composite vehicle(Random &random, const FillSource &source, cv::Point2f centre, float radius,
                  cv::Rect bounds);
/// A bottle, jar or can: a symmetric profile with a lid and a label.
Composite bottle(Random &random, const FillSource &source, cv::Point2f centre, float radius,
                 cv::Rect bounds);
/// A box seen from a corner: three faces.
Composite cuboid(Random &random, const FillSource &source, cv::Point2f centre, float radius,
                 cv::Rect bounds);
/// A wall with a roof and rows of windows.
Composite building(Random &random, const FillSource &source, cv::Point2f centre, float radius,
                   cv::Rect bounds);
/// A thin stem with leaves and a flower.
Composite plant(Random &random, const FillSource &source, cv::Point2f centre, float radius,
                cv::Rect bounds);
/// A board with writing, now and then on a pole.
Composite sign(Random &random, const FillSource &source, cv::Point2f centre, float radius,
               cv::Rect bounds);
/// Head, hair, body and limbs of an upright figure.
Composite figure(Random &random, const FillSource &source, cv::Point2f centre, float radius,
                 cv::Rect bounds);

} // namespace core
