// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/canvas/mask_painter.h"

#include <QWidget>

namespace ui
{

class CanvasView;
class CleanUp;

/// What a clean-up would do, over the picture: the outlines as they would be, pixels that come and
/// pixels that go, and rings round those that are too small to be seen. Pointer and keys go on to
/// the canvas.
class CleanUpLayer : public QWidget
{
    Q_OBJECT

public:
    /// Lies on the canvas, under its other children. Both must outlive it.
    CleanUpLayer(CanvasView &canvas, const CleanUp &cleanUp);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void follow();
    void paintMarks(QPainter &painter, const std::vector<QRect> &boxes, const QColor &color) const;

    CanvasView &m_canvas;
    const CleanUp &m_cleanUp;
    MaskPainter m_added;
    MaskPainter m_removed;
    OutlineLines m_outlines;
};

} // namespace ui
