// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/backdrop.h"

#include "ui/widgets/canvas/label_map.h"

#include <QPainter>

#include <cstring>
#include <optional>

namespace ui
{
namespace
{

/// By how many screen pixels the picture was moved and nothing else was; nothing: it was zoomed or
/// the view is another one.
std::optional<QPoint> panBetween(const ViewTransform &from, const ViewTransform &to)
{
    if (from.zoom() != to.zoom() || from.viewport() != to.viewport() ||
        from.devicePixelRatio() != to.devicePixelRatio() || from.picture() != to.picture())
        return std::nullopt;
    const QPointF by =
        (to.pictureInView().topLeft() - from.pictureInView().topLeft()) * to.devicePixelRatio();
    const QPoint whole = by.toPoint(); // views lie on whole screen pixels
    if ((by - whole).manhattanLength() > 1e-3)
        return std::nullopt;
    return whole;
}

} // namespace

/// Within the image; gives what comes in from beyond its edge and is to be painted.
QRegion Backdrop::move(QPoint by)
{
    const QRect all = m_image.rect();
    const QRect target = all.translated(by).intersected(all);
    if (target.isEmpty())
        return all;
    const std::size_t bytes = std::size_t(target.width()) * sizeof(QRgb);
    const auto moveRow = [&](int y) {
        std::memmove(m_image.scanLine(y) + target.left() * qsizetype(sizeof(QRgb)),
                     m_image.constScanLine(y - by.y()) +
                         (target.left() - by.x()) * qsizetype(sizeof(QRgb)),
                     bytes);
    };
    if (by.y() > 0) {
        for (int y = target.bottom(); y >= target.top(); --y)
            moveRow(y);
    } else {
        for (int y = target.top(); y <= target.bottom(); ++y)
            moveRow(y);
    }
    return QRegion(all).subtracted(target);
}

const QImage &Backdrop::image(const ViewTransform &view, const QRect &changed,
                              const PaintPart &paint)
{
    const QRect whole = wholeView(view);
    const std::optional<QPoint> pan = panBetween(m_view, view);
    if (m_image.size() != whole.size()) {
        m_image = QImage(whole.size(), QImage::Format_RGB32);
        m_isValid = false;
    }
    m_image.setDevicePixelRatio(view.devicePixelRatio());
    QRegion stale = changed;
    if (!m_isValid || !pan)
        stale = whole;
    else if (!pan->isNull())
        stale |= move(*pan);
    m_view = view;
    m_isValid = true;
    stale &= whole;
    if (stale.rectCount() > 4)
        stale = stale.boundingRect();
    if (stale.isEmpty())
        return m_image;
    QPainter painter(&m_image);
    for (const QRect &part : stale) {
        painter.save();
        painter.setClipRect(partInView(part, view));
        paint(painter, part);
        painter.restore();
    }
    return m_image;
}

} // namespace ui
