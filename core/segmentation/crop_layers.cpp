// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/crop_layers.h"

#include <cmath>

namespace core
{
namespace
{

int cropLength(int side, int crops, int overlap)
{
    return static_cast<int>(std::ceil(double(overlap * (crops - 1) + side) / crops));
}

} // namespace

std::vector<ImagePoint> pointGrid(int perSide)
{
    const double offset = 1.0 / (2 * perSide);
    const auto place = [&](int i) {
        // One place lies at the start; the last of several at the end, without rounding.
        if (i == 0)
            return offset;
        return i == perSide - 1 ? 1 - offset : offset + i * ((1 - 2 * offset) / (perSide - 1));
    };
    std::vector<ImagePoint> points;
    points.reserve(std::size_t(perSide) * std::size_t(perSide));
    for (int row = 0; row < perSide; ++row)
        for (int column = 0; column < perSide; ++column)
            points.push_back({place(column), place(row)});
    return points;
}

std::vector<std::vector<ImagePoint>> layerPointGrids(int perSide, int layers, int scale)
{
    std::vector<std::vector<ImagePoint>> grids;
    for (int layer = 0; layer <= layers; ++layer)
        grids.push_back(pointGrid(std::max(1, static_cast<int>(perSide / std::pow(scale, layer)))));
    return grids;
}

std::vector<Crop> cropLayers(Size picture, int layers, double overlapRatio)
{
    std::vector<Crop> crops{{{0, 0, picture.width, picture.height}, 0}};
    const int shorter = std::min(picture.width, picture.height);
    for (int layer = 1; layer <= layers; ++layer) {
        const int perSide = 1 << layer;
        const int overlap = static_cast<int>(overlapRatio * shorter * (2.0 / perSide));
        const int width = cropLength(picture.width, perSide, overlap);
        const int height = cropLength(picture.height, perSide, overlap);
        for (int column = 0; column < perSide; ++column) {
            for (int row = 0; row < perSide; ++row) {
                const int x = (width - overlap) * column;
                const int y = (height - overlap) * row;
                const PixelRect rect{x, y, std::min(width, picture.width - x),
                                     std::min(height, picture.height - y)};
                if (!rect.isEmpty()) // as in a picture of fewer pixels than crops
                    crops.push_back({rect, layer});
            }
        }
    }
    return crops;
}

bool isCutOff(const Box &box, const PixelRect &crop, Size picture, double tolerance)
{
    const auto near = [&](double side, int border) { return std::abs(side - border) <= tolerance; };
    const auto touches = [&](double side, int border, int pictureBorder) {
        return near(side, border) && !near(side, pictureBorder);
    };
    return touches(box.x0, crop.x, 0) || touches(box.y0, crop.y, 0) ||
           touches(box.x1, crop.x + crop.width, picture.width) ||
           touches(box.y1, crop.y + crop.height, picture.height);
}

} // namespace core
