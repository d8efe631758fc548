// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/proposals/review_layer.h"

#include "ui/editing/review_session.h"
#include "ui/widgets/canvas/canvas_view.h"
#include "ui/widgets/theme/theme.h"

#include <QEvent>
#include <QPainter>

namespace ui
{

/// The worst ones; beyond that nobody tells one from the other.
static constexpr std::size_t mostShown = 500;

ReviewLayer::ReviewLayer(CanvasView &canvas, const ReviewSession &session)
    : QWidget(&canvas), m_canvas(canvas), m_session(session)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    lower(); // bars and messages stay in front
    canvas.installEventFilter(this);
    connect(&session, &ReviewSession::changed, this, &ReviewLayer::follow);
    follow();
}

void ReviewLayer::follow()
{
    m_boxes.clear();
    for (const project::ProposalPointer &proposal : m_session.others()) {
        if (m_boxes.size() == mostShown)
            break;
        const core::Box &box = proposal->box; // between the pixels' centres
        m_boxes.emplace_back(box.x0 + 0.5, box.y0 + 0.5, box.width(), box.height());
    }
    setGeometry(m_canvas.rect());
    setVisible(!m_boxes.empty());
    update();
}

bool ReviewLayer::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        setGeometry(m_canvas.rect());
    return QWidget::eventFilter(watched, event);
}

void ReviewLayer::paintEvent(QPaintEvent *)
{
    if (m_canvas.masksHidden() || !m_canvas.hasPicture())
        return;
    QList<QRect> inner, outer;
    const ViewTransform &view = m_canvas.transform();
    for (const QRectF &box : m_boxes) {
        const QRect seen =
            QRectF(view.toView(box.topLeft()), view.toView(box.bottomRight())).toRect();
        if (!seen.intersects(rect()))
            continue;
        inner << seen;
        outer << seen.adjusted(-1, -1, 1, 1);
    }
    // Quiet beside the one that is to be decided on, and quick: hundreds cost a millisecond or two.
    QPainter painter(this);
    painter.setPen(looks::paleShade);
    painter.drawRects(outer);
    painter.setPen(looks::paleLight);
    painter.drawRects(inner);
}

} // namespace ui
