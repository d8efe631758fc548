// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/proposal_list.h"
#include "ui/widgets/canvas/view_transform.h"
#include "ui/widgets/proposals/proposal_picture.h"
#include "ui/widgets/theme/theme.h"

#include <QWidget>

namespace ui
{

class CanvasView;

/// What is offered, over the picture: seen while there is something, and then left clicks are for
/// the proposals; everything else goes on to the canvas underneath.
class ProposalLayer : public QWidget
{
    Q_OBJECT

public:
    /// Lies on the canvas, under its other children. Both must outlive it.
    ProposalLayer(CanvasView &canvas, ProposalList &list);

Q_SIGNALS:
    /// With the left button; -1: beside all.
    void clicked(int row);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void follow();
    int rowAt(QPointF view) const;
    ProposalLook lookOf(int row) const;

    CanvasView &m_canvas;
    ProposalList &m_list;
    QImage m_picture; ///< of the map, for m_view
    ViewTransform m_view;
    bool m_isStale = true;
};

} // namespace ui
