// SPDX-License-Identifier: Apache-2.0
// Which composite, and those that people build; what grows is in grown_composites.cpp.
#include "core/training/composite_builder.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace core
{

Composite randomComposite(Random &random, const FillSource &source, cv::Point2f centre,
                          float radius, cv::Rect bounds)
{
    using Maker = Composite (*)(Random &, const FillSource &, cv::Point2f, float, cv::Rect);
    constexpr std::array<Maker, 9> makers{vehicle, bottle, cuboid,  building, plant,
                                          sign,    figure, vehicle, figure};
    return makers[static_cast<std::size_t>(random.index(makers.size()))](random, source, centre,
                                                                         radius, bounds);
}

Composite vehicle(Random &random, const FillSource &source, cv::Point2f centre, float radius,
                  cv::Rect bounds)
{
    const CompositeFrame frame = randomFrame(random, centre, radius);
    CompositeBuilder builder(bounds);
    Fill paint = plainFill(random, source.material.colour(random));
    paint.kind = Fill::Kind::Gradient;
    paint.shading = random.uniform(0, 0.6F);
    const float height = random.uniform(0.18F, 0.3F);
    const float roof = random.uniform(0.22F, 0.4F);
    const float front = random.uniform(0.3F, 0.75F);
    const float back = random.uniform(-0.9F, -0.5F);
    const float slant = random.uniform(0.05F, 0.3F);
    const float beltline = -0.6F * height;
    builder.add(frame.outline({{back, beltline},
                               {back + slant * 0.6F, -height - roof},
                               {front - slant, -height - roof},
                               {front, beltline}}),
                paint, random.chance(0.3F));
    builder.add(frame.box(0, 0, 0.98F, height, 0.6F * height), paint, random.chance(0.5F));
    Fill glass = darkFill(random);
    if (random.chance(0.4F)) {
        glass = plainFill(random, source.material.colour(random));
    }
    glass.kind = Fill::Kind::Gradient;
    const int windows = random.between(1, 4);
    const float top = -height - roof * 0.85F;
    const float left = back + slant * 0.5F + 0.03F;
    const float width = (front - slant * 0.8F - left) / static_cast<float>(windows);
    for (int i = 0; i < windows; ++i) {
        const float x0 = left + width * static_cast<float>(i) + 0.02F;
        const float x1 = x0 + width - 0.04F;
        const float lean = i == windows - 1 ? slant * 0.5F : 0;
        builder.add(
            frame.outline(
                {{x0, top}, {x1 - lean * 0.4F, top}, {x1 + lean * 0.5F, -height}, {x0, -height}}),
            glass);
    }
    const Fill tyre = darkFill(random);
    const Fill rim = plainFill(random, cv::Vec3f::all(random.uniform(90, 220)));
    const float wheel = random.uniform(0.13F, 0.24F);
    for (const float x : {random.uniform(-0.75F, -0.5F), random.uniform(0.5F, 0.72F)}) {
        builder.add(frame.ellipse(x, height, wheel, wheel), tyre);
        builder.add(frame.ellipse(x, height, wheel * 0.6F, wheel * 0.6F), rim, random.chance(0.5F));
    }
    builder.add(frame.box(0.9F, -0.2F * height, 0.05F, 0.06F, 0.03F),
                plainFill(random, {240, 230, 190}));
    builder.add(frame.box(-0.93F, -0.2F * height, 0.03F, 0.07F, 0.02F),
                plainFill(random, {190, 30, 25}));
    return builder.pieces;
}

Composite bottle(Random &random, const FillSource &source, cv::Point2f centre, float radius,
                 cv::Rect bounds)
{
    const CompositeFrame frame = randomFrame(random, centre, radius);
    CompositeBuilder builder(bounds);
    const float width = random.uniform(0.2F, 0.5F);
    const float neck = width * random.uniform(0.3F, 1.0F);
    const float shoulder = random.uniform(-0.6F, -0.1F);
    const float neckEnd = shoulder - random.uniform(0.05F, 0.3F);
    const float waist = width * random.uniform(0.75F, 1.1F);
    Fill body = plainFill(random, source.material.colour(random));
    const bool round = random.chance(0.8F);
    builder.add(frame.outline({{-neck, -0.9F},
                               {neck, -0.9F},
                               {neck, neckEnd},
                               {width, shoulder},
                               {waist, 0.4F},
                               {width, 0.85F},
                               {width * 0.85F, 0.96F},
                               {-width * 0.85F, 0.96F},
                               {-width, 0.85F},
                               {-waist, 0.4F},
                               {-width, shoulder},
                               {-neck, neckEnd}}),
                body, round);
    builder.add(frame.box(0, -0.9F, neck * 1.1F, random.uniform(0.05F, 0.14F), 0.02F),
                plainFill(random, source.material.colour(random)), round);
    if (random.chance(0.8F)) {
        const Fill label = random.chance(0.5F) ? randomFill(random, source)
                                               : plainFill(random, source.material.colour(random));
        const float top = random.uniform(shoulder + 0.05F, 0.2F);
        const float bottom = random.uniform(0.4F, 0.8F);
        builder.add(frame.box(0, 0.5F * (top + bottom), std::min(width, waist) * 0.98F,
                              0.5F * (bottom - top)),
                    label);
        if (random.chance(0.5F)) {
            builder.add(
                frame.ellipse(0, 0.5F * (top + bottom), width * 0.5F, (bottom - top) * 0.3F),
                plainFill(random, source.material.colour(random)));
        }
    }
    return builder.pieces;
}

Composite cuboid(Random &random, const FillSource &source, cv::Point2f centre, float radius,
                 cv::Rect bounds)
{
    const CompositeFrame frame = randomFrame(random, centre, radius);
    CompositeBuilder builder(bounds);
    const float edge = random.uniform(-0.5F, 0.5F);
    const float left = random.uniform(-0.95F, edge - 0.3F);
    const float right = random.uniform(edge + 0.3F, 0.95F);
    const float top = random.uniform(-0.7F, -0.2F);
    const float bottom = random.uniform(0.2F, 0.9F);
    const float rise = random.uniform(0.08F, 0.4F);
    const float riseLeft = rise * random.uniform(0.5F, 1.2F);
    const Fill base = random.chance(0.4F) ? randomFill(random, source)
                                          : plainFill(random, source.material.colour(random));
    const auto lit = [&](float factor) {
        Fill fill = base;
        fill.first *= factor;
        fill.second *= factor;
        fill.recolour *= factor;
        return fill;
    };
    const float a = random.uniform(0.5F, 1.0F);
    builder.add(
        frame.outline(
            {{left, top - riseLeft}, {edge, top}, {edge, bottom}, {left, bottom - riseLeft}}),
        lit(a));
    builder.add(
        frame.outline({{edge, top}, {right, top - rise}, {right, bottom - rise}, {edge, bottom}}),
        lit(a * random.uniform(0.55F, 0.95F)));
    builder.add(frame.outline({{left, top - riseLeft},
                               {left + right - edge, top - riseLeft - rise},
                               {right, top - rise},
                               {edge, top}}),
                lit(random.uniform(1.0F, 1.3F)));
    if (random.chance(0.4F)) {
        const float x = 0.5F * (left + edge);
        const float y = 0.5F * (top + bottom) - 0.5F * riseLeft;
        builder.add(frame.box(x, y, (edge - left) * 0.3F, (bottom - top) * 0.25F),
                    plainFill(random, source.material.colour(random)));
    }
    return builder.pieces;
}

Composite building(Random &random, const FillSource &source, cv::Point2f centre, float radius,
                   cv::Rect bounds)
{
    CompositeFrame frame = randomFrame(random, centre, radius);
    frame.angle *= 0.3F;
    CompositeBuilder builder(bounds);
    const float width = random.uniform(0.3F, 0.9F);
    const float top = random.uniform(-0.9F, -0.2F);
    builder.add(frame.outline({{-width, top}, {width, top}, {width, 0.95F}, {-width, 0.95F}}),
                randomFill(random, source));
    if (random.chance(0.6F)) {
        const float ridge = top - random.uniform(0.1F, 0.5F);
        const float eave = width + random.uniform(0, 0.12F);
        const float inset = random.chance(0.5F) ? 0 : random.uniform(0.2F, 0.8F) * width;
        builder.add(frame.outline({{-eave, top}, {-inset, ridge}, {inset, ridge}, {eave, top}}),
                    randomFill(random, source));
    }
    const int columns = random.between(1, 6);
    const int rows = random.between(1, 6);
    const Fill glass =
        random.chance(0.6F) ? darkFill(random) : plainFill(random, source.material.colour(random));
    const float stepX = 2 * width / static_cast<float>(columns);
    const float stepY = (0.95F - top) / static_cast<float>(rows);
    const float w = stepX * random.uniform(0.15F, 0.4F);
    const float h = stepY * random.uniform(0.2F, 0.4F);
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < columns; ++x) {
            builder.add(frame.box(-width + stepX * (static_cast<float>(x) + 0.5F),
                                  top + stepY * (static_cast<float>(y) + 0.5F), w, h),
                        variedFill(random, glass, 10));
        }
    }
    return builder.pieces;
}

