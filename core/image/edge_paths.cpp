// SPDX-License-Identifier: Apache-2.0
#include "core/image/edge_paths.h"

#include <opencv2/imgproc/segmentation.hpp>

#include <cassert>

namespace core
{
namespace
{

// Canny's thresholds: faint edges count where they go on from clear ones.
constexpr double faintEdge = 16;
constexpr double clearEdge = 100;
// A steeper gradient than this is as good as any, so that one glaring edge nearby does not draw
// every path to itself.
constexpr float steepest = 200;

} // namespace

struct EdgePaths::Map {
    Size size;
    cv::segmentation::IntelligentScissorsMB scissors;
};

EdgePaths::EdgePaths(ImageView picture, Pixel anchor)
{
    assert(anchor.x >= 0 && anchor.x < picture.size.width);
    assert(anchor.y >= 0 && anchor.y < picture.size.height);
    const cv::Mat pixels(picture.size.height, picture.size.width, CV_8UC3,
                         const_cast<std::uint8_t *>(picture.data), std::size_t(picture.stride));
    auto map = std::make_unique<Map>();
    map->size = picture.size;
    map->scissors.setEdgeFeatureCannyParameters(faintEdge, clearEdge)
        .setGradientMagnitudeMaxLimit(steepest)
        .applyImage(pixels);
    map->scissors.buildMap({anchor.x, anchor.y});
    m_map = std::move(map);
}

EdgePaths::~EdgePaths() = default;

std::vector<EdgePaths::Pixel> EdgePaths::to(Pixel target) const
{
    assert(target.x >= 0 && target.x < m_map->size.width);
    assert(target.y >= 0 && target.y < m_map->size.height);
    std::vector<cv::Point> contour;
    m_map->scissors.getContour({target.x, target.y}, contour);
    std::vector<Pixel> path;
    path.reserve(contour.size());
    for (const cv::Point &p : contour)
        path.push_back({p.x, p.y});
    return path;
}

} // namespace core
