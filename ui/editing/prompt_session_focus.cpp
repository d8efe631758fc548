// SPDX-License-Identifier: Apache-2.0
// The part of PromptSession that looks closer at a part of the picture.
#include "ui/editing/prompt_session.h"

#include <algorithm>

namespace ui
{

/// Looking closer asks the same again, about the focused part; the mask outside it stays. Looking
/// at the whole again keeps what was found, as a mask to go on from.
void PromptSession::takeFocus()
{
    const std::optional<core::PixelRect> window = m_service.focused();
    endHover();
    if (window)
        m_history.keep(currentMask());
    else if (m_window && currentMask() && !m_history.mask())
        m_history.putMask(m_history.prompt(), currentMask());
    m_window = window;
    if (isActive())
        ask(current() ? current()->size : std::nullopt);
    Q_EMIT focusChanged();
}

/// A prompt outside the focused part is about the whole picture.
void PromptSession::leaveFocusFor(const std::vector<core::ImagePoint> &prompt)
{
    if (m_window && !std::all_of(prompt.begin(), prompt.end(), [this](core::ImagePoint point) {
            return core::isInside(*m_window, point);
        }))
        m_service.endFocus();
}

std::optional<core::Box> PromptSession::objectBox() const
{
    std::optional<core::Box> box;
    const auto add = [&box](core::ImagePoint p) {
        box = box ? core::Box{std::min(box->x0, p.x), std::min(box->y0, p.y),
                              std::max(box->x1, p.x), std::max(box->y1, p.y)}
                  : core::Box{p.x, p.y, p.x, p.y};
    };
    for (const core::PointPrompt &point : prompt().points) {
        if (point.label == core::PointLabel::Foreground)
            add(point.position);
    }
    for (const core::BrushStroke &stroke : prompt().strokes)
        std::for_each(stroke.path.begin(), stroke.path.end(), add);
    if (prompt().box) {
        add({prompt().box->x0, prompt().box->y0});
        add({prompt().box->x1, prompt().box->y1});
    }
    if (current() && !current()->shape.isEmpty()) {
        const QRect bounds = current()->shape.bounds;
        add({double(bounds.left()), double(bounds.top())});
        add({double(bounds.right()), double(bounds.bottom())});
    }
    return box;
}

bool PromptSession::isWorthFocus() const
{
    if (m_window || !current() || current()->logits.values.empty() || current()->shape.isEmpty())
        return false;
    if (m_service.status().looksCloser && !current()->frame.start)
        return false; // the model looks by itself
    const QRect bounds = current()->shape.bounds;
    return core::isWorthFocus({double(bounds.left()), double(bounds.top()), double(bounds.right()),
                               double(bounds.bottom())},
                              current()->frame.geometry, current()->logits.size);
}

} // namespace ui
