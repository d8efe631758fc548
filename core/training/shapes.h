// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/training/canvas.h"
#include "core/training/noise_field.h"

#include <opencv2/core.hpp>

#include <vector>

namespace core
{

using Outline = std::vector<cv::Point2f>;

/// Fills polygons (holes by the even-odd rule) where they lie within `bounds`; empty if they miss
/// it. The box keeps a few pixels of air for soft borders.
Region rasterise(const std::vector<Outline> &outlines, cv::Rect bounds);
/// A line of the given thickness with round ends.
Region rasteriseStroke(const Outline &line, float thickness, cv::Rect bounds);

/// Closed outlines around a centre, in canvas pixels.
Outline ellipseOutline(cv::Point2f centre, cv::Size2f radii, float angle);
Outline rectangleOutline(cv::Point2f centre, cv::Size2f halfSize, float angle,
                         float cornerRadius = 0);
/// A smooth closed curve of random harmonics.
Outline blobOutline(Random &random, cv::Point2f centre, float radius, float aspect);
Outline polygonOutline(Random &random, cv::Point2f centre, float radius, float aspect);
/// A smooth open curve through a few random points within `radius`.
Outline curve(Random &random, cv::Point2f centre, float radius);

/// Any single shape: blob, ellipse, polygon, rectangle, thick or thin stroke, creature, ragged
/// disc; now and then with holes or a frayed border.
Region randomShape(Random &random, const NoiseFields &noise, cv::Point2f centre, float radius,
                   cv::Rect bounds);

} // namespace core
