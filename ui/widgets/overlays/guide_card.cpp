// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/overlays/guide_card.h"

#include "ui/editing/guide.h"
#include "ui/widgets/input/bar_keys.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui
{

static constexpr int widest = 320; // pixels

GuideCard::GuideCard(Guide &guide, QWidget *canvas)
    : QFrame(canvas), m_guide(guide), m_progress(new QLabel), m_heading(new QLabel),
      m_sentence(new QLabel), m_next(new QPushButton), m_end(new QPushButton(tr("End the guide")))
{
    setObjectName(QStringLiteral("guide"));
    setAttribute(Qt::WA_StyledBackground);
    setCursor(Qt::ArrowCursor);
    QFont font = m_heading->font();
    font.setPointSizeF(font.pointSizeF() * 1.2);
    font.setWeight(QFont::DemiBold);
    m_heading->setFont(font);
    m_progress->setProperty("muted", true);
    m_heading->setWordWrap(true);
    m_sentence->setWordWrap(true);
    m_end->setProperty("link", true);

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_end);
    buttons->addStretch(1);
    buttons->addWidget(m_next);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(3 * metrics::space, 3 * metrics::space, 3 * metrics::space,
                               2 * metrics::space);
    layout->setSpacing(metrics::space);
    layout->addWidget(m_progress);
    layout->addWidget(m_heading);
    layout->addWidget(m_sentence);
    layout->addSpacing(metrics::space);
    layout->addLayout(buttons);
    keepBarKeys(this);

    connect(m_next, &QPushButton::clicked, &guide, &Guide::skipStep);
    connect(m_end, &QPushButton::clicked, &guide, &Guide::stop);
    connect(&guide, &Guide::changed, this, &GuideCard::showStep);
    canvas->installEventFilter(this);
    showStep();
}

void GuideCard::setTheme(const Theme &theme)
{
    setStyleSheet(QStringLiteral("#guide { background: %1; border: 1px solid %2; "
                                 "border-radius: 6px; }")
                      .arg(theme.panel.name(), theme.accent.name()));
}

void GuideCard::showStep()
{
    setVisible(m_guide.isRunning());
    if (!m_guide.isRunning())
        return;
    m_progress->setText(tr("Step %1 of %2").arg(m_guide.index() + 1).arg(m_guide.count()));
    m_heading->setText(m_guide.step().heading);
    m_sentence->setText(m_guide.step().sentence);
    m_next->setText(m_guide.isLast() ? tr("Done") : tr("Skip"));
    m_end->setVisible(!m_guide.isLast());
    place();
    raise();
}

void GuideCard::place()
{
    const int margin = 2 * metrics::space;
    const int width = std::min(widest, parentWidget()->width() - 2 * margin);
    setFixedSize(width, layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width)
                                                      : sizeHint().height());
    move(margin, parentWidget()->height() - height() - margin);
}

bool GuideCard::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && isVisible())
        place();
    return QFrame::eventFilter(watched, event);
}

} // namespace ui
