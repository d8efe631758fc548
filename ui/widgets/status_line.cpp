// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/status_line.h"

#include "ui/widgets/elided_label.h"
#include "ui/widgets/theme/theme.h"
#include "ui/widgets/words.h"

#include <QLabel>
#include <QLocale>

#include <cmath>

namespace ui
{

StatusLine::StatusLine(QWidget *parent)
    : QStatusBar(parent), m_service(new ElidedLabel), m_position(new QLabel), m_zoom(new QLabel),
      m_objects(new QLabel)
{
    setSizeGripEnabled(false);
    const QFontMetrics font = fontMetrics();
    m_position->setMinimumWidth(font.horizontalAdvance(QStringLiteral("000000, 000000")));
    m_zoom->setMinimumWidth(font.horizontalAdvance(QStringLiteral("00000%")));
    m_position->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_zoom->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_objects->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_objects->setMinimumWidth(font.horizontalAdvance(QStringLiteral("000 objects · all saved ")));
    for (QLabel *label : {m_service, m_position, m_zoom, m_objects})
        label->setContentsMargins(2 * metrics::space, metrics::space, 2 * metrics::space,
                                  metrics::space);
    for (QLabel *label : {m_position, m_zoom, m_objects})
        label->setProperty("muted", true);
    addWidget(m_service, 1);
    addPermanentWidget(m_position);
    addPermanentWidget(m_zoom);
    addPermanentWidget(m_objects);
}

void StatusLine::setService(const ServiceStatus &status)
{
    m_service->setText(statusText(status));
    m_service->setToolTip(status.detail);
}

void StatusLine::setPosition(std::optional<core::ImagePoint> position)
{
    // The pixel under the pointer; its centre has whole numbers.
    m_position->setText(
        position
            ? QStringLiteral("%1, %2").arg(std::lround(position->x)).arg(std::lround(position->y))
            : QString());
}

void StatusLine::setZoom(std::optional<double> zoom)
{
    if (!zoom)
        m_zoom->clear();
    else
        m_zoom->setText(QStringLiteral("%1%").arg(*zoom * 100, 0, 'f', *zoom < 0.1 ? 1 : 0));
}

void StatusLine::setObjects(int objects, int unsaved, bool readOnly)
{
    if (objects < 0) {
        m_objects->clear();
        return;
    }
    const QString saved = readOnly      ? tr("read-only")
                          : unsaved > 0 ? tr("saving…")
                                        : tr("all saved");
    m_objects->setText(objectCount(objects) + QStringLiteral(" · ") + saved);
}

QString StatusLine::serviceText() const
{
    return m_service->text();
}

QString StatusLine::objectsText() const
{
    return m_objects->text();
}

} // namespace ui
