// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/canvas/view_transform.h"

#include <QImage>
#include <QRegion>

#include <functional>

class QPainter;

namespace ui
{

/// What lies under everything that moves with the pointer, kept as it was painted: moving the
/// pointer costs one copy, panning the stripes that come into sight, and a change its own area.
class Backdrop
{
public:
    /// Paints all that lies in a part of the view, screen pixels; the painter is clipped to it.
    using PaintPart = std::function<void(QPainter &, const QRect &part)>;

    /// All of it is to be painted anew.
    void invalidate() { m_isValid = false; }
    /// `changed`: the part of `view` that shows something else than before, screen pixels.
    const QImage &image(const ViewTransform &view, const QRect &changed, const PaintPart &paint);

private:
    QRegion move(QPoint by);

    QImage m_image;
    ViewTransform m_view; ///< what it was painted for
    bool m_isValid = false;
};

} // namespace ui
