// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/agreeing_prompts.h"

#include "core/mask/rle_measure.h"

#include <algorithm>
#include <cmath>

namespace ui
{
namespace
{

/// How far a mask may reach beyond the box it was asked with: boxes are drawn loosely and answers
/// go a little over their edges. A share of the box's longer side.
constexpr double boxSlack = 0.1;
/// Places of a stroke that are looked at; every one costs a walk along the mask's runs.
constexpr std::size_t strokeSamples = 32;

class Agreement
{
public:
    explicit Agreement(const core::Rle &mask) : m_mask(mask), m_bounds(core::boundingBox(mask)) {}

    bool holds(core::ImagePoint position, core::PointLabel label) const
    {
        const bool isOn = core::contains(m_mask, int(std::floor(position.x + 0.5)),
                                         int(std::floor(position.y + 0.5)));
        return isOn == (label == core::PointLabel::Foreground);
    }
    bool holds(const core::BrushStroke &stroke) const
    {
        const std::size_t step = std::max<std::size_t>(1, stroke.path.size() / strokeSamples);
        for (std::size_t i = 0; i < stroke.path.size(); i += step) {
            if (!holds(stroke.path[i], stroke.label))
                return false;
        }
        return true;
    }
    bool holds(const core::Box &box) const
    {
        const double slack = 1 + boxSlack * std::max(box.width(), box.height());
        return m_bounds.x >= box.x0 - slack && m_bounds.y >= box.y0 - slack &&
               m_bounds.x + m_bounds.width <= box.x1 + slack &&
               m_bounds.y + m_bounds.height <= box.y1 + slack;
    }

private:
    const core::Rle &m_mask;
    core::PixelRect m_bounds;
};

} // namespace

project::PromptRecord agreeingPrompts(const project::PromptRecord &prompt, const core::Rle &mask)
{
    const Agreement agreement(mask);
    project::PromptRecord kept = prompt;
    std::erase_if(kept.points, [&](const core::PointPrompt &point) {
        return !agreement.holds(point.position, point.label);
    });
    std::erase_if(kept.strokes,
                  [&](const core::BrushStroke &stroke) { return !agreement.holds(stroke); });
    if (kept.box && !agreement.holds(*kept.box))
        kept.box.reset();
    return kept;
}

} // namespace ui
