// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/training/canvas.h"
#include "core/training/composites.h"

#include <optional>
#include <vector>

namespace core
{

/// Paints a scene of made-up objects, each with its ids in the three label maps. One painter per
/// scene.
class Painter
{
public:
    Painter(Random &random, const FillSource &source, Canvas &canvas);

    /// A background, now and then with bands like a landscape, and one to thirty-odd objects.
    void paintScene();
    /// Objects over a photo that is there: more cut-outs than elsewhere, as they have its light.
    void paintOverPhoto();

private:
    void paintBackground();
    void paintObjects(int count);
    void paintObject();
    void paintShape(cv::Point2f centre, float radius);
    void paintStamp(cv::Point2f centre, float radius);
    void paintComposite(cv::Point2f centre, float radius);
    /// Many alike things in a heap: fruit, pebbles, people.
    void paintCrowd(cv::Point2f centre, float radius);
    void paintPieces(Composite pieces, std::uint16_t object, std::uint16_t group);
    void paintParts(const Region &whole, std::uint16_t object, std::uint16_t group);
    Fill nextFill();
    std::uint16_t nextGroup();

    Random &m_random;
    const FillSource &m_source;
    Canvas &m_canvas;
    std::vector<Fill> m_usedFills;
    std::optional<Fill> m_camouflage; ///< all fills of the scene stay near this one
    std::uint16_t m_lastGroup = 0;
    float m_stampShare = 0;
    float m_softness = 0.7F;
};

} // namespace core
