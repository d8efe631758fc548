// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/prompt_session.h"
#include "ui/editing/tools/toolbox.h"
#include "ui/widgets/canvas/mask_painter.h"
#include "ui/widgets/theme/theme.h"

#include <QColor>

#include <optional>

class QPainter;

namespace ui
{

class ViewTransform;

/// The object in work on the canvas: its mask, the preview of a click, and the prompts.
class PromptLayer
{
public:
    PromptLayer(const PromptSession &session, const Toolbox &toolbox)
        : m_session(session), m_toolbox(toolbox)
    {
    }

    void setColor(const QColor &color) { m_color = color; }
    /// Takes over the session's current candidate.
    void updateWork();
    void updateHover();
    /// The mask that was just accepted (and so left the session) stays on screen until the
    /// annotation's own shape is made.
    void keepUntilShown(core::Id annotation);
    core::Id kept() const { return m_kept; }
    void releaseKept();

    /// View pixels; empty while there is no mask.
    QRectF workInView(const ViewTransform &transform) const;
    const QColor &color() const { return m_color; }

    /// Pixels of the picture that the preview takes; empty without one.
    const QRect &hoverBounds() const { return m_hover.shape().bounds; }

    /// `part`: of the view, screen pixels.
    void paintMasks(QPainter &painter, const ViewTransform &transform, const QRect &part) const;
    /// `pending`: the model cannot answer yet.
    void paintPrompts(QPainter &painter, const ViewTransform &transform, bool pending,
                      std::optional<std::size_t> hotPoint) const;

private:
    const PromptSession &m_session;
    const Toolbox &m_toolbox;
    QColor m_color = looks::light;
    MaskPainter m_work;
    MaskPainter m_previous; ///< what m_work was before
    MaskPainter m_hover;
    core::Id m_kept = 0;
};

} // namespace ui
