// SPDX-License-Identifier: Apache-2.0
#include "core/training/fill.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>

namespace core
{

namespace
{

cv::Vec3f shifted(Random &random, cv::Vec3f colour, float deviation)
{
    for (int c = 0; c < 3; ++c) {
        colour[c] = std::clamp(colour[c] + random.normal(0, deviation), 0.0F, 255.0F);
    }
    return colour;
}

void choosePhotoCrop(Random &random, const Material &material, Fill &fill)
{
    fill.photo = material.photo(random).pixels;
    const int largest = std::min(fill.photo.rows, fill.photo.cols);
    const int side =
        std::max(16, static_cast<int>(random.uniform(0.1F, 1.0F) * static_cast<float>(largest)));
    fill.crop = {random.index(fill.photo.cols - side + 1), random.index(fill.photo.rows - side + 1),
                 side, side};
    std::array<int, 3> order{0, 1, 2};
    if (random.chance(0.3F)) {
        std::swap(order[0], order[static_cast<std::size_t>(random.index(3))]);
        std::swap(order[1], order[static_cast<std::size_t>(random.between(1, 2))]);
    }
    const float contrast = random.uniform(0.4F, 1.3F);
    fill.recolour = cv::Matx33f::zeros();
    for (int c = 0; c < 3; ++c) {
        fill.recolour(c, order[static_cast<std::size_t>(c)]) = contrast;
        fill.first[c] = 128 * (1 - contrast) + random.normal(0, 25);
    }
}

/// Position across the fill, 0 at the middle, about -0.5 to 0.5 from one side to the other.
struct Ramp {
    float dx, dy, offset;
    Ramp(cv::Size size, float angle)
    {
        const auto longest = static_cast<float>(std::max(size.width, size.height));
        dx = std::cos(angle) / longest;
        dy = std::sin(angle) / longest;
        offset =
            -0.5F * (dx * static_cast<float>(size.width) + dy * static_cast<float>(size.height));
    }
    float at(int x, int y) const
    {
        return offset + dx * static_cast<float>(x) + dy * static_cast<float>(y);
    }
};

/// How much of the second colour each pixel has.
template <typename Weight>
cv::Mat mixColours(const Fill &fill, cv::Size size, Weight weight)
{
    cv::Mat result(size, CV_32FC3);
    const cv::Vec3f difference = fill.second - fill.first;
    for (int y = 0; y < size.height; ++y) {
        auto *row = result.ptr<cv::Vec3f>(y);
        for (int x = 0; x < size.width; ++x) {
            row[x] = fill.first + difference * weight(x, y);
        }
    }
    return result;
}

cv::Mat paintStripes(Random &random, const FillSource &source, const Fill &fill, cv::Size size)
{
    const cv::Mat bend = source.noise.sample(random, size, 0.95F);
    const float turn = 2 * std::numbers::pi_v<float> / fill.period;
    const float dx = std::cos(fill.angle) * turn;
    const float dy = std::sin(fill.angle) * turn;
    return mixColours(fill, size, [&](int x, int y) {
        const auto fx = static_cast<float>(x);
        const auto fy = static_cast<float>(y);
        const float phase = fill.bend * bend.at<float>(y, x);
        float wave = std::sin(dx * fx + dy * fy + phase);
        if (fill.crossed) {
            wave *= std::sin(dx * fy - dy * fx + phase);
        }
        return fill.hard ? (wave > 0 ? 1.0F : 0.0F) : 0.5F + 0.5F * wave;
    });
}

cv::Mat paintBase(Random &random, const FillSource &source, const Fill &fill, cv::Size size)
{
    switch (fill.kind) {
    case Fill::Kind::Photo: {
        cv::Mat crop, result;
        const bool shrinks = fill.crop.width > size.width;
        cv::resize(fill.photo(fill.crop), crop, size, 0, 0,
                   shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
        crop.convertTo(result, CV_32F);
        for (int y = 0; y < size.height; ++y) {
            auto *row = result.ptr<cv::Vec3f>(y);
            for (int x = 0; x < size.width; ++x) {
                row[x] = fill.recolour * row[x] + fill.first;
            }
        }
        return result;
    }
    case Fill::Kind::Noise: {
        const cv::Mat noise = source.noise.sample(random, size, fill.smoothness);
        return mixColours(fill, size,
                          [&](int x, int y) { return 0.5F + 0.35F * noise.at<float>(y, x); });
    }
    case Fill::Kind::Stripes:
        return paintStripes(random, source, fill, size);
    case Fill::Kind::Blobs: {
        const cv::Mat noise = source.noise.sample(random, size, fill.smoothness);
        const float level = random.uniform(-0.6F, 0.6F);
        return mixColours(fill, size, [&](int x, int y) {
            return std::clamp((noise.at<float>(y, x) - level) * 4, 0.0F, 1.0F);
        });
    }
    case Fill::Kind::Gradient: {
        const Ramp ramp(size, fill.angle);
        return mixColours(fill, size, [&](int x, int y) { return 0.5F + ramp.at(x, y); });
    }
    case Fill::Kind::Plain:
        break;
    }
    return cv::Mat(size, CV_32FC3, cv::Scalar(fill.first[0], fill.first[1], fill.first[2]));
}

} // namespace

Fill randomFill(Random &random, const FillSource &source)
{
    Fill fill;
    fill.first = source.material.colour(random);
    fill.second =
        random.chance(0.5F) ? source.material.colour(random) : shifted(random, fill.first, 35);
    fill.angle = random.angle();
    fill.period = random.logUniform(3, 40);
    fill.bend = random.uniform(0, 2);
    fill.hard = random.chance(0.4F);
    fill.crossed = random.chance(0.3F);
    fill.smoothness = random.uniform();
    const float choice = random.uniform();
    if (choice < 0.24F && source.material.hasPhotos()) {
        fill.kind = Fill::Kind::Photo;
        choosePhotoCrop(random, source.material, fill);
    } else if (choice < 0.50F) {
        fill.kind = Fill::Kind::Noise;
    } else if (choice < 0.60F) {
        fill.kind = Fill::Kind::Stripes;
    } else if (choice < 0.70F) {
        fill.kind = Fill::Kind::Blobs;
        fill.smoothness = random.uniform(0.5F, 1.0F);
    } else if (choice < 0.90F) {
        fill.kind = Fill::Kind::Gradient;
    }
    fill.grain = random.chance(0.4F) ? random.uniform(2, 14) : 0;
    fill.lighting = random.chance(0.6F) ? random.uniform(0, 0.25F) : 0;
    fill.shading = random.chance(0.5F) ? random.uniform(0, 0.5F) : 0;
    return fill;
}

Fill plainFill(Random &random, cv::Vec3f colour)
{
    Fill fill;
    fill.kind = random.chance(0.5F) ? Fill::Kind::Gradient : Fill::Kind::Plain;
    fill.first = colour;
    fill.second = shifted(random, colour, 25);
    fill.angle = random.angle();
    fill.grain = random.chance(0.3F) ? random.uniform(1, 6) : 0;
    fill.lighting = random.chance(0.5F) ? random.uniform(0, 0.15F) : 0;
    return fill;
}

Fill variedFill(Random &random, Fill fill, float deviation)
{
    fill.first = shifted(random, fill.first, deviation);
    fill.second = shifted(random, fill.second, deviation);
    return fill;
}

cv::Mat paintFill(Random &random, const FillSource &source, const Fill &fill, cv::Size size)
{
    cv::Mat result = paintBase(random, source, fill, size);
    if (fill.grain == 0 && fill.lighting == 0 && fill.shading == 0) {
        return result;
    }
    const cv::Mat grain = source.noise.sample(random, size, 0);
    const cv::Mat light = source.noise.sample(random, size, 0.9F);
    const Ramp ramp(size, fill.angle);
    for (int y = 0; y < size.height; ++y) {
        auto *row = result.ptr<cv::Vec3f>(y);
        const auto *g = grain.ptr<float>(y);
        const auto *l = light.ptr<float>(y);
        for (int x = 0; x < size.width; ++x) {
            const float factor = 1 + fill.lighting * l[x] + fill.shading * ramp.at(x, y);
            const float offset = fill.grain * g[x];
            row[x] = row[x] * factor + cv::Vec3f(offset, offset, offset);
        }
    }
    return result;
}

} // namespace core
