// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/panels/panel_header.h"

#include "ui/widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>

namespace ui
{

PanelHeader::PanelHeader(const QString &title, QWidget *parent)
    : QWidget(parent), m_title(new QLabel(title)), m_count(new QLabel),
      m_layout(new QHBoxLayout(this))
{
    setProperty("panelHeader", true);
    setAttribute(Qt::WA_StyledBackground);
    m_title->setProperty("panelTitle", true);
    m_count->setProperty("muted", true);
    m_layout->setContentsMargins(3 * metrics::space, metrics::space, metrics::space,
                                 metrics::space);
    m_layout->setSpacing(2 * metrics::space);
    m_layout->addWidget(m_title);
    m_layout->addWidget(m_count);
    m_layout->addStretch(1);
}

QSize PanelHeader::sizeHint() const
{
    // All headers are of one height, with or without buttons. A dock goes by the hint alone.
    const int height = std::max(metrics::row, fontMetrics().height()) + 2 * metrics::space;
    return {QWidget::sizeHint().width(), height};
}

QString PanelHeader::title() const
{
    return m_title->text();
}

void PanelHeader::setCount(const QString &text)
{
    m_count->setText(text);
}

void PanelHeader::addButton(QWidget *button)
{
    m_layout->addWidget(button);
}

} // namespace ui
