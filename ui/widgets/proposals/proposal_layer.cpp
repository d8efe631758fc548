// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/proposals/proposal_layer.h"

#include "ui/editing/palette.h"
#include "ui/widgets/canvas/canvas_view.h"
#include "ui/widgets/canvas/screen_pixels.h"
#include "ui/widgets/theme/theme.h"

#include <QMouseEvent>
#include <QPainter>

namespace ui
{
namespace
{

QRgb tint(const QColor &color, double opacity)
{
    return qPremultiply(qRgba(color.red(), color.green(), color.blue(), int(opacity * 255)));
}

} // namespace

ProposalLayer::ProposalLayer(CanvasView &canvas, ProposalList &list)
    : QWidget(&canvas), m_canvas(canvas), m_list(list)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::NoFocus);
    setCursor(Qt::PointingHandCursor);
    lower(); // the canvas's other children stay in reach
    canvas.installEventFilter(this);
    connect(&list, &ProposalList::changed, this, &ProposalLayer::follow);
    follow();
}

void ProposalLayer::follow()
{
    m_isStale = true;
    setGeometry(m_canvas.rect());
    setVisible(!m_list.isEmpty());
    update();
}

bool ProposalLayer::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        setGeometry(m_canvas.rect());
    return QWidget::eventFilter(watched, event);
}

ProposalLook ProposalLayer::lookOf(int row) const
{
    const std::span<const QColor> colors = ui::palette();
    const QColor color = colors[std::size_t(row) % colors.size()];
    const bool isChosen = m_list.isChosen(row);
    double fill = isChosen ? looks::selectedFill : looks::acceptedFill;
    if (!isChosen && row == m_list.hovered())
        fill = looks::workFill;
    return {tint(color, fill), isChosen ? tint(looks::light, 0.95) : tint(color, 0.95)};
}

void ProposalLayer::paintEvent(QPaintEvent *)
{
    if (m_list.isEmpty() || m_canvas.masksHidden())
        return;
    QPainter painter(this);
    const ViewTransform &view = m_canvas.transform();
    if (m_list.map()) {
        if (m_isStale || !(m_view == view)) {
            std::vector<ProposalLook> looks;
            for (int row = 0; row < m_list.rowCount(); ++row)
                looks.push_back(lookOf(row));
            m_picture = renderProposals(*m_list.map(), looks, view);
            m_view = view;
            m_isStale = false;
        }
        drawPixels(painter, {0, 0}, m_picture, view.devicePixelRatio());
    }
}

int ProposalLayer::rowAt(QPointF view) const
{
    const QPointF place = m_canvas.transform().toPicture(view);
    return m_list.rowAt(place.x(), place.y());
}

void ProposalLayer::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::RightButton)
        return; // no prompts while something is offered
    if (event->button() != Qt::LeftButton || m_canvas.pansWithLeftButton())
        event->ignore(); // to the canvas
    else
        Q_EMIT clicked(rowAt(event->position()));
}

void ProposalLayer::mouseDoubleClickEvent(QMouseEvent *event)
{
    mousePressEvent(event); // two quick clicks are two
}

void ProposalLayer::mouseMoveEvent(QMouseEvent *event)
{
    m_list.setHovered(rowAt(event->position()));
    if (event->buttons() & ~(Qt::LeftButton | Qt::RightButton) || m_canvas.pansWithLeftButton())
        event->ignore(); // the canvas pans
}

void ProposalLayer::leaveEvent(QEvent *)
{
    m_list.setHovered(-1);
}

} // namespace ui