Composite sign(Random &random, const FillSource &source, cv::Point2f centre, float radius,
               cv::Rect bounds)
{
    const CompositeFrame frame = randomFrame(random, centre, radius);
    CompositeBuilder builder(bounds);
    const bool onPole = random.chance(0.4F);
    const float middle = onPole ? -0.5F : 0;
    const float halfHeight = random.uniform(0.2F, onPole ? 0.4F : 0.6F);
    if (onPole) {
        builder.addStroke({frame.at(0, middle), frame.at(0, 0.97F)},
                          std::max(1.5F, radius * random.uniform(0.03F, 0.1F)),
                          plainFill(random, cv::Vec3f::all(random.uniform(40, 190))));
    }
    const bool disc = onPole && random.chance(0.4F);
    const Fill board = random.chance(0.3F) ? randomFill(random, source)
                                           : plainFill(random, source.material.colour(random));
    const Outline outer = disc ? frame.ellipse(0, middle, halfHeight, halfHeight)
                               : frame.box(0, middle, random.uniform(0.4F, 0.95F), halfHeight,
                                           random.uniform(0, 0.1F));
    builder.add(outer, board);
    const Fill ink = plainFill(random, source.material.colour(random));
    const int lines = random.between(1, 3);
    for (int line = 0; line < lines; ++line) {
        std::string word;
        const int letters = random.between(2, disc ? 3 : 7);
        for (int i = 0; i < letters; ++i) {
            word += static_cast<char>((random.chance(0.5F) ? 'A' : 'a') + random.index(26));
        }
        const int font =
            std::array{cv::FONT_HERSHEY_SIMPLEX, cv::FONT_HERSHEY_DUPLEX, cv::FONT_HERSHEY_TRIPLEX,
                       cv::FONT_HERSHEY_SCRIPT_COMPLEX}[static_cast<std::size_t>(random.index(4))];
        const double scale =
            static_cast<double>(radius * halfHeight / static_cast<float>(lines)) / 16;
        const int thickness = std::max(1, static_cast<int>(scale * random.uniform(1, 4)));
        int baseline = 0;
        const cv::Size text = cv::getTextSize(word, font, scale, thickness, &baseline);
        const float y =
            middle +
            halfHeight * (2 * (static_cast<float>(line) + 0.5F) / static_cast<float>(lines) - 1);
        const cv::Point2f at = frame.at(0, y);
        const cv::Point origin(static_cast<int>(at.x) - text.width / 2,
                               static_cast<int>(at.y) + text.height / 2);
        const cv::Rect box = cv::Rect(origin.x - 4, origin.y - text.height - 6, text.width + 8,
                                      text.height + baseline + 12) &
                             bounds;
        if (box.empty()) {
            continue;
        }
        Region region{box, cv::Mat::zeros(box.size(), CV_8U)};
        cv::putText(region.mask, word, origin - box.tl(), font, scale, cv::Scalar(255), thickness,
                    cv::LINE_8);
        builder.addRegion(region, ink, false);
    }
    return builder.pieces;
}

} // namespace core
