// SPDX-License-Identifier: Apache-2.0
// The composites that grow: plants and people.
#include "core/training/composite_builder.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace core
{

Composite plant(Random &random, const FillSource &source, cv::Point2f centre, float radius,
                cv::Rect bounds)
{
    const CompositeFrame frame = randomFrame(random, centre, radius);
    CompositeBuilder builder(bounds);
    Fill green = plainFill(random, random.chance(0.7F)
                                       ? cv::Vec3f(random.uniform(20, 110), random.uniform(70, 170),
                                                   random.uniform(10, 80))
                                       : source.material.colour(random));
    const float sway = random.uniform(-0.5F, 0.5F);
    const auto stemAt = [&](float t) { return cv::Point2f(sway * t * t, 0.95F - 1.6F * t); };
    Outline stem;
    for (int i = 0; i <= 10; ++i) {
        const cv::Point2f p = stemAt(static_cast<float>(i) / 10);
        stem.push_back(frame.at(p.x, p.y));
    }
    builder.addStroke(stem, std::max(1.5F, radius * random.uniform(0.02F, 0.08F)), green);
    const int leaves = random.between(2, 7);
    for (int i = 0; i < leaves; ++i) {
        const cv::Point2f p = stemAt(random.uniform(0.1F, 0.85F));
        const float side = i % 2 == 0 ? 1.0F : -1.0F;
        const float length = random.uniform(0.15F, 0.35F);
        builder.add(ellipseOutline(frame.at(p.x + side * length * 0.9F, p.y - 0.3F * length),
                                   {radius * length, radius * length * random.uniform(0.25F, 0.5F)},
                                   frame.angle - frame.flip * side * random.uniform(0.1F, 0.7F)),
                    variedFill(random, green, 12), true);
    }
    if (random.chance(0.75F)) {
        const cv::Point2f top = stemAt(1);
        const int petals = random.between(4, 9);
        const Fill petal = plainFill(random, source.material.colour(random));
        const float size = random.uniform(0.12F, 0.3F);
        for (int i = 0; i < petals; ++i) {
            const float t =
                2 * std::numbers::pi_v<float> * static_cast<float>(i) / static_cast<float>(petals);
            builder.add(
                ellipseOutline(frame.at(top.x + size * std::cos(t), top.y + size * std::sin(t)),
                               {radius * size, radius * size * 0.5F}, frame.angle + frame.flip * t),
                variedFill(random, petal, 6), true);
        }
        builder.add(frame.ellipse(top.x, top.y, size * 0.5F, size * 0.5F),
                    plainFill(random, source.material.colour(random)), true);
    }
    return builder.pieces;
}

Composite figure(Random &random, const FillSource &source, cv::Point2f centre, float radius,
                 cv::Rect bounds)
{
    CompositeFrame frame = randomFrame(random, centre, radius);
    frame.angle *= 0.5F;
    CompositeBuilder builder(bounds);
    const float tone = random.uniform(0.25F, 1.0F);
    const Fill skin = plainFill(random, {235 * tone, 190 * tone, 160 * tone});
    const Fill shirt = random.chance(0.5F) ? randomFill(random, source)
                                           : plainFill(random, source.material.colour(random));
    const Fill trousers = random.chance(0.3F) ? randomFill(random, source)
                                              : plainFill(random, source.material.colour(random));
    const float build = random.uniform(0.13F, 0.24F);
    const float limb = radius * random.uniform(0.1F, 0.18F);
    for (const float side : {-1.0F, 1.0F}) {
        const float foot = side * random.uniform(0.05F, 0.3F);
        builder.addStroke({frame.at(side * build * 0.5F, 0.15F),
                           frame.at(foot * 0.8F + side * 0.04F, 0.55F), frame.at(foot, 0.9F)},
                          limb, trousers);
        builder.add(frame.ellipse(foot + 0.05F, 0.93F, 0.11F, 0.05F), darkFill(random));
    }
    builder.add(frame.box(0, -0.2F, build, 0.4F, 0.12F), shirt, random.chance(0.5F));
    for (const float side : {-1.0F, 1.0F}) {
        const cv::Point2f elbow(side * (build + random.uniform(0, 0.2F)),
                                random.uniform(-0.3F, 0.05F));
        const cv::Point2f hand(side * (build + random.uniform(-0.1F, 0.35F)),
                               random.uniform(-0.6F, 0.3F));
        builder.addStroke({frame.at(side * build * 0.85F, -0.5F), frame.at(elbow.x, elbow.y)},
                          limb * 0.8F, shirt);
        builder.addStroke({frame.at(elbow.x, elbow.y), frame.at(hand.x, hand.y)}, limb * 0.6F,
                          random.chance(0.5F) ? skin : shirt);
    }
    builder.add(frame.box(0, -0.62F, 0.05F, 0.06F), skin);
    const Fill hair =
        random.chance(0.7F) ? darkFill(random) : plainFill(random, source.material.colour(random));
    builder.add(frame.ellipse(0, -0.8F, 0.14F, 0.17F), hair);
    builder.add(frame.ellipse(random.uniform(-0.04F, 0.06F), -0.76F, 0.11F, 0.14F), skin,
                random.chance(0.5F));
    return builder.pieces;
}

} // namespace core
