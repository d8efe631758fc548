// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/candidate_strip.h"

#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace ui
{

static constexpr int padding = metrics::space;
static constexpr int picture = 28;

CandidateStrip::CandidateStrip(QWidget *parent) : QWidget(parent)
{
    setMouseTracking(true);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::NoFocus);
    setToolTip(
        tr("Tab chooses the next answer; the number is the model's own guess of its quality"));
    hide();
}

void CandidateStrip::setTheme(const Theme &theme)
{
    m_theme = theme;
    update();
}

void CandidateStrip::setCandidates(std::vector<Candidate> candidates, int current, QColor color)
{
    m_candidates = std::move(candidates);
    m_current = current;
    m_color = color;
    setVisible(count() > 1);
    resize(sizeHint());
    update();
}

QSize CandidateStrip::sizeHint() const
{
    QFont bold = font();
    bold.setBold(true);
    const int width =
        picture + 4 * padding + QFontMetrics(bold).horizontalAdvance(QStringLiteral("0.00"));
    return {count() * width + 2 * padding, picture + 4 * padding};
}

bool CandidateStrip::isClear(const QRect &place) const
{
    const QRect parent = parentWidget()->rect();
    for (const QWidget *other :
         parentWidget()->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly)) {
        const bool isLayer =
            other->geometry().contains(parent); // over all of it, and not in the way
        if (other != this && other->isVisible() && !isLayer && other->geometry().intersects(place))
            return false;
    }
    return true;
}

void CandidateStrip::placeBeside(const QRectF &object)
{
    constexpr int gap = 10;
    const QRect room = parentWidget()->rect().adjusted(gap, gap, -gap, -gap);
    const auto placeAt = [&](double x, double y) {
        const int right = std::max(room.left(), room.right() + 1 - width());
        const int bottom = std::max(room.top(), room.bottom() + 1 - height());
        return QRect(
            {std::clamp(int(x), room.left(), right), std::clamp(int(y), room.top(), bottom)},
            size());
    };
    const double x = object.center().x() - width() / 2;
    const double y = object.center().y() - height() / 2;
    const QRect below = placeAt(x, object.bottom() + gap);
    const QRect above = placeAt(x, object.top() - gap - height());
    const QRect right = placeAt(object.right() + gap, y);
    const QRect left = placeAt(object.left() - gap - width(), y);
    for (const bool coversObject : {false, true}) {
        for (const QRect &place : {below, above, right, left}) {
            if (isClear(place) && (coversObject || !object.intersects(place))) {
                move(place.topLeft());
                return;
            }
        }
    }
    move(below.topLeft());
}

QRect CandidateStrip::cell(int index) const
{
    if (count() == 0)
        return {};
    const int cellWidth = (width() - 2 * padding) / count();
    return {padding + index * cellWidth, padding, cellWidth, height() - 2 * padding};
}

int CandidateStrip::cellAt(QPoint position) const
{
    for (int i = 0; i < count(); ++i)
        if (cell(i).contains(position))
            return i;
    return -1;
}

void CandidateStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setPen(m_theme.border);
    painter.setBrush(m_theme.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::radius + 2,
                            metrics::radius + 2);
    for (int i = 0; i < count(); ++i) {
        const QRect box = cell(i);
        const bool isCurrent = i == m_current;
        if (isCurrent || i == m_hovered) {
            painter.setPen(isCurrent ? QPen(m_theme.accent) : QPen(Qt::NoPen));
            painter.setBrush(isCurrent ? m_theme.selection : m_theme.hover);
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), metrics::radius,
                                    metrics::radius);
        }
        const Candidate &candidate = m_candidates[static_cast<std::size_t>(i)];
        const QRect thumb(box.left() + padding, box.top() + (box.height() - picture) / 2, picture,
                          picture);
        QImage colored(candidate.silhouette.size(), QImage::Format_ARGB32_Premultiplied);
        colored.fill(m_color);
        colored.setAlphaChannel(candidate.silhouette);
        QSizeF size = QSizeF(colored.size()).scaled(QSizeF(picture, picture), Qt::KeepAspectRatio);
        QRectF target(QPointF(), size);
        target.moveCenter(QRectF(thumb).center());
        painter.drawImage(target, colored);
        QFont font = this->font();
        font.setBold(isCurrent);
        painter.setFont(font);
        painter.setPen(isCurrent ? m_theme.text : m_theme.mutedText);
        painter.drawText(QRect(thumb.right() + padding, box.top(),
                               box.right() - thumb.right() - padding, box.height()),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         locale().toString(static_cast<double>(candidate.predictedIou), 'f', 2));
    }
}

void CandidateStrip::mousePressEvent(QMouseEvent *event)
{
    const int index = cellAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && index >= 0)
        Q_EMIT chosen(index);
}

void CandidateStrip::mouseMoveEvent(QMouseEvent *event)
{
    const int index = cellAt(event->position().toPoint());
    if (index != m_hovered) {
        m_hovered = index;
        update();
    }
}

void CandidateStrip::leaveEvent(QEvent *)
{
    m_hovered = -1;
    update();
}

} // namespace ui
