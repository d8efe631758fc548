// SPDX-License-Identifier: Apache-2.0
#include "core/training/shapes.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace core
{

namespace
{

constexpr int subpixelBits = 4;
constexpr int air = 8; // pixels around a region, for its soft border

cv::Rect boxOf(const std::vector<Outline> &outlines, float margin, cv::Rect bounds)
{
    cv::Rect box;
    for (const Outline &outline : outlines) {
        box |= cv::boundingRect(outline);
    }
    const int grow = air + static_cast<int>(margin);
    return cv::Rect(box.x - grow, box.y - grow, box.width + 2 * grow, box.height + 2 * grow) &
           bounds;
}

std::vector<cv::Point> fixedPoint(const Outline &outline, cv::Point origin)
{
    std::vector<cv::Point> points;
    points.reserve(outline.size());
    for (const cv::Point2f &p : outline) {
        constexpr float scale = 1 << subpixelBits;
        points.emplace_back(cvRound((p.x - static_cast<float>(origin.x)) * scale),
                            cvRound((p.y - static_cast<float>(origin.y)) * scale));
    }
    return points;
}

cv::Point2f turned(cv::Point2f p, float angle)
{
    const float c = std::cos(angle);
    const float s = std::sin(angle);
    return {c * p.x - s * p.y, s * p.x + c * p.y};
}

void mergeInto(Region &all, const Region &more)
{
    if (more.isEmpty()) {
        return;
    }
    const cv::Rect box = all.isEmpty() ? more.box : (all.box | more.box);
    cv::Mat mask = cv::Mat::zeros(box.size(), CV_8U);
    if (!all.isEmpty()) {
        all.mask.copyTo(mask(all.box - box.tl()));
    }
    cv::Mat target = mask(more.box - box.tl());
    cv::bitwise_or(target, more.mask, target);
    all = {box, mask};
}

/// Ellipses joined by thick lines: a body with limbs.
Region creature(Random &random, cv::Point2f centre, float radius, cv::Rect bounds)
{
    Region all;
    cv::Point2f last;
    const int count = random.between(2, 5);
    for (int i = 0; i < count; ++i) {
        const float distance = radius * random.uniform(0.1F, 0.8F);
        const cv::Point2f at = centre + turned({distance, 0}, random.angle());
        const float size = radius * random.uniform(0.15F, 0.5F);
        mergeInto(all, rasterise({ellipseOutline(at, {size, size * random.uniform(0.5F, 1.2F)},
                                                 random.angle())},
                                 bounds));
        if (i > 0) {
            mergeInto(all,
                      rasteriseStroke({last, at}, radius * random.uniform(0.08F, 0.3F), bounds));
        }
        last = at;
    }
    return all;
}

void frayBorder(Random &random, const NoiseFields &noise, Region &region)
{
    const float strength = random.uniform(2, 10);
    const float smoothness = random.uniform(0.3F, 0.9F);
    cv::Mat dx = noise.sample(random, region.box.size(), smoothness);
    cv::Mat dy = noise.sample(random, region.box.size(), smoothness);
    for (int y = 0; y < region.box.height; ++y) {
        auto *px = dx.ptr<float>(y);
        auto *py = dy.ptr<float>(y);
        for (int x = 0; x < region.box.width; ++x) {
            px[x] = static_cast<float>(x) + strength * px[x];
            py[x] = static_cast<float>(y) + strength * py[x];
        }
    }
    cv::Mat warped;
    cv::remap(region.mask, warped, dx, dy, cv::INTER_NEAREST, cv::BORDER_CONSTANT);
    region.mask = warped;
}

void raggedEdge(Random &random, const NoiseFields &noise, Region &region)
{
    const cv::Mat pattern = noise.sample(random, region.box.size(), random.uniform(0.4F, 1.0F));
    region.mask.setTo(0, pattern < random.uniform(-0.8F, 0.3F));
}

std::vector<Outline> holes(Random &random, cv::Point2f centre, float radius)
{
    std::vector<Outline> result;
    const int count = random.between(1, 8);
    for (int i = 0; i < count; ++i) {
        const cv::Point2f at =
            centre + turned({radius * random.uniform(0, 0.7F), 0}, random.angle());
        const float size = radius * random.uniform(0.05F, 0.3F);
        result.push_back(
            ellipseOutline(at, {size, size * random.uniform(0.4F, 1.0F)}, random.angle()));
    }
    return result;
}

} // namespace

Region rasterise(const std::vector<Outline> &outlines, cv::Rect bounds)
{
    const cv::Rect box = boxOf(outlines, 0, bounds);
    if (box.empty()) {
        return {};
    }
    std::vector<std::vector<cv::Point>> polygons;
    for (const Outline &outline : outlines) {
        polygons.push_back(fixedPoint(outline, box.tl()));
    }
    Region region{box, cv::Mat::zeros(box.size(), CV_8U)};
    cv::fillPoly(region.mask, polygons, cv::Scalar(255), cv::LINE_8, subpixelBits);
    return region;
}

Region rasteriseStroke(const Outline &line, float thickness, cv::Rect bounds)
{
    const cv::Rect box = boxOf({line}, thickness, bounds);
    if (box.empty()) {
        return {};
    }
    Region region{box, cv::Mat::zeros(box.size(), CV_8U)};
    const std::vector<std::vector<cv::Point>> lines{fixedPoint(line, box.tl())};
    cv::polylines(region.mask, lines, false, cv::Scalar(255), std::max(1, cvRound(thickness)),
                  cv::LINE_8, subpixelBits);
    return region;
}

Outline ellipseOutline(cv::Point2f centre, cv::Size2f radii, float angle)
{
    constexpr int corners = 40;
    Outline outline;
    for (int i = 0; i < corners; ++i) {
        const float t = 2 * std::numbers::pi_v<float> * static_cast<float>(i) / corners;
        outline.push_back(centre +
                          turned({radii.width * std::cos(t), radii.height * std::sin(t)}, angle));
    }
    return outline;
}

Outline rectangleOutline(cv::Point2f centre, cv::Size2f halfSize, float angle, float cornerRadius)
{
    const float r = std::min({cornerRadius, halfSize.width, halfSize.height});
    const int steps = r > 1 ? 6 : 1;
    Outline outline;
    for (int corner = 0; corner < 4; ++corner) {
        const float sx = corner == 0 || corner == 3 ? 1.0F : -1.0F;
        const float sy = corner < 2 ? 1.0F : -1.0F;
        for (int i = 0; i < steps; ++i) {
            const float share =
                steps == 1 ? 0.5F : static_cast<float>(i) / static_cast<float>(steps - 1);
            const float t = (static_cast<float>(corner) + share) * 0.5F * std::numbers::pi_v<float>;
            const float bulge = steps == 1 ? 0 : r;
            const cv::Point2f p(sx * (halfSize.width - bulge) + bulge * std::cos(t),
                                sy * (halfSize.height - bulge) + bulge * std::sin(t));
            outline.push_back(centre + turned(p, angle));
        }
    }
    return outline;
}

Outline blobOutline(Random &random, cv::Point2f centre, float radius, float aspect)
{
    const float amplitude = random.uniform(0, 0.7F);
    const float decay = random.uniform(1, 2.2F);
    const float angle = random.angle();
    struct Harmonic {
        float size, phase;
    };
    std::vector<Harmonic> harmonics;
    for (int n = 2; n <= 8; ++n) {
        harmonics.push_back({amplitude * std::pow(static_cast<float>(n), -decay) * random.normal(),
                             random.angle()});
    }
    constexpr int corners = 72;
    Outline outline;
    for (int i = 0; i < corners; ++i) {
        const float t = 2 * std::numbers::pi_v<float> * static_cast<float>(i) / corners;
        float r = 1;
        for (std::size_t n = 0; n < harmonics.size(); ++n) {
            r += harmonics[n].size * std::cos(static_cast<float>(n + 2) * t + harmonics[n].phase);
        }
        r = radius * std::max(r, 0.1F);
        const float stretch = std::sqrt(aspect);
        outline.push_back(centre +
                          turned({r * stretch * std::cos(t), r / stretch * std::sin(t)}, angle));
    }
    return outline;
}

Outline polygonOutline(Random &random, cv::Point2f centre, float radius, float aspect)
{
    const int corners = random.between(3, 7);
    const float angle = random.angle();
    const float stretch = std::sqrt(aspect);
    Outline outline;
    for (int i = 0; i < corners; ++i) {
        const float t = 2 * std::numbers::pi_v<float> *
                        (static_cast<float>(i) + random.uniform(-0.35F, 0.35F)) /
                        static_cast<float>(corners);
        const float r = radius * random.uniform(0.6F, 1.2F);
        outline.push_back(centre +
                          turned({r * stretch * std::cos(t), r / stretch * std::sin(t)}, angle));
    }
    return outline;
}

Outline curve(Random &random, cv::Point2f centre, float radius)
{
    const int count = random.between(3, 5);
    Outline knots;
    for (int i = 0; i < count; ++i) {
        knots.push_back(
            centre + cv::Point2f(random.uniform(-radius, radius), random.uniform(-radius, radius)));
    }
    // Quadratic B-spline: smooth, and within the hull of its knots.
    Outline line;
    for (int i = 0; i + 2 < count; ++i) {
        const auto k = static_cast<std::size_t>(i);
        for (int step = 0; step <= 12; ++step) {
            const float t = static_cast<float>(step) / 12;
            line.push_back(0.5F * (1 - t) * (1 - t) * knots[k] +
                           (0.5F + t * (1 - t)) * knots[k + 1] + 0.5F * t * t * knots[k + 2]);
        }
    }
    return line;
}

Region randomShape(Random &random, const NoiseFields &noise, cv::Point2f centre, float radius,
                   cv::Rect bounds)
{
    const float aspect = std::exp(random.uniform(-0.9F, 0.9F));
    const float stretch = std::sqrt(aspect);
    const float choice = random.uniform();
    const bool pierced = random.chance(0.08F);
    std::vector<Outline> outlines;
    Region region;
    if (choice < 0.30F) {
        outlines = {blobOutline(random, centre, radius, aspect)};
    } else if (choice < 0.42F) {
        outlines = {ellipseOutline(centre, {radius * stretch, radius / stretch}, random.angle())};
    } else if (choice < 0.56F) {
        outlines = {polygonOutline(random, centre, radius, aspect)};
    } else if (choice < 0.66F) {
        const float angle = random.chance(0.5F) ? random.normal(0, 0.08F) : random.angle();
        const float corner = random.chance(0.4F) ? radius * random.uniform(0, 0.5F) : 0;
        outlines = {rectangleOutline(centre, {0.9F * radius * stretch, 0.9F * radius / stretch},
                                     angle, corner)};
    } else if (choice < 0.80F) {
        // From a wire to a sausage.
        const float thickness = std::max(2.0F, radius * random.logUniform(0.04F, 0.5F));
        region = rasteriseStroke(curve(random, centre, radius * 1.4F), thickness, bounds);
    } else if (choice < 0.93F) {
        region = creature(random, centre, radius, bounds);
    } else {
        region = rasterise({blobOutline(random, centre, radius, aspect)}, bounds);
        if (!region.isEmpty()) {
            raggedEdge(random, noise, region);
        }
    }
    if (!outlines.empty()) {
        if (pierced) {
            const auto inner = holes(random, centre, radius);
            outlines.insert(outlines.end(), inner.begin(), inner.end());
        }
        region = rasterise(outlines, bounds);
    }
    if (!region.isEmpty() && random.chance(0.2F)) {
        frayBorder(random, noise, region);
    }
    return region;
}

} // namespace core
